"""The tables hold together, so that a linguist's correction cannot break the code in silence."""

import re
from typing import cast

import pytest

from campaign.names.tables import document, rows

SOUNDS = {row["sound"] for row in rows("sounds.tsv")}


def test_every_shift_is_between_known_sounds_and_has_a_cost_between_nothing_and_all() -> None:
    for row in rows("shifts.tsv"):
        assert {row["a"], row["b"]} <= SOUNDS, row
        assert 0 <= float(row["cost"]) <= 1, row


def test_no_shift_is_stated_twice() -> None:
    stated = [frozenset((row["a"], row["b"])) for row in rows("shifts.tsv")]
    assert len(stated) == len(set(stated))


def test_every_letter_gives_known_sounds() -> None:
    for row in rows("arabic.tsv"):
        assert set(row["sound"]) <= SOUNDS, row
    for orthography in cast(list[dict[str, object]], document("latin.toml")["orthography"]):
        assert re.compile(cast(str, orthography["when"]))
        for _, sounds in cast(list[tuple[str, str]], orthography["rules"]):
            assert set(sounds) <= SOUNDS, (orthography["name"], sounds)


@pytest.mark.parametrize("table", ["name_forms.tsv"])
def test_every_row_of_names_has_its_source(table: str) -> None:
    assert all(row["source"] for row in rows(table))


def test_every_orthography_has_its_source() -> None:
    assert all(entry["source"] for entry in cast(list[dict[str, object]], document("latin.toml")["orthography"]))


def test_roles_have_weights_below_a_name() -> None:
    assert all(0 < float(row["weight"]) < 1 and row["meaning and languages"] for row in rows("roles.tsv"))
