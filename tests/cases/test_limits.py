"""What a save takes back is told by the two files alone: scopes that fell, words that deny, risks that weigh more."""

import msgspec
import pytest

from campaign.cases.file import CaseFile, Consent, Risk
from campaign.cases.limits import deeds_of
from campaign.dates.edtf import parse

GIVEN = Consent(id="c0000001", scopes=["store", "publish_name", "publish_photo"])
LOW = Risk(id="r0000001", level="low")


def told(before: CaseFile, after: CaseFile) -> dict[str, object]:
    """Return the deeds that a save is told as, by action."""
    deeds = deeds_of("FXD-10001", before, after, by=3)
    return {deed.action: deed.details.get("scopes") or deed.details.get("level") for deed in deeds}


@pytest.mark.parametrize(
    ("changes", "scopes"),
    [
        ({"state": "withdrawn"}, ["all"]),
        ({"state": "refused"}, ["all"]),
        ({"state": "paused_duress_suspected"}, ["all"]),
        ({"state": "limited"}, ["limited"]),
        ({"scopes": ["store", "publish_name"]}, ["publish_photo"]),
        ({"limits": "not the picture"}, ["limited"]),
        ({"until": parse("2031-05-04")}, ["until"]),
    ],
)
def test_a_consent_that_allows_less_is_told_by_what_fell(changes: dict[str, object], scopes: list[str]) -> None:
    after = msgspec.structs.replace(GIVEN, **changes)
    assert told(CaseFile(consents=[GIVEN]), CaseFile(consents=[after])) == {"consent.limited": scopes}


def test_a_row_beside_another_is_weighed_against_it() -> None:
    beside = msgspec.structs.replace(GIVEN, id="c0000002", amends=GIVEN.id, scopes=["store", "publish_name"])
    found = told(CaseFile(consents=[GIVEN]), CaseFile(consents=[GIVEN, beside]))
    assert found == {"consent.limited": ["publish_photo"]}


def test_a_consent_that_is_gone_is_told_and_one_that_only_waited_is_not() -> None:
    beside = msgspec.structs.replace(GIVEN, id="c0000002", amends=GIVEN.id)
    assert told(CaseFile(consents=[GIVEN]), CaseFile()) == {"consent.limited": ["all"]}
    assert told(CaseFile(consents=[GIVEN, beside]), CaseFile(consents=[GIVEN])) == {}


def test_what_allows_more_or_the_same_is_not_told() -> None:
    more = msgspec.structs.replace(GIVEN, scopes=[*GIVEN.scopes, "publish_story"], giver="a relative")
    assert told(CaseFile(consents=[GIVEN]), CaseFile(consents=[more])) == {}
    assert told(CaseFile(), CaseFile(consents=[GIVEN], risks=[LOW])) == {}


@pytest.mark.parametrize(("level", "expected"), [("moderate", "moderate"), ("critical", "critical")])
def test_a_risk_that_weighs_more_is_told_by_its_level(level: str, expected: str) -> None:
    raised = msgspec.structs.replace(LOW, level=level)
    assert told(CaseFile(risks=[LOW]), CaseFile(risks=[raised])) == {"risk.raised": expected}
    assert told(CaseFile(risks=[raised]), CaseFile(risks=[LOW])) == {}


def test_a_first_assessment_is_told_where_it_is_grave() -> None:
    assert told(CaseFile(), CaseFile(risks=[msgspec.structs.replace(LOW, level="high")])) == {"risk.raised": "high"}
