"""No test, and nothing that a test runs, reaches another machine or asks for a name: security.md 5 and 6.

Python tells an audit hook of every connection and every question to a resolver, whichever library asks (PEP 578). What
is not this machine is refused, and the test in which it was tried fails even where the refusal was caught.
"""

import sys
from collections.abc import Iterator

import pytest

HERE = {"127.0.0.1", "::1", "localhost", "", None}
ASKS_FOR_A_NAME = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
REACHES = {"socket.connect", "socket.sendto", "socket.sendmsg"}
tried: list[str] = []


class Outbound(OSError):
    """Something wanted to leave this machine."""


def refuse_what_leaves(event: str, arguments: tuple[object, ...]) -> None:
    """Raise Outbound for a connection to, or a question about, any other machine."""
    if event in REACHES:
        address = arguments[1]
        # A unix socket's address is a path; a packet without an address goes where its socket is connected already.
        host = address[0] if isinstance(address, tuple) else None
    elif event in ASKS_FOR_A_NAME:
        host = arguments[0]
    else:
        return
    if host not in HERE:
        tried.append(f"{event} {host!r}")
        raise Outbound(f"{event} {host!r}: tests reach nobody")


sys.addaudithook(refuse_what_leaves)


@pytest.fixture(autouse=True)
def _silent() -> Iterator[None]:
    """Fail the test in which something tried to leave, whoever caught the refusal."""
    tried.clear()
    yield
    assert tried == []
