"""What lies in the stores is whole, named by what it is, and closed to everybody else."""

import hashlib
import io
import stat
import struct
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, MultiFernet

from campaign.media.decode import CHUNK_BYTES, Damaged
from campaign.media.stores import PublicStore, UnknownName, Vault

LONG = bytes(range(256)) * 1024 * 3 + b"the end"  # four chunks


@pytest.fixture
def public(tmp_path: Path) -> PublicStore:
    return PublicStore(tmp_path / "public")


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault", MultiFernet([Fernet(Fernet.generate_key())]))


def sealed_path(vault: Vault, name: str) -> Path:
    return vault.root / name[:2] / name


def frames(vault: Vault, name: str) -> list[bytes]:
    content, found = sealed_path(vault, name).read_bytes(), []
    while content:
        end = 4 + struct.unpack(">I", content[:4])[0]
        found.append(content[:end])
        content = content[end:]
    return found


def test_a_public_file_is_named_by_its_content_and_kept_once(public: PublicStore) -> None:
    name = public.put(b"pixels", "jpg")
    assert name == hashlib.sha256(b"pixels").hexdigest() + ".jpg"
    assert public.put(b"pixels", ".jpg") == name
    assert list(public.names()) == [name]
    with public.open(name) as kept:
        assert kept.read() == b"pixels"
    assert stat.S_IMODE(public.path(name).stat().st_mode) == 0o600


def test_a_bare_digest_means_the_jpeg(public: PublicStore) -> None:
    name = public.put(b"pixels", "jpg")
    assert public.path(name.removesuffix(".jpg")) == public.path(name)


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", "a" * 64 + ".html", "A" * 64 + ".jpg", "a" * 64 + ".jpg\n", "a" * 63]
)
def test_a_name_that_is_no_digest_never_reaches_the_disk(public: PublicStore, name: str) -> None:
    with pytest.raises(UnknownName):
        public.path(name)


def test_what_is_deleted_is_gone_and_may_be_deleted_again(public: PublicStore) -> None:
    name = public.put(b"pixels", "jpg")
    assert public.delete(name) is True
    assert public.delete(name) is False
    assert not public.exists(name)
    with pytest.raises(FileNotFoundError):
        public.open(name)


@pytest.mark.parametrize(
    "content", [b"", b"short", b"x" * CHUNK_BYTES, LONG], ids=["empty", "short", "one chunk", "long"]
)
def test_an_original_comes_out_as_it_went_in(vault: Vault, content: bytes) -> None:
    entry = vault.put(io.BytesIO(content))
    assert b"".join(vault.read(entry.name)) == content
    assert (entry.sha256, entry.size) == (hashlib.sha256(content).hexdigest(), len(content))
    vault.verify(entry)


def test_a_stream_that_gives_little_at_a_time_is_sealed_alike(vault: Vault) -> None:
    class Trickle(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 0, 1000))

    entry = vault.put(Trickle(LONG))
    assert b"".join(vault.read(entry.name)) == LONG
    assert len(frames(vault, entry.name)) == 4


def test_the_disk_shows_neither_content_nor_name_and_only_to_us(vault: Vault) -> None:
    first, second = vault.put(io.BytesIO(LONG)), vault.put(io.BytesIO(LONG))
    assert first.name != second.name
    assert first.sha256[:16] not in first.name
    path = sealed_path(vault, first.name)
    assert b"the end" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_put_that_fails_halfway_leaves_nothing(vault: Vault) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > CHUNK_BYTES:
                raise OSError("the line broke")
            return super().read(size)

    with pytest.raises(OSError, match="the line broke"):
        vault.put(Broken(LONG))
    assert [path for path in vault.root.rglob("*") if path.is_file()] == []


TAMPERINGS = {
    "the last chunk is cut off": lambda kept, other: kept[:-1],
    "two chunks change places": lambda kept, other: [kept[1], kept[0], *kept[2:]],
    "a chunk is doubled": lambda kept, other: [kept[0], kept[0], *kept[1:]],
    "a chunk comes from another file": lambda kept, other: [other[0], *kept[1:]],
    "something follows": lambda kept, other: [*kept, kept[-1]],
    "everything is gone": lambda kept, other: [],
    "it ends inside a chunk": lambda kept, other: [*kept[:-1], kept[-1][:-5]],
    "it ends inside a length": lambda kept, other: [*kept[:-1], kept[-1][:2]],
    "a length is absurd": lambda kept, other: [b"\xff\xff\xff\xff" + kept[0][4:], *kept[1:]],
    "a byte is changed": lambda kept, other: [kept[0][:40] + bytes([kept[0][40] ^ 1]) + kept[0][41:], *kept[1:]],
}


@pytest.mark.parametrize("tamper", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_a_sealed_file_that_was_tampered_with_is_noticed(vault: Vault, tamper) -> None:
    entry, other = vault.put(io.BytesIO(LONG)), vault.put(io.BytesIO(LONG))
    changed = tamper(frames(vault, entry.name), frames(vault, other.name))
    sealed_path(vault, entry.name).write_bytes(b"".join(changed))
    with pytest.raises(Damaged, match=entry.name):
        vault.verify(entry)


def test_a_whole_file_under_another_name_is_noticed(vault: Vault) -> None:
    entry, other = vault.put(io.BytesIO(b"one")), vault.put(io.BytesIO(b"two"))
    sealed_path(vault, entry.name).write_bytes(sealed_path(vault, other.name).read_bytes())
    with pytest.raises(Damaged):
        list(vault.read(entry.name))


def test_after_rotation_the_old_key_opens_nothing(tmp_path: Path) -> None:
    old, new = Fernet(Fernet.generate_key()), Fernet(Fernet.generate_key())
    entry = Vault(tmp_path, MultiFernet([old])).put(io.BytesIO(LONG))
    Vault(tmp_path, MultiFernet([new, old])).rotate(entry.name)
    Vault(tmp_path, MultiFernet([new])).verify(entry)
    with pytest.raises(Damaged, match="key is not ours"):
        list(Vault(tmp_path, MultiFernet([old])).read(entry.name))


def test_a_rotation_that_meets_damage_changes_nothing(vault: Vault) -> None:
    entry = vault.put(io.BytesIO(LONG))
    path = sealed_path(vault, entry.name)
    path.write_bytes(path.read_bytes()[:-10])
    before = path.read_bytes()
    with pytest.raises(Damaged):
        vault.rotate(entry.name)
    assert path.read_bytes() == before
    assert list(vault.names()) == [entry.name]


@pytest.mark.parametrize("name", ["", "../secret", "g" * 32, "0" * 31])
def test_the_vault_takes_no_strange_names(vault: Vault, name: str) -> None:
    with pytest.raises(UnknownName):
        vault.exists(name)
