"""The keyring of the confidential side: authenticated encryption of content, and keyed hashes of names for lookup.

Content is sealed with MultiFernet (AES-128-CBC and HMAC-SHA256, the newest key first, older ones still read).
Words that must be found again without being readable (names of relatives and witnesses) become HMAC-SHA256 values.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from campaign.secret_files import secret_file

FINGERPRINT = b"the fingerprint of a key"


class Unreadable(Exception):
    """Sealed content that none of the keys opens."""


@dataclass(frozen=True)
class Keyring:
    """The keys in one folder: `content-*.key`, newest name last, and `index.key`."""

    folder: Path

    @cached_property
    def fernet(self) -> MultiFernet:
        """Every content key, newest first."""
        paths = sorted(self.folder.glob("content-*.key"), reverse=True)
        if not paths:
            self.add_key()
            paths = sorted(self.folder.glob("content-*.key"), reverse=True)
        return MultiFernet([Fernet(path.read_text().strip()) for path in paths])

    @cached_property
    def index_key(self) -> bytes:
        """The key of the lookup of names that must not be readable."""
        return secret_file(self.folder / "index.key").encode()

    @cached_property
    def audit_key(self) -> bytes:
        """The key of the audit's chain, made of the index key: no rotation changes it, so that old rows verify."""
        return hmac.new(self.index_key, b"the chain of the audit", hashlib.sha256).digest()

    @cached_property
    def ticket_key(self) -> bytes:
        """The key of the tickets that forms carry, made of the index key."""
        return hmac.new(self.index_key, b"the tickets of forms", hashlib.sha256).digest()

    def note_keyed_audit(self, number: int) -> None:
        """Note beside the keys from which row on the audit is keyed, once: a home alone can't say that it never was."""
        if not self._audit_note.exists():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._audit_note.write_text(f"{number}\n")

    @property
    def audit_keyed_from(self) -> int:
        """The number of the audit's first keyed row, 0 where none is noted or the note can't be read."""
        text = self._audit_note.read_text().strip() if self._audit_note.exists() else ""
        return int(text) if text.isdecimal() else 0

    @property
    def _audit_note(self) -> Path:
        return self.folder / "audit-keyed-from"

    def fingerprints(self) -> dict[str, str]:
        """Return a fingerprint of each key in the folder, by the name of its file; makes none."""
        keys = {path.name: path.read_bytes().strip() for path in sorted(self.folder.glob("*.key"))}
        return {name: hmac.new(key, FINGERPRINT, hashlib.sha256).hexdigest()[:32] for name, key in keys.items()}

    def add_key(self) -> Path:
        """Make a new content key, the newest, with mode 0600; return its path."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Numbered after the highest, not by count: old keys are removed once nothing is sealed with them.
        newest = max((int(path.stem.removeprefix("content-")) for path in self.folder.glob("content-*.key")), default=0)
        path = self.folder / f"content-{newest + 1:04d}.key"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(Fernet.generate_key())
        self.__dict__.pop("fernet", None)
        return path

    def seal(self, content: bytes) -> bytes:
        """Return content as only a holder of the keys can read it."""
        return self.fernet.encrypt(content)

    def unseal(self, sealed: bytes) -> bytes:
        """Return what was sealed. Raises Unreadable when no key opens it or a byte was changed."""
        try:
            return self.fernet.decrypt(sealed)
        except InvalidToken as error:
            raise Unreadable("No key opens this content, or it was changed.") from error

    def reseal(self, sealed: bytes) -> bytes:
        """Return the same content sealed with the newest key."""
        return self.fernet.rotate(sealed)

    def token(self, word: str) -> str:
        """Return the lookup value of a folded word: equal words give equal values, nothing leads back."""
        return hmac.new(self.index_key, word.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()[:32]
