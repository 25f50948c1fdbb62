"""Errors a user can act on: each says where, what was wrong and what to do."""


class LinkerError(Exception):
    """Base of every error that Linker raises on purpose.

    The command line prints ``str(error)`` without a trace and exits with ``exit_code``.
    """

    exit_code = 1


class UsageError(LinkerError):
    """The request itself does not make sense (unknown id, options in conflict)."""

    exit_code = 2


class NotFound(UsageError):  # noqa: N818 - as in the words of the web: 404
    """What is named does not exist: a State without records, an id that nothing has."""


class Invalid(UsageError):  # noqa: N818 - and 400
    """What is asked or given is not of the kind that is needed: a verdict, a format, a number."""


class AccessError(LinkerError):
    """Somebody asks for what their role does not allow, or has no role."""
