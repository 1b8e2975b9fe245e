"""The copies of pictures: sealed in the vault, and in the public store only while a publication shows them.

A sealed copy is named by a keyed hash of its digest: whoever holds a picture and the disk learns of no case.
What is public by the ledger decides (publishing/pictures.py): a copy is put out in the act of publishing and taken in
as soon as nothing shows it. A deed that broke off is made good by the next sweep (`put_in_order`). Of the desk alone.
"""

import hashlib
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from campaign.media.stores import PublicStore, Vault, public_store, unfinished_in
from campaign.settings import usual_media
from campaign.web.context import keyring, settings


def vault() -> Vault:
    """Return the store of what is sealed: originals and copies."""
    return Vault(settings().home / "media" / "vault", keyring().fernet)


def keep(content: bytes) -> str:
    """Seal a copy and return its digest; twice the same is once."""
    digest = hashlib.sha256(content).hexdigest()
    name = _name(digest)
    if not vault().exists(name):
        vault().put_as(name, io.BytesIO(content))
    return digest


def exists(digest: str) -> bool:
    """Whether a copy is kept, shown or not."""
    return bool(digest) and (vault().exists(_name(digest)) or public_store().exists(digest))


def content(digest: str) -> bytes:
    """Return a copy. Raises FileNotFoundError where none is kept, Damaged for one that was changed."""
    if vault().exists(_name(digest)):
        return b"".join(vault().read(_name(digest)))
    # Homes of earlier releases have copies in the public store alone, until `flask init` or the next sweep.
    with public_store().open(digest) as file:
        return file.read()


def put_out(digests: Iterable[str]) -> None:
    """Put copies into the public store; one that is not kept has nothing to put."""
    for digest in digests:
        if not public_store().exists(digest) and vault().exists(_name(digest)):
            public_store().put(content(digest), "jpg")


def take_in(digests: Iterable[str]) -> None:
    """Take copies out of the public store; they stay sealed."""
    for digest in digests:
        if public_store().exists(digest):
            keep(content(digest))
            public_store().delete(f"{digest}.jpg")


def forget(digest: str) -> None:
    """Remove a copy for good, wherever it lies."""
    public_store().delete(f"{digest}.jpg")
    vault().delete(_name(digest))


def seal_all() -> int:
    """Seal every copy of the public store that is not; return how many."""
    bare = [name for name in public_store().names() if not vault().exists(_name(name.removesuffix(".jpg")))]
    for name in bare:
        keep(content(name.removesuffix(".jpg")))
    return len(bare)


def put_in_order(shown: Callable[[], set[str]], lock: Callable[[], None]) -> int:
    """Make the public store hold what is shown and nothing else; return how many files came or went.

    `shown` gives the digests that the ledger shows. Where something differs, `lock` is called, after which nobody else
    publishes, and what differs then is put right.
    """
    brought = _bring_from(usual_media(settings().home))
    if not any(_wrong(shown())):
        return brought
    lock()
    missing, surplus, unfinished = _wrong(shown())
    put_out(missing)
    take_in(surplus)
    for path in unfinished:
        path.unlink(missing_ok=True)
    return brought + len(missing) + len(surplus) + len(unfinished)


def _bring_from(folder: Path) -> int:
    """Move copies to the public store from where they lay before CAMPAIGN_MEDIA was set; return how many."""
    old = PublicStore(folder)
    names = list(old.names()) if folder != public_store().root else []
    for name in names:
        with old.open(name) as file:
            public_store().put(file.read(), "jpg")
        old.delete(name)
    return len(names)


def _wrong(shown: set[str]) -> tuple[set[str], set[str], list[Path]]:
    """Return the copies that should lie in the public store and don't, those that shouldn't, and halves of files."""
    there = {name.removesuffix(".jpg") for name in public_store().names()}
    missing = {digest for digest in shown - there if vault().exists(_name(digest))}
    return missing, there - shown, unfinished_in(public_store().root)


def _name(digest: str) -> str:
    return keyring().token(f"copy/{digest}")
