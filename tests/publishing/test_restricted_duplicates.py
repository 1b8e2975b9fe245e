"""A likely duplicate of a restricted case: officers are told once, it waits, and who typed it learns nothing."""

import msgspec
import pytest
from sqlalchemy import func, select

from campaign.accounts.models import Notice
from campaign.cases import members
from campaign.cases.file import Name, OutsideId
from campaign.cases.models import Case
from campaign.database import db
from campaign.duplicates.search import take_back, tell_apart
from campaign.publishing import eligibility, restricted_duplicates
from campaign.publishing.context import context_of
from campaign.publishing.erase import erase
from campaign.publishing.errors import NotReady
from campaign.publishing.gate import checklist
from campaign.publishing.models import DuplicateAlert
from tests.publishing.builders import a_file, day
from tests.publishing.desk import Desk

pytestmark = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


def named(text: str, **changes: object) -> dict[str, object]:
    return {"names": [Name(id="a0000001", text=text, is_preferred=True)], **changes}


def restricted(desk: Desk, text: str = "Турсунай Садирова", **changes: object) -> Case:
    """Return a restricted case on which Sana is named."""
    case = desk.opens(a_file(images=[], relatives=[], **named(text, **changes)))
    restricts(case, desk)
    return case


def restricts(case: Case, desk: Desk) -> None:
    members.restrict(case, by=desk.sana)
    restricted_duplicates.alert_of(case)


def told(account_id: int) -> list[str]:
    notices = select(Notice.sentence).where(Notice.account_id == account_id).order_by(Notice.id)
    return [sentence for sentence in db.session.scalars(notices) if "same person" in sentence]


def eighth(case: Case) -> checklist.Rule:
    return checklist.check(eligibility.question_of(context_of(case)))[7]


def test_officers_are_told_of_a_duplicate_when_it_is_opened_and_nobody_else_is(desk: Desk) -> None:
    hidden = restricted(desk)
    second = desk.opens()
    (sentence,) = told(desk.sana.id)
    assert second.ref in sentence
    assert hidden.ref in sentence
    assert told(desk.edo.id) == told(desk.rana.id) == told(desk.pia.id) == []


def test_a_duplicate_waits_for_an_officer_and_leaves_once_they_are_told_apart(desk: Desk) -> None:
    hidden, second = restricted(desk), desk.opens()
    desk.approves(second)
    assert (eighth(second).state, eighth(second).stops) == ("waits", True)
    with pytest.raises(NotReady, match="waits for a safety officer"):
        desk.publishes(second)
    tell_apart(second, hidden, by=desk.sana)
    assert eighth(second).state == "holds"
    desk.publishes(second)


def test_taken_back_it_waits_again(desk: Desk) -> None:
    hidden, second = restricted(desk), desk.opens()
    desk.approves(second)
    tell_apart(second, hidden, by=desk.sana)
    take_back(second, hidden, by=desk.sana)
    assert eighth(second).state == "waits"


def test_who_types_it_sees_the_gate_of_any_draft(desk: Desk) -> None:
    second = desk.opens()
    before = eighth(second)
    hidden = restricted(desk)
    assert eighth(second) == before
    desk.approves(second)
    line = eighth(second)
    assert hidden.ref not in line.sentence
    assert not {"restricted", "same", "twin", "duplicate"} & set(line.sentence.split())


def test_a_homonym_born_in_another_year_leaves(desk: Desk) -> None:
    restricted(desk, "Tursunay Sadirova", birth=day("1949"))
    second = desk.opens()
    assert told(desk.sana.id) == []
    desk.approves(second)
    desk.publishes(second)


def test_a_name_that_is_corrected_into_a_duplicates_is_told(desk: Desk) -> None:
    restricted(desk)
    case = desk.opens(a_file(images=[], relatives=[], **named("Nigar Anarbag")))
    assert told(desk.sana.id) == []
    desk.saves(case, **named("Tursunay Sadirova"))
    assert len(told(desk.sana.id)) == 1
    desk.saves(case, **named("Tursunay Sadirowa"))
    assert len(told(desk.sana.id)) == 1


def test_a_case_that_is_restricted_later_is_compared_too(desk: Desk) -> None:
    second = desk.opens()
    case = desk.opens(a_file(images=[], relatives=[], **named("Турсунай Садирова")))
    assert told(desk.sana.id) == []
    restricts(case, desk)
    assert len(told(desk.sana.id)) == 1
    desk.approves(second)
    assert eighth(second).state == "waits"


def test_where_no_officer_is_named_all_are_told_and_not_of_which_case(desk: Desk) -> None:
    hidden = restricted(desk)
    members.name_member(hidden, desk.rana.id, by=desk.sana)
    members.remove_member(hidden, desk.sana.id, by=desk.sana)
    desk.opens()
    (sentence,) = told(desk.sana.id)
    assert hidden.ref not in sentence


def test_a_public_profile_stays_and_its_next_version_waits(desk: Desk) -> None:
    case = desk.public()
    restricted(desk)
    file = msgspec.structs.replace(a_file(images=[], relatives=[]), occupation="Head teacher")
    desk.saves(case, occupation=file.occupation)
    desk.approves(case)
    assert eligibility.is_listed(case.ref)
    with pytest.raises(NotReady, match="safety officer"):
        desk.publishes(case)


def test_an_erased_case_leaves_no_alert(desk: Desk) -> None:
    hidden = restricted(desk)
    desk.opens()
    erase(hidden, by=desk.sana, reason="asked for")
    assert db.session.scalar(select(func.count()).select_from(DuplicateAlert)) == 0


def test_officers_are_told_of_a_number_that_a_restricted_case_carries_too(desk: Desk) -> None:
    number = OutsideId(scheme="orchard", value="row-7")
    hidden = desk.opens(names=[Name(text="Mahire Bulaqbeg")], outside_ids=[number])
    members.restrict(hidden, by=desk.sana)
    other = desk.opens(names=[Name(text="Nurlan Qasenov")], birth=day("1950"), outside_ids=[number])
    assert db.session.get(DuplicateAlert, (other.id, hidden.id)) is not None
    third = desk.opens(names=[Name(text="Somebody Else")], outside_ids=[OutsideId(scheme="other", value="row-7")])
    assert db.session.get(DuplicateAlert, (third.id, hidden.id)) is None
