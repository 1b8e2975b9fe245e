"""Consent and risk of a row: a refusal is one whoever brings it; what gives counts once an officer has confirmed it."""

from datetime import date

import pytest
from flask import Flask

from campaign.cases.file import CaseFile
from campaign.publishing.consent import scopes, standing
from tests.imports.facts.conftest import OTHER, Brings

DAY = date(2026, 11, 30)
FOR_ALL = """
[consent]
giver = "The organisation"
giver_kind = "relative"
basis = "family"
obtained_on = "2021-05-01"
how = "signed"
scopes = ["store", "publish_name"]
[risk]
to = "person"
level = "low"
assessed_on = "2021-05-01"
review_by = "2050-05-01"
"""


def clears(file: CaseFile) -> bool:
    return scopes.in_force(file, DAY).covers_a_profile


def denied(file: CaseFile) -> bool:
    return bool(scopes.in_force(file, DAY).denied_by)


@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize("cell", ["no", "NO", "refused", "否", "нет", "لا", "نه", "hayır", "non", "nein", "ياق", "жоқ"])
def test_a_refusal_is_one_in_any_language(app: Flask, brings: Brings, cell: str) -> None:
    brought = brings({"Publish?": ("consent", cell)})
    (consent,) = brought.file.consents
    assert (consent.state, consent.scopes) == ("refused", [])
    assert denied(brought.file)
    assert brought.says("A refusal")


def test_a_refusal_outweighs_the_consent_of_the_sheet(brings: Brings, officer: int) -> None:
    brought = brings({"Publish?": ("consent", "no")}, stated=FOR_ALL, by=officer)
    assert denied(brought.file)
    assert brought.says("outweighs it")
    assert (
        brings(OTHER | {"Publish?": ("consent", "")}, stated=FOR_ALL, by=officer).files[-1].consents[0].state == "given"
    )


def test_what_an_editor_brings_waits_for_an_officer(brings: Brings, editor: int) -> None:
    brought = brings({
        "Consent": ("consent", "yes"), "To what": ("consent_scope", "store; publish name, photos"),
        "By": ("consent_giver", "mother, Patime Zulyarova"),
    })  # fmt: skip
    (consent,) = brought.file.consents
    assert (consent.state, consent.scopes) == ("given", ["store", "publish_name", "publish_photo"])
    assert (consent.giver, consent.giver_kind, consent.basis, consent.relation) == (
        "Patime Zulyarova", "relative", "family", "parent",
    )  # fmt: skip
    assert (consent.confirmed_by, consent.stated_by) == (None, editor)
    assert not clears(brought.file)
    assert brought.says("has still to confirm")


def test_what_an_officer_brings_counts_once_a_second_person_signs(brings: Brings, officer: int) -> None:
    brought = brings(
        {"Consent": ("consent", "yes"), "To what": ("consent_scope", "store, name"), "By": ("consent_giver", "mother")},
        by=officer,
    )
    (consent,) = brought.file.consents
    assert (consent.confirmed_by, consent.stated_by, consent.needs_second) == (officer, officer, True)
    assert standing.is_signed(consent)
    assert not clears(brought.file)


def test_yes_and_not_to_what_gives_nothing_and_is_told(brings: Brings, officer: int) -> None:
    brought = brings({"Consent": ("consent", "yes")}, by=officer)
    assert [(row.scopes, row.confirmed_by) for row in brought.file.consents] == [([], None)]
    assert brought.says("It does not say to what")


@pytest.mark.parametrize("by_officer", [True, False])
def test_words_that_are_neither_are_a_limit_and_nobody_confirms_it(
    brings: Brings, officer: int, editor: int, by_officer: bool
) -> None:
    brought = brings({"Consent": ("consent", "only inside the country")}, by=officer if by_officer else editor)
    (consent,) = brought.file.consents
    assert (consent.state, consent.limits, consent.scopes) == ("limited", "only inside the country", [])
    assert consent.confirmed_by is None
    assert brought.says("neither yes nor no")


def test_limits_make_a_limited_consent(brings: Brings) -> None:
    file = brings({
        "Consent": ("consent", "yes"), "To what": ("consent_scope", "store, name"),
        "Limits": ("consent_limits", "no village"),
    }).file  # fmt: skip
    assert [(row.state, row.limits) for row in file.consents] == [("limited", "no village")]
    none = brings(OTHER | {"Consent": ("consent", "yes"), "Limits": ("consent_limits", "none")}).files[-1]
    assert [(row.state, row.limits) for row in none.consents] == [("given", "")]


def test_not_asked_keeps_the_consent_of_the_sheet_away(brings: Brings, officer: int) -> None:
    brought = brings({"Consent": ("consent", "not yet")}, stated=FOR_ALL, by=officer)
    assert brought.file.consents == []
    assert brought.says("Nobody has consented yet")


def test_of_several_columns_the_strictest_holds(brings: Brings) -> None:
    file = brings({"Name?": ("consent", "yes"), "Publish?": ("consent", "no"), "Story?": ("consent", "yes")}).file
    assert [row.state for row in file.consents] == ["refused"]


def test_a_note_that_asks_for_silence_keeps_the_consent_of_the_sheet_away(brings: Brings, officer: int) -> None:
    brought = brings({"Remarks": ("note", "The family asked us not to publish")}, stated=FOR_ALL, by=officer)
    assert brought.file.consents == []
    assert brought.says("asks that something is not published") or brought.says("ask that something is not published")


@pytest.mark.parametrize(
    ("header", "cell", "is_told"),
    [
        ("Do not publish name", "x", True),
        ("Do not publish name", "no", False),
        ("Consent withheld", "yes", True),
        ("Не публиковать", "да", True),
        ("Height", "x", False),
        ("Remarks", "prefers that she is not named", True),
    ],
)
def test_a_header_that_asks_for_silence_is_a_sign_of_a_refusal(
    brings: Brings, header: str, cell: str, is_told: bool
) -> None:
    brought = brings({header: ("note", cell)})
    assert brought.says("seems to ask that something is not published") is is_told
    assert brought.file.notes[0].text == cell


def test_the_risk_of_a_row_outweighs_the_sheets(brings: Brings, officer: int, editor: int) -> None:
    brought = brings({"Risk": ("risk", "высокий")}, stated=FOR_ALL, by=officer)
    (risk,) = brought.file.risks
    assert (risk.level, risk.assessed_by, standing.is_assessed(risk)) == ("high", officer, True)
    assert brought.says("this row outweighs it")
    (unassessed,) = brings(OTHER | {"Risk": ("risk", "low")}, by=editor).files[-1].risks
    assert (unassessed.level, unassessed.assessed_by) == ("low", None)


def test_a_risk_that_cannot_be_read_is_a_note_and_no_level_is_taken(brings: Brings, officer: int) -> None:
    brought = brings({"Risk": ("risk", "depends")}, stated=FOR_ALL, by=officer)
    assert (brought.file.risks, [note.text for note in brought.file.notes]) == ([], ["depends"])
    assert brought.says("No level of risk")


def test_a_refusal_in_the_next_reading_is_told_and_changes_no_consent(brings: Brings) -> None:
    columns = {"No": ("id", "A 1"), "Publish?": ("consent", "yes"), "To": ("consent_scope", "store, name")}
    first = brings(columns)
    second = brings(columns | {"Publish?": ("consent", "no")})
    assert second.file.consents == first.file.consents
    assert [one.value for one in second.report.warnings if "changed by a sheet" in one.message] == ["refused"]
