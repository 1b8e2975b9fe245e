"""What the worklist is narrowed to, each narrowing by itself and together; the rule of what is stale."""

import datetime
from pathlib import Path

import pytest

from campaign.accounts.models import Account
from campaign.cases.file import Consent, decode
from campaign.cases.members import restrict
from campaign.cases.queries import UNCHECKED_DAYS, Filter, count, worklist
from campaign.cases.status import AT_ONCE, consent_due_on
from campaign.clock import today
from campaign.database import db
from campaign.dates.edtf import PartialDate, parse
from tests.cases.conftest import both_databases, known, opened


def on(day: datetime.date) -> PartialDate:
    return parse(day.isoformat())


def days_ago(days: int) -> PartialDate:
    return on(today() - datetime.timedelta(days=days))


def consent(**changes: object) -> Consent:
    fields: dict[str, object] = {"basis": "family", "obtained_on": parse("2026-01-10"), "confirmed_by": 7}
    return Consent(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("consents", "due"),
    [
        ([], None),
        ([consent(confirmed_by=None)], AT_ONCE),
        ([consent()], datetime.date(2027, 1, 10)),
        ([consent(basis="already_published_by_us")], datetime.date(2026, 4, 10)),
        ([consent(confirm_by=parse("2026-03-01"))], datetime.date(2026, 3, 1)),
        ([consent(), consent(confirm_by=parse("2026-03-01"))], datetime.date(2026, 3, 1)),
        ([consent(state="refused", confirmed_by=None), consent(state="ended")], None),
        ([consent(obtained_on=PartialDate(), confirmed_on=parse("2025-01-01"))], datetime.date(2026, 1, 1)),
    ],
)
def test_a_consent_asks_for_an_officer_until_confirmed_and_again_by_its_day(
    consents: list[Consent], due: datetime.date | None
) -> None:
    assert consent_due_on(consents) == due


@both_databases
@pytest.mark.parametrize(
    ("days", "is_stale"),
    [
        ({}, False),
        ({"next_review_on": 1}, True),
        ({"next_review_on": -1}, False),
        ({"last_verified_on": UNCHECKED_DAYS + 1}, True),
        ({"last_verified_on": UNCHECKED_DAYS - 1}, False),
        ({"last_verified_on": 1, "next_review_on": 1}, True),
    ],
)
def test_what_was_to_be_looked_at_or_nobody_checked_for_a_year_is_stale(
    edo: Account, days: dict[str, int], is_stale: bool
) -> None:
    opened(edo, **{field: days_ago(ago) for field, ago in days.items()})
    assert count(edo, Filter(stale_on=today())) == int(is_stale)


@both_databases
def test_a_case_that_nobody_ever_checked_is_stale_a_year_after_it_was_opened(edo: Account) -> None:
    case = opened(edo)
    case.created_at -= datetime.timedelta(days=UNCHECKED_DAYS + 2)
    db.session.commit()
    assert worklist(edo, Filter(stale_on=today())).cases == [case]


@both_databases
def test_consents_that_wait_are_found_and_confirmed_ones_are_not(edo: Account) -> None:
    waits = opened(edo, consents=[consent(confirmed_by=None)])
    again = opened(edo, consents=[consent(confirm_by=days_ago(1))])
    opened(edo, consents=[consent(confirm_by=days_ago(-30))])
    opened(edo)
    assert worklist(edo, Filter(consent_due_by=today())).cases == [again, waits]


@both_databases
def test_owners_are_somebody_or_nobody(edo: Account, eva: Account) -> None:
    theirs, nobodys = opened(eva), opened(edo)
    opened(edo)
    nobodys.owner_id = None
    db.session.commit()
    assert worklist(edo, Filter(owner_id=eva.id)).cases == [theirs]
    assert worklist(edo, Filter(is_unowned=True)).cases == [nobodys]


@both_databases
def test_a_place_takes_in_what_lies_in_it(edo: Account) -> None:
    county = opened(edo, origin_place="653121")
    opened(edo, origin_place="654002")
    assert worklist(edo, Filter(place="6531")).cases == [county]
    assert count(edo, Filter(place="65")) == 2


@both_databases
def test_restricted_cases_are_listed_for_who_is_named_on_them_alone(edo: Account, sana: Account) -> None:
    case = opened(edo)
    opened(edo)
    restrict(case, by=sana)
    db.session.commit()
    assert worklist(sana, Filter(is_restricted=True)).cases == [case]
    assert count(edo, Filter(is_restricted=True)) == count(known("ada"), Filter(is_restricted=True)) == 0


@both_databases
def test_filters_combine_and_pages_go_on_by_key(edo: Account, eva: Account) -> None:
    wanted = [opened(edo, origin_place="653121", tags=["urgent"]) for _ in range(3)]
    opened(eva, origin_place="653121", tags=["urgent"])
    opened(edo, origin_place="654002", tags=["urgent"])
    opened(edo, origin_place="653121")
    narrowed = Filter(owner_id=edo.id, place="6531", tag="urgent", state="draft")
    first = worklist(edo, narrowed, limit=2)
    rest = worklist(edo, narrowed, after=first.after, limit=2)
    assert (first.cases, rest.cases, rest.after) == (wanted[:0:-1], wanted[:1], None)
    assert count(edo, narrowed) == 3


@both_databases
def test_what_was_confirmed_before_signatures_were_bound_is_found_until_it_is_signed_anew(edo: Account) -> None:
    signed = decode((Path(__file__).parent / "signed_in_case_1.json").read_bytes()).consents[0]
    old, new = opened(edo, consents=[signed]), opened(edo, consents=[consent(fingerprint="case/2 giver 00")])
    assert (old.has_carried, new.has_carried) == (True, False)
    assert [row.ref for row in worklist(edo, Filter(has_carried=True)).cases] == [old.ref]
