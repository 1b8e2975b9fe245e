"""The campaign's own sheet and other real lists, where the machine has them."""

import csv
import os
import re
from collections import defaultdict
from pathlib import Path

import pytest

from campaign.places.current import gazetteer
from campaign.places.reading import parse
from tests.places.test_facilities import read_facilities

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("BYNAME_SHARED", ROOT.parent / "shared")) / "data"
COLUMNS = ("home_town", "arrest_last_contact_location", "held_location")

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the real sheets are not on this machine")


def rows(name):
    with (SHARED / name).open(encoding="utf-8-sig", newline="") as sheet:
        return list(csv.DictReader(sheet))


def test_every_place_cell_of_the_campaigns_sheet_is_understood_and_keeps_its_words():
    cells = [row[column] for row in rows("amnesty_fxd_batch_2021.csv") for column in COLUMNS]
    assert len(cells) == 174

    for cell in cells:
        reading = parse(cell)
        told = reading.code or reading.is_unknown or reading.is_sentence or reading.facility_types
        assert told, cell
        assert not reading.suggestions, cell
        assert re.findall(r"\w+", " ".join(p.text for p in reading.parts)) == re.findall(r"\w+", cell)


def test_no_prison_of_the_sheet_is_read_as_a_story_and_every_one_as_a_facility():
    for row in rows("amnesty_fxd_batch_2021.csv"):
        reading = parse(row["held_location"])
        assert reading.facility_types
        assert not reading.is_sentence


def test_places_the_gazetteer_holds_are_found_under_every_variant():
    held = defaultdict(set)
    for place in gazetteer():
        held[f"g:{place.geonames}"].add(place.code)  # a seat and its county may share a number
    del held["g:"]
    asked = [(held[row["entity_id"]], row["variant"]) for row in rows("names_open.csv") if row["entity_id"] in held]

    missed = [name for codes, name in asked if not codes & {hit.place.code for hit in gazetteer().find(name)}]

    assert len(asked) > 1500
    assert 1 - len(missed) / len(asked) >= 0.95, missed


def test_every_known_facility_is_read_with_its_place():
    with (SHARED / "xinjiang_facilities_aspi.csv").open(encoding="utf-8-sig", newline="") as lines:
        sheet = read_facilities(lines, source="ASPI Xinjiang Data Project")

    assert len(sheet.facilities) == 385
    assert sheet.refused == []
    homeless = [f for f in sheet.facilities if not f.place]
    assert len(homeless) == len([d for d in sheet.doubts if d.reason == "The row names no place."]) == 2
    assert {f.type for f in sheet.facilities if f.place} <= {"prison", "internment_camp", "pretrial_centre"}
