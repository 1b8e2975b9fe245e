"""Sealing a copy with age: to the public keys of two people, each of whom opens every copy alone.

Their private keys are printed once and never stored here: whoever takes the machine takes no copy's content with it.
What is sealed passes through a pipe, piece by piece, so that a copy of any size needs the same few megabytes.
"""

import fcntl
import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol, cast

import pyrage

from campaign.atomic_files import written
from campaign.web.context import settings

PIECE = 1 << 20  # bytes
FILE = "backup-recipients"  # in the home
RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
HEADER = b"age-encryption.org/v1\n"


class NoRecipients(Exception):
    """Nobody has keys for copies yet."""


class NotOpened(Exception):
    """A file that this key does not open, or that was changed, or cut off: said in a sentence."""


class Identity(Protocol):
    """A private key of age."""

    def to_public(self) -> object:
        """Return what is sealed to it."""


class Pair(NamedTuple):
    """One person's keys: what opens copies, as text to print, and what they are sealed to."""

    identity: str
    recipient: str


def new_pair() -> Pair:
    """Return a pair of keys that nobody has yet."""
    identity = pyrage.x25519.Identity.generate()
    return Pair(str(identity), str(identity.to_public()))


def identity_of(text: str) -> Identity:
    """Return a private key as it was printed: spaces, lines and letter case are no matter. Raises NotOpened."""
    try:
        return cast(Identity, pyrage.x25519.Identity.from_str("".join(text.split()).upper()))
    except pyrage.IdentityError as error:
        raise NotOpened("This is no private key: it begins with AGE-SECRET-KEY-1, 74 characters in all.") from error


def recipients() -> list[str]:
    """Return the public keys that copies of this home are sealed to. Raises NoRecipients."""
    path = settings().home / FILE
    found = RECIPIENT.findall(path.read_text()) if path.exists() else []
    if not found:
        raise NoRecipients("Nobody could open a copy yet. Make two people's keys first: flask backup keys")
    return found


def has_recipients() -> bool:
    """Whether copies of this home can be sealed."""
    return (settings().home / FILE).exists()


def keep_recipients(found: Sequence[str]) -> None:
    """Let the copies of this home be sealed to these public keys from now on."""
    with written(settings().home / FILE) as out:
        out.write("".join(f"{one}\n" for one in found).encode())


@contextmanager
def sealing(out: BinaryIO, to: Sequence[str]) -> Iterator[BinaryIO]:
    """Give a file whose content goes to `out` sealed. Raises what writing to `out` raised."""
    keys = [pyrage.x25519.Recipient.from_str(one) for one in to]
    source, sink = _pipe()
    worker = _Worker(lambda: _seal(source, out, keys))
    try:
        with os.fdopen(sink, "wb", buffering=PIECE) as plain:
            yield plain
    except BrokenPipeError:
        # The other end is gone: it knows why.
        worker.ended()
        raise
    worker.ended()


def _pipe() -> tuple[int, int]:
    """Return the ends of a pipe that holds a whole piece: with its usual 64 kB both threads mostly wait."""
    source, sink = os.pipe()
    with suppress(OSError):
        fcntl.fcntl(sink, fcntl.F_SETPIPE_SZ, PIECE)
    return source, sink


def _seal(source: int, out: BinaryIO, keys: list[pyrage.x25519.Recipient]) -> None:
    with os.fdopen(source, "rb", buffering=PIECE) as plain:
        pyrage.encrypt_io(plain, out, keys)


@contextmanager
def opening(path: Path, identity: Identity) -> Iterator[BinaryIO]:
    """Give the content of a sealed file, in order. Raises NotOpened for a wrong key, a changed byte, a cut end.

    A cut is known at the end alone: what was read is whole once the block has ended.
    """
    with path.open("rb") as sealed:
        if sealed.read(len(HEADER)) != HEADER:
            raise NotOpened(f"{path} is no sealed copy.")
        sealed.seek(0)
        source, sink = _pipe()
        worker = _Worker(lambda: _open(sealed, sink, identity))
        try:
            with os.fdopen(source, "rb", buffering=PIECE) as plain:
                yield plain
                while plain.read(PIECE):
                    pass
        except Exception:
            # What was read may make no sense because reading broke off: then that is what is told.
            worker.ended()
            raise
        worker.ended()


def _open(sealed: BinaryIO, sink: int, identity: Identity) -> None:
    try:
        with os.fdopen(sink, "wb", buffering=PIECE) as plain:
            pyrage.decrypt_io(sealed, plain, [identity])
    except BrokenPipeError:
        # Whoever reads has had enough.
        return
    except pyrage.DecryptError as error:
        raise NotOpened("This key does not open it: it was sealed for others.") from error
    except OSError as error:
        raise NotOpened(f"It was changed or cut off: {error}.") from error


class _Worker:
    """A thread that does one thing; `ended` waits for it and raises what it raised."""

    def __init__(self, deed: Callable[[], None]) -> None:
        self._deed = deed
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def ended(self) -> None:
        self._thread.join()
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        try:
            self._deed()
        except BaseException as failure:
            self._failure = failure
