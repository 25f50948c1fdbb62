"""A socket that answers at once, in however small pieces."""

from __future__ import annotations

from socket import IPPROTO_TCP, TCP_NODELAY, socket


def at_once(listening: socket) -> socket:
    """Switch Nagle's algorithm (RFC 896) off for the connections of a socket that listens.

    asyncio does so only for sockets that name their protocol, which those made beforehand do not.
    The second of two small pieces then waits until the first is acknowledged, which a system puts
    off for some 40 ms; answers come in several pieces, pages in hundreds.

    Args:
        listening: connections take the option over from it.

    Returns:
        The same socket.
    """
    listening.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
    return listening
