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


LINE = register.Line(AT, "narrowing", "FXD-10001", 7, 31, "k" + "c" * 63, ("images", "story"))


def test_a_deed_is_a_line_that_can_be_read_back_beside_the_heads(tmp_path: Path) -> None:
    path = tmp_path / "register"
    register.append(path, AT, A, B)
    register.append_deeds(path, [LINE, LINE._replace(kind="stop", subject="everything", number=0, what=())])
    register.append(path, AT, End(32, "d" * 64), End(9, "e" * 64))
    found = register.contents(path)
    assert found.deeds == [LINE, LINE._replace(kind="stop", subject="everything", number=0, what=())]
    assert found.newest == {register.AUDIT: 32, register.LEDGER: 9}
    assert found.faults == []
    # A deed is written before it is done: it is no proof of where a log ended.
    assert sorted(register.noted(path, register.LEDGER)[0]) == [2, 9]
    assert register.noted(path, register.LEDGER)[1] == []


def test_the_last_number_is_known_by_a_deed_too(tmp_path: Path) -> None:
    path = tmp_path / "register"
    register.append_deeds(path, [LINE])
    assert register.contents(path).newest == {register.AUDIT: 31, register.LEDGER: 7}


def test_what_is_no_code_does_not_break_a_line(tmp_path: Path) -> None:
    path = tmp_path / "register"
    register.append_deeds(path, [LINE._replace(subject="a prison\nof two lines", what=("by hand", "ю", ""))])
    assert register.contents(path).deeds[0][2:] == ("a_prison_of_two_lines", 7, 31, LINE.chain, ("by_hand", "_"))


def test_a_file_that_is_no_register_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "register"
    path.write_text("Dear all,\nplease find attached\n")
    with pytest.raises(register.Unreadable, match="is no register"):
        register.contents(path)
