"""Cells that no spreadsheet runs, and that can be read back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.partners import export
from campaign.sheets import writing
from tests.ledger.samples import a_profile

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]


@pytest.mark.parametrize("start", STARTS)
def test_a_cell_that_might_run_is_quoted(start):
    assert writing.guarded(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@given(st.text(alphabet=st.one_of(st.sampled_from([*STARTS, "'", ",", '"']), st.characters(exclude_categories=["Cs"]))))
def test_a_cell_reads_back_as_it_was(cell):
    written = writing.lines([[writing.guarded(cell), "end"]]).decode()
    ((read, end),) = csv.reader(io.StringIO(written, newline=""))
    assert (writing.unguarded(read), end) == (cell, "end")
    assert not read.startswith(tuple(STARTS))


def test_a_hostile_name_is_harmless_in_the_table():
    row = dict(zip(export.COLUMNS, export.row(a_profile(name="=cmd|' /C calc'!A0")), strict=True))
    assert row["display_name"] == "'=cmd|' /C calc'!A0"
