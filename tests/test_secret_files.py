"""Secrets that can be guessed are told from those made by chance; what is open to others is named and closed."""

import base64
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign import secret_files

GUESSABLE = [
    "", "short", "a" * 64, "ab" * 32, "changeme" * 8, "0123456789abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba987654", "correct horse battery staple and more", "My-Secret-Key-Of-Production-2026-v1",
    "DEFAULT_session_key_0001_production_x9", "replace-me-with-32-Random-bytes-77",
    "үй-ішінде-сақталған-кілт-осылай-ұзын", "这是一个很长的密钥" * 4,
]  # fmt: skip


@pytest.mark.parametrize("text", GUESSABLE)
def test_what_somebody_typed_is_no_secret(text: str) -> None:
    assert secret_files.is_guessable(text)


@given(st.randoms(use_true_random=False), st.sampled_from([32, 48, 64]))
def test_what_chance_made_is_one(chance: random.Random, size: int) -> None:
    content = random.Random(chance.getrandbits(64)).randbytes(size)
    assert not secret_files.is_guessable(content.hex())
    assert not secret_files.is_guessable(base64.urlsafe_b64encode(content).decode())


def test_a_fault_never_quotes_the_secret(tmp_path: Path) -> None:
    path = tmp_path / "session.key"
    path.write_text("abcabcabc")
    path.chmod(0o666)
    weak, is_open = secret_files.faults_of(path)
    assert "abcabc" not in weak + is_open
    assert "weaker than 32 characters" in weak
    assert f"chmod 0600 {path}" in is_open


def test_what_is_no_text_is_named_and_does_not_fall(tmp_path: Path) -> None:
    path = tmp_path / "session.key"
    path.write_bytes(b"\xff\xfe" * 40)
    assert "can't be read" in "".join(secret_files.faults_of(path))
    assert "can't be read" in "".join(secret_files.faults_of(tmp_path))


@pytest.mark.parametrize(
    ("mode", "deed", "who"),
    [(0o604, "read", "everybody"), (0o640, "read", "its group"), (0o602, "changed", "everybody"),
     (0o660, "changed", "its group")],
)  # fmt: skip
def test_who_may_do_what_is_said(tmp_path: Path, mode: int, deed: str, who: str) -> None:
    path = tmp_path / "database"
    path.touch()
    path.chmod(mode)
    (said,) = secret_files.open_to_others(path)
    assert f"can be {deed} by {who}" in said


def test_a_folder_is_closed_with_all_that_lies_in_it(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "home"
    outside.touch()
    outside.chmod(0o644)
    (folder / "media" / "aa").mkdir(parents=True)
    (folder / "media" / "aa" / "face.jpg").touch()
    (folder / "link").symlink_to(outside)
    for path in (folder, folder / "media", folder / "media" / "aa", folder / "media" / "aa" / "face.jpg"):
        path.chmod(0o755)
    assert secret_files.close(folder) == 4
    assert secret_files.close(folder) == 0
    assert {path.stat().st_mode & 0o077 for path in folder.rglob("*") if not path.is_symlink()} == {0}
    assert outside.stat().st_mode & 0o777 == 0o644
