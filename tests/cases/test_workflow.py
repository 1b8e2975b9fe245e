"""From draft to approved; whoever wrote any of it cannot approve, and an approval holds for what was read."""

import pytest

from campaign.accounts.models import Account
from campaign.cases.checks import Moved, OwnWork, WrongState
from campaign.cases.file import Consent
from campaign.cases.models import Case
from campaign.cases.revisions import head, restore, revise
from campaign.cases.workflow import NoNote, approve, ask_changes, reviews, submit, take_back, writers
from campaign.database import db
from tests.cases.conftest import both_databases, opened

pytestmark = both_databases


def changed(case: Case, by: Account, **fields: object) -> None:
    file = head(case)
    for name, value in fields.items():
        setattr(file, name, value)
    revise(case, file, by=by, base_version=case.version, reason="")
    db.session.commit()


@pytest.fixture
def submitted(edo: Account) -> Case:
    case = opened(edo)
    submit(case, by=edo)
    db.session.commit()
    return case


def test_a_draft_is_submitted_and_approved_by_another(submitted: Case, pia: Account) -> None:
    review = approve(submitted, by=pia, note="Read twice", would_neighbour_know=False)
    assert (submitted.state, submitted.approved_by_id) == ("approved", pia.id)
    assert submitted.approved_digest == review.digest
    assert submitted.submitted_at is not None
    assert [(one.verdict, one.note) for one in reviews(submitted)] == [("approved", "Read twice"), ("submitted", "")]


def test_who_wrote_it_can_not_approve(submitted: Case, edo: Account) -> None:
    with pytest.raises(OwnWork, match="Somebody who wrote none of it must approve"):
        approve(submitted, by=edo)


def test_who_wrote_any_revision_can_not_approve(submitted: Case, eva: Account) -> None:
    changed(submitted, eva, occupation="nurse")
    with pytest.raises(OwnWork):
        approve(submitted, by=eva)


def test_who_wrote_what_was_restored_can_not_approve(edo: Account, eva: Account) -> None:
    case = opened(eva, occupation="nurse")
    changed(case, edo, occupation="midwife")
    restore(case, 1, by=edo, reason="")
    submit(case, by=edo)
    with pytest.raises(OwnWork):
        approve(case, by=eva, published_number=2)


def test_further_writers_of_an_import_or_a_merge_count(edo: Account, eva: Account, pia: Account) -> None:
    case = opened(edo)
    file = head(case)
    file.occupation = "nurse"
    revise(case, file, by=edo, base_version=1, reason="", kind="merge", also_by=[pia.id])
    assert writers(case) == {edo.id, pia.id}
    submit(case, by=edo)
    with pytest.raises(OwnWork):
        approve(case, by=pia)
    approve(case, by=eva)


def test_after_a_publication_only_later_writers_count(submitted: Case, edo: Account, eva: Account) -> None:
    changed(submitted, eva, occupation="nurse")
    assert writers(submitted) == {edo.id, eva.id}
    assert writers(submitted, 1) == {eva.id}
    approve(submitted, by=edo, published_number=1)
    assert submitted.state == "approved"


def test_what_the_reviewer_did_not_read_is_not_approved(submitted: Case, edo: Account, pia: Account) -> None:
    changed(submitted, edo, occupation="nurse")
    with pytest.raises(Moved, match="read revision 2"):
        approve(submitted, by=pia, version=1)
    approve(submitted, by=pia, version=2)


def test_changes_are_asked_for_with_a_note_and_the_case_is_submitted_again(
    submitted: Case, edo: Account, pia: Account
) -> None:
    with pytest.raises(NoNote):
        ask_changes(submitted, by=pia, note=" ")
    ask_changes(submitted, by=pia, note="Where is the source of the sentence?")
    assert submitted.state == "changes_asked"
    submit(submitted, by=edo)
    assert submitted.state == "in_review"


def test_an_approval_that_was_taken_back_holds_no_more(submitted: Case, pia: Account) -> None:
    approve(submitted, by=pia)
    take_back(submitted, by=pia)
    assert (submitted.state, submitted.approved_digest) == ("draft", None)


def test_an_approval_outlives_a_consent_but_no_other_change(submitted: Case, edo: Account, pia: Account) -> None:
    approve(submitted, by=pia)
    changed(submitted, edo, consents=[Consent(giver="A sister")])
    assert submitted.state == "approved"
    changed(submitted, edo, occupation="nurse")
    assert submitted.state == "draft"


def test_steps_out_of_order_are_refused(edo: Account, pia: Account) -> None:
    case = opened(edo)
    for step in (
        lambda: approve(case, by=pia),
        lambda: ask_changes(case, by=pia, note="x"),
        lambda: take_back(case, by=edo),
    ):
        with pytest.raises(WrongState):
            step()
    submit(case, by=edo)
    with pytest.raises(WrongState, match="already submitted"):
        submit(case, by=edo)
