"""The register only grows, says what ended where, and survives a line that was cut."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from campaign import register
from campaign.register import End

AT = datetime(2026, 5, 4, 10, 20, 30, tzinfo=UTC)
A, B = End(3, "a" * 64), End(2, "b" * 64)


def test_what_is_new_is_one_line_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere" / "register"
    assert register.append(path, AT, A, B)
    assert not register.append(path, AT, A, B)
    assert register.append(path, AT, End(4, "k" + "c" * 63), B)
    first, second = path.read_text().splitlines()
    assert first == f"2026-05-04T10:20:30Z 3 {'a' * 64} 2 {'b' * 64}"
    assert second.startswith("2026-05-04T10:20:30Z 4 kc")
    assert path.stat().st_mode & 0o777 == 0o600
    said, faults = register.noted(path, register.AUDIT)
    assert (sorted(said), said[3].chain, faults) == ([3, 4], "a" * 64, [])
    assert sorted(register.noted(path, register.LEDGER)[0]) == [2]


@pytest.mark.parametrize("torn", ["2026-05-04T10:20:30Z 3 aaaa", "noise", "\x00\x01", "2026-05-04T10:20:30Z 3"])
def test_half_a_line_is_named_and_the_next_stands_by_itself(tmp_path: Path, torn: str) -> None:
    path = tmp_path / "register"
    path.write_text(torn)
    assert register.append(path, AT, A, B)
    said, faults = register.noted(path, register.AUDIT)
    assert sorted(said) == [3]
    assert faults == [f"Line 1 of the register {path} can't be read."]


def test_a_register_that_is_away_is_said(tmp_path: Path) -> None:
    assert register.noted(None, register.AUDIT) == ({}, [])
    _, faults = register.noted(tmp_path / "register", register.AUDIT)
    assert "can't be read: No such file" in faults[0]
