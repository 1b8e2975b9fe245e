"""The section of the situation tells the one that holds, where it comes from, and what a person has to decide."""

from flask import Flask
from msgspec.structs import replace

from campaign.staff.sections import parts_of
from tests.publishing.builders import a_file, day


def situation(app: Flask, **changes: object) -> str:
    with app.app_context():
        part = next(part for part in parts_of(replace(a_file(), **changes), [], {}) if part.section.key == "status")
    return part.open[0].words


def test_what_follows_from_the_events_stands_in_the_section_of_the_situation(app: Flask) -> None:
    assert situation(app) == "In detention, as of April 2018 (from the events)"
    assert situation(app, status_as_of=day("2025-11")) == "In detention, as of November 2025 (from the events)"
    by_hand = {"status_override": "house_arrest", "status_as_of": day("2021")}
    assert situation(app, **by_hand) == "Under house arrest, as of 2021 (set by hand)"
