"""The keyring: what was sealed opens again, with every key that is there and with no other."""

from pathlib import Path

import pytest

from campaign.keys import Keyring, Unreadable


def test_a_new_key_is_numbered_after_the_highest_though_older_ones_are_gone(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    first, second = ring.add_key(), ring.add_key()
    first.unlink()
    assert (second.name, Keyring(tmp_path).add_key().name) == ("content-0002.key", "content-0003.key")


def test_what_an_older_key_sealed_still_opens_and_a_strangers_does_not(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "ours")
    sealed = ring.seal(b"a name")
    ring.add_key()
    assert ring.unseal(sealed) == b"a name"
    with pytest.raises(Unreadable):
        Keyring(tmp_path / "theirs").unseal(sealed)


def test_keys_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    assert Keyring(tmp_path).add_key().stat().st_mode & 0o777 == 0o600
