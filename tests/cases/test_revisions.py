"""Every save is a revision, sealed, with its audit row; nobody's work is written over."""

import threading

import pytest
from flask import Flask
from sqlalchemy import event, select, text

from campaign.accounts.models import Account
from campaign.audit.log import AuditRow
from campaign.cases.checks import NoSuchRevision, Stale, Unsound
from campaign.cases.file import CaseFile, Consent, Name, OutsideId, Relative
from campaign.cases.models import Case, OutsideIdKey, Revision
from campaign.cases.revisions import at, create, head, history, restore, revise
from campaign.database import db
from tests.cases.conftest import both_databases, known, opened

pytestmark = both_databases


def test_a_new_case_has_a_reference_an_owner_and_one_revision(edo: Account) -> None:
    case = opened(edo, name="نۇرگۈل ئوسمان")
    assert case.ref.startswith("FXD-")
    assert (case.version, case.owner_id, case.state, case.display_name) == (1, edo.id, "draft", "نۇرگۈل ئوسمان")
    assert [revision.reason for revision in history(case)] == ["Told by a relative"]


def test_each_save_keeps_the_whole_file_as_it_was(edo: Account) -> None:
    case = opened(edo)
    file = head(case)
    file.occupation = "nurse"
    revise(case, file, by=edo, base_version=1, reason="Heard from a colleague")
    db.session.commit()
    assert (case.version, head(case).occupation, at(case, 1).occupation) == (2, "nurse", "")


def test_a_save_that_changes_nothing_leaves_no_revision_and_no_audit_row(edo: Account) -> None:
    case = opened(edo)
    revise(case, head(case), by=edo, base_version=1, reason="")
    db.session.commit()
    assert case.version == 1
    assert len(history(case)) == len(deeds(case)) == 1


def test_what_others_changed_since_is_kept_beside_mine(edo: Account, eva: Account) -> None:
    case = opened(edo)
    theirs, mine = head(case), head(case)
    theirs.occupation, mine.employer = "nurse", "The county hospital"
    revise(case, theirs, by=edo, base_version=1, reason="")
    revise(case, mine, by=eva, base_version=1, reason="")
    db.session.commit()
    assert (head(case).occupation, head(case).employer) == ("nurse", "The county hospital")


def test_a_stale_save_of_the_same_field_is_shown_and_never_written_over(edo: Account, eva: Account) -> None:
    case = opened(edo)
    theirs, mine = head(case), head(case)
    theirs.occupation, mine.occupation = "nurse", "midwife"
    revise(case, theirs, by=edo, base_version=1, reason="")
    with pytest.raises(Stale) as refused:
        revise(case, mine, by=eva, base_version=1, reason="")
    (conflict,) = refused.value.conflicts
    assert (conflict.before, conflict.theirs, conflict.mine) == ("", "nurse", "midwife")
    assert (refused.value.version, head(case).occupation, case.version) == (2, "nurse", 2)
    revise(case, mine, by=eva, base_version=1, reason="", choices={"occupation": "mine"})
    assert head(case).occupation == "midwife"


def test_what_changed_again_after_a_side_was_chosen_is_asked_again(edo: Account, eva: Account) -> None:
    case = opened(edo)
    mine = head(case)
    mine.occupation = "midwife"
    for word in ("nurse", "head nurse"):
        theirs = head(case)
        theirs.occupation = word
        revise(case, theirs, by=edo, base_version=case.version, reason="")
    with pytest.raises(Stale) as refused:
        revise(case, mine, by=eva, base_version=1, reason="", choices={"occupation": "mine"}, seen_version=2)
    (conflict,) = refused.value.conflicts
    assert (conflict.before, conflict.theirs, conflict.mine) == ("nurse", "head nurse", "midwife")
    revise(case, mine, by=eva, base_version=1, reason="", choices={"occupation": "mine"}, seen_version=3)
    assert head(case).occupation == "midwife"


def test_a_version_that_never_was_is_refused(edo: Account) -> None:
    case = opened(edo)
    with pytest.raises(NoSuchRevision, match="has no revision 7; its newest is 1"):
        revise(case, CaseFile(), by=edo, base_version=7, reason="")


def test_what_can_not_be_so_is_refused_and_nothing_is_saved(edo: Account) -> None:
    case = opened(edo)
    file = head(case)
    file.children_count = -1
    with pytest.raises(Unsound) as refused:
        revise(case, file, by=edo, base_version=1, reason="")
    db.session.rollback()
    assert [problem.path for problem in refused.value.problems] == ["children_count"]
    assert (db.session.get_one(Case, case.id).version, len(deeds(case))) == (1, 1)


def test_a_case_that_can_not_be_so_is_not_opened(edo: Account) -> None:
    with pytest.raises(Unsound):
        create(CaseFile(gender="lady"), by=edo, reason="")
    assert db.session.scalar(select(Case)) is None


def test_case_revision_and_audit_row_are_saved_together_or_not_at_all(edo: Account) -> None:
    case = opened(edo)

    def fail(_session: object, _context: object, _instances: object) -> None:
        if any(isinstance(row, AuditRow) for row in db.session.new):
            raise RuntimeError("the log cannot be written")

    file = head(case)
    file.occupation = "nurse"
    event.listen(db.session, "before_flush", fail)
    try:
        with pytest.raises(RuntimeError):
            revise(case, file, by=edo, base_version=1, reason="")
    finally:
        event.remove(db.session, "before_flush", fail)
    db.session.rollback()
    case = db.session.get_one(Case, case.id)
    assert (case.version, head(case).occupation, len(history(case)), len(deeds(case))) == (1, "", 1, 1)


def test_restoring_brings_the_file_back_as_a_new_revision_with_its_writer(edo: Account, eva: Account) -> None:
    case = opened(edo, occupation="nurse")
    file = head(case)
    file.occupation = "midwife"
    revise(case, file, by=eva, base_version=1, reason="")
    restored = restore(case, 1, by=eva, reason="The first was right")
    assert (head(case).occupation, restored.number, restored.restored_from) == ("nurse", 3, 1)
    assert (restored.author_id, restored.also_by) == (eva.id, [edo.id])


def test_restoring_never_brings_a_withdrawn_consent_back(edo: Account) -> None:
    case = opened(edo, consents=[Consent(giver="A sister", state="given", scopes=["publish_name"])])
    file = head(case)
    file.consents[0].state = "withdrawn"
    revise(case, file, by=edo, base_version=1, reason="She called")
    restore(case, 1, by=edo, reason="")
    assert [consent.state for consent in head(case).consents] == ["withdrawn"]


def test_editing_an_approved_case_makes_it_a_draft_but_a_consent_does_not(edo: Account) -> None:
    case = opened(edo)
    case.state, case.approved_digest = "approved", history(case)[0].digest
    file = head(case)
    file.consents.append(Consent(giver="A sister"))
    revise(case, file, by=edo, base_version=1, reason="")
    assert case.state == "approved"
    file = head(case)
    file.occupation = "nurse"
    revise(case, file, by=edo, base_version=2, reason="")
    assert case.state == "draft"


def test_content_and_reasons_lie_sealed_in_the_database(edo: Account) -> None:
    case = opened(edo, last_address="CANARY street", relatives=[Relative(name="CANARY")])
    file = head(case)
    file.employer = "A school"
    revise(case, file, by=edo, base_version=1, reason="CANARY told us")
    db.session.commit()
    tables = db.metadata.sorted_tables
    assert len(tables) > 5
    for table in tables:
        for row in db.session.execute(text(f'SELECT * FROM "{table.name}"')):  # noqa: S608 - our own names
            assert "canary" not in repr([bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]).lower()


def test_an_audit_row_names_the_fields_and_nothing_of_what_they_say(edo: Account) -> None:
    case = opened(edo)
    file = head(case)
    file.occupation = "nurse"
    revise(case, file, by=edo, base_version=1, reason="")
    assert [(row.action, row.actor_id, row.details) for row in deeds(case)] == [
        ("case.created", edo.id, '{"fields":["names","salt"],"kind":"edit","number":1}'),
        ("case.revised", edo.id, '{"fields":["occupation"],"kind":"edit","number":2}'),
    ]


def test_two_cases_with_the_same_content_have_different_digests(edo: Account) -> None:
    one, other = opened(edo), opened(edo)
    assert history(one)[0].digest != history(other)[0].digest


def test_the_salt_stays_whatever_is_saved(edo: Account) -> None:
    case = opened(edo)
    salt = head(case).salt
    revise(case, CaseFile(names=[Name(text="Nurgul")]), by=edo, base_version=1, reason="")
    assert head(case).salt == salt != ""


def test_lookup_rows_follow_the_file(edo: Account) -> None:
    case = opened(edo, outside_ids=[OutsideId(scheme="sheet", value="A 17")])
    file = head(case)
    file.outside_ids[0].value = " b 18"
    revise(case, file, by=edo, base_version=1, reason="")
    assert list(db.session.scalars(select(OutsideIdKey.key))) == ["b18"]


def test_people_who_save_at_once_all_find_their_words_in_the_end(home_app: Flask, edo: Account) -> None:
    case_id = opened(edo).id
    fields = ["occupation", "employer", "health_line", "religion", "origin_words", "age_reported"]
    faults: list[BaseException] = []

    def save(field: str) -> None:
        with home_app.app_context():
            try:
                case = db.session.get_one(Case, case_id)
                file = at(case, 1)
                setattr(file, field, f"about {field}")
                revise(case, file, by=known("edo"), base_version=1, reason="")
                db.session.commit()
            except BaseException as fault:
                faults.append(fault)

    db.session.remove()
    threads = [threading.Thread(target=save, args=(field,)) for field in fields]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    case = db.session.get_one(Case, case_id)
    assert [getattr(head(case), field) for field in fields] == [f"about {field}" for field in fields]
    numbers = db.session.scalars(select(Revision.number).where(Revision.case_id == case_id).order_by(Revision.number))
    assert list(numbers) == [1, 2, 3, 4, 5, 6, 7]


def deeds(case: Case) -> list[AuditRow]:
    return list(db.session.scalars(select(AuditRow).where(AuditRow.subject == case.ref).order_by(AuditRow.number)))
