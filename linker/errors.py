"""Errors a user can act on: each says where, what was wrong and what to do."""


class LinkerError(Exception):
    """Base of every error that Linker raises on purpose.

    The command line prints ``str(error)`` without a trace and exits with ``exit_code``.
    """

    exit_code = 1


class UsageError(LinkerError):
    """The request itself does not make sense (unknown id, options in conflict)."""

    exit_code = 2


class AccessError(LinkerError):
    """Somebody asks for what their role does not allow, or has no role."""
