"""Every date and age of the real sheets, where they are at hand: read, and never lost."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.dates.ages import parse_age
from campaign.dates.parse import read

SHARED = Path(os.environ.get("BYNAME_SHARED", Path(__file__).parents[3] / "shared")) / "data"


def cells(sheet: str, *columns: str) -> Iterator[str]:
    if not (SHARED / sheet).exists():
        pytest.skip(f"{sheet} is not here")
    with (SHARED / sheet).open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            yield from (row[column] for column in columns if row[column].strip())


def test_every_date_of_the_campaigns_sheet_is_read() -> None:
    dates = [read(cell) for cell in cells("amnesty_fxd_batch_2021.csv", "date_of_birth", "arrest_last_contact_date")]
    assert len(dates) > 100
    assert [date.written for date in dates if not date.edtf and not date.unknown] == []


def test_every_age_of_the_campaigns_sheet_is_read() -> None:
    assert [cell for cell in cells("amnesty_fxd_batch_2021.csv", "age_years") if parse_age(cell) is None] == []


def test_damaged_dates_of_a_real_sheet_keep_their_words_and_nearly_all_others_are_read() -> None:
    sheet = "china_political_prisoners_open.csv"
    read_cells = [(cell, read(cell)) for cell in cells(sheet, "Date of Birth", "Date of Death")]
    assert all(date.written == cell for cell, date in read_cells)
    unread = [cell for cell, date in read_cells if not date.edtf]
    assert len(unread) <= len(read_cells) * 0.01, f"{len(unread)} of {len(read_cells)} unread: {unread}"
