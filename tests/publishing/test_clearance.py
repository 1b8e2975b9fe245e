"""Which consents are in force, and what they clear."""

import datetime

import pytest

from campaign.cases.file import CaseFile
from campaign.ledger.documents import Profile
from campaign.publishing.consent.scopes import COVERS, NEEDS, SCOPES, in_force, scope_of
from campaign.vocabulary.protection import CONSENT_BASIS, CONSENT_SCOPE
from tests.publishing.builders import DAY, consent, day

EVERYTHING = frozenset(SCOPES)
ANOTHER = "c0000002"


def scopes(*consents: object, on: datetime.date = DAY) -> frozenset[str]:
    return in_force(CaseFile(consents=list(consents)), on).scopes  # type: ignore[arg-type]


def test_every_field_of_the_document_needs_exactly_one_scope() -> None:
    named = [field for fields in NEEDS.values() for field in fields]
    assert sorted(named) == sorted(Profile.__struct_fields__)


def test_a_field_that_nobody_decided_on_is_an_error() -> None:
    with pytest.raises(KeyError, match="Nobody has decided"):
        scope_of("shoe_size")


def test_the_tables_know_every_scope_and_basis() -> None:
    assert set(SCOPES) == set(CONSENT_SCOPE.codes)
    assert set(COVERS) == set(CONSENT_BASIS.codes)


def test_no_consent_clears_nothing() -> None:
    assert scopes() == frozenset()


def test_a_consent_that_nobody_confirmed_clears_nothing() -> None:
    assert scopes(consent(confirmed_by=None)) == frozenset()


def test_a_withdrawal_counts_before_anybody_confirmed_it() -> None:
    assert scopes(consent(), consent(id=ANOTHER, state="withdrawn", confirmed_by=None)) == frozenset()


def test_a_limit_counts_before_anybody_confirmed_it() -> None:
    limit = consent(id=ANOTHER, state="limited", scopes=["store", "publish_name"], confirmed_by=None)
    assert scopes(consent(), limit) == {"store", "publish_name"}


def test_between_relatives_the_strictest_holds() -> None:
    brother = consent(id=ANOTHER, scopes=["store", "publish_name", "publish_photo"])
    assert scopes(consent(), brother) == {"store", "publish_name", "publish_photo"}


def test_the_persons_own_word_outweighs_a_refusal_of_the_family() -> None:
    assert scopes(consent(state="refused"), consent(id=ANOTHER, basis="self")) == EVERYTHING


def test_the_persons_own_refusal_outweighs_the_family() -> None:
    assert scopes(consent(), consent(id=ANOTHER, basis="self", state="refused")) == frozenset()


def test_an_unconfirmed_word_of_the_person_does_not_take_down_what_the_family_allowed() -> None:
    assert scopes(consent(), consent(id=ANOTHER, basis="self", confirmed_by=None)) == EVERYTHING


def test_public_interest_never_covers_health_family_or_the_story() -> None:
    assert scopes(consent(basis="public_interest")) == {"store", "publish_name", "publish_photo"}


def test_suspected_duress_clears_nothing() -> None:
    assert scopes(consent(state="paused_duress_suspected")) == frozenset()


def test_a_consent_until_a_day_holds_on_that_day_and_not_on_the_next() -> None:
    until = consent(until=day("2026-05-04"))
    assert scopes(until, on=DAY) == EVERYTHING
    assert scopes(until, on=DAY + datetime.timedelta(days=1)) == frozenset()


def test_a_coarse_end_is_read_in_the_givers_favour() -> None:
    assert scopes(consent(until=day("2026-05")), on=datetime.date(2026, 5, 1)) == frozenset()


def test_a_date_to_ask_again_ends_nothing() -> None:
    assert scopes(consent(confirm_by=day("2020-01-01"))) == EVERYTHING
