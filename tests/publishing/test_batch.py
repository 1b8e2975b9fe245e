"""Many cases through the same workflow and gate from a terminal."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.accounts.permissions import Role
from campaign.audit.log import AuditRow
from campaign.cases import workflow
from campaign.cases.checks import OwnWork
from campaign.cases.file import OutsideId
from campaign.cases.models import Case, Review
from campaign.cases.revisions import head
from campaign.cases.store import create_many, prepare
from campaign.clock import now
from campaign.commands import publishing
from campaign.database import db
from campaign.imports.mapping import Map
from campaign.imports.planning import mapping_of
from campaign.imports.rows import build
from campaign.ledger import reader
from campaign.publishing import batch, decisions
from campaign.publishing.consent.scopes import in_force
from campaign.publishing.consent.standing import is_assessed
from campaign.publishing.errors import NotAllowed, NotConfirmed
from tests.cast import hired
from tests.publishing.desk import Desk

EDO, RANA, PIA = "edo@example.org", "rana@example.org", "pia@example.org"


@pytest.fixture
def terminal(app: Flask, desk: Desk) -> FlaskCliRunner:
    """A terminal on a home with two cases tagged "spring", of which one lacks its consent."""
    publishing.register(app)
    desk.opens(tags=["spring"], outside_ids=[OutsideId(scheme="sheet", value="row-1")])
    desk.opens(tags=["spring"], consents=[])
    db.session.commit()
    return app.test_cli_runner()


def run(terminal: FlaskCliRunner, *words: str) -> tuple[int, str]:
    result = terminal.invoke(args=["publishing", *words])
    return result.exit_code, result.output


def refs() -> list[str]:
    return list(db.session.scalars(select(Case.ref).order_by(Case.id)))


def answer() -> None:
    """Rana reads each case and answers the question that no batch answers."""
    rana = db.session.scalar(select(Account).where(Account.email == RANA))
    assert rana is not None
    for case in db.session.scalars(select(Case)):
        workflow.answer(case, by=rana, version=case.version, would_neighbour_know=False)
    db.session.commit()


def test_a_batch_answers_no_neighbours_question(terminal: FlaskCliRunner) -> None:
    run(terminal, "submit", "--batch", "spring", "--by", EDO)
    run(terminal, "approve", "--batch", "spring", "--by", RANA)
    code, said = run(terminal, "publish", "--batch", "spring", "--by", PIA)
    assert code == 1
    assert said.count("would a neighbour know who spoke?") == 2
    assert set(db.session.scalars(select(Review.would_neighbour_know))) == {None}
    edo = db.session.scalar(select(Account).where(Account.email == EDO))
    case = db.session.scalars(select(Case)).first()
    assert edo is not None
    assert case is not None
    with pytest.raises(OwnWork):
        workflow.answer(case, by=edo, version=case.version, would_neighbour_know=False)


def test_a_batch_walks_the_workflow_and_says_what_was_refused_and_why(terminal: FlaskCliRunner) -> None:
    assert run(terminal, "submit", "--batch", "spring", "--by", EDO) == (0, "submit: 2 done, 0 unchanged, 0 refused.\n")
    assert run(terminal, "approve", "--batch", "spring", "--by", RANA)[0] == 0
    answer()
    code, said = run(terminal, "publish", "--batch", "spring", "--by", PIA)
    assert code == 1
    ready, lacking = refs()
    assert f"{lacking}: {lacking} can't be published yet. No consent in force" in said
    assert "publish: 1 done, 0 unchanged, 1 refused." in said
    assert (reader.state(ready), reader.state(lacking)) == ("public", "unknown")


def test_who_wrote_the_batch_does_not_approve_it(terminal: FlaskCliRunner) -> None:
    run(terminal, "submit", "--batch", "spring", "--by", EDO)
    code, said = run(terminal, "approve", "--batch", "spring", "--by", EDO)
    assert code == 1
    assert "0 done, 0 unchanged, 2 refused" in said


def test_twice_does_no_harm(terminal: FlaskCliRunner) -> None:
    run(terminal, "submit", "--batch", "spring", "--by", EDO)
    assert "0 done, 2 unchanged" in run(terminal, "submit", "--batch", "spring", "--by", EDO)[1]


def test_a_file_names_cases_by_the_numbers_of_their_sheet(terminal: FlaskCliRunner, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("name,case_id\nSomebody,row-1\n", encoding="utf-8")
    assert "submit: 1 done" in run(terminal, "submit", "--batch", str(sheet), "--by", EDO)[1]
    lines = tmp_path / "some.txt"
    lines.write_text("\n".join(refs()) + "\n", encoding="utf-8")
    assert "1 done, 1 unchanged" in run(terminal, "submit", "--batch", str(lines), "--by", EDO)[1]


def test_a_batch_that_nobody_knows_is_refused(terminal: FlaskCliRunner) -> None:
    code, said = run(terminal, "submit", "--batch", "autumn", "--by", EDO)
    assert code == 1
    assert "neither a file nor a tag" in said


def test_a_file_that_cant_be_looked_at_is_refused_in_a_sentence(terminal: FlaskCliRunner, tmp_path: Path) -> None:
    # Longer than a name on a disk can be: like a folder that can't be entered, the look at it ends in an error.
    code, said = run(terminal, "submit", "--batch", str(tmp_path / ("x" * 300)), "--by", EDO)
    assert code == 1
    assert "A file must be one that this user of the machine may read." in said


def test_a_restricted_case_is_not_in_the_batch_of_who_is_not_named_on_it(terminal: FlaskCliRunner, desk: Desk) -> None:
    case = db.session.scalars(select(Case).order_by(Case.id)).first()
    assert case is not None
    case.is_restricted, case.owner_id = True, desk.sana.id
    db.session.commit()
    assert "submit: 1 done" in run(terminal, "submit", "--batch", "spring", "--by", RANA)[1]


def test_the_audit_names_the_user_of_the_machine(terminal: FlaskCliRunner) -> None:
    run(terminal, "submit", "--batch", "spring", "--by", EDO)
    actor = db.session.scalar(select(AuditRow.actor).where(AuditRow.action == "shell.submit"))
    assert actor is not None
    assert actor.startswith("shell:")


def test_without_trust_in_the_shell_a_code_is_asked_for(terminal: FlaskCliRunner, app: Flask) -> None:
    import dataclasses

    run(terminal, "submit", "--batch", "spring", "--by", EDO)
    app.extensions["settings"] = dataclasses.replace(app.extensions["settings"], trust_shell=False)
    result = terminal.invoke(args=["publishing", "approve", "--batch", "spring", "--by", RANA], input="123456\n")
    assert result.exit_code != 0
    assert set(db.session.scalars(select(Case.state))) == {"in_review"}


def test_withdraw_and_erase_from_a_terminal(terminal: FlaskCliRunner) -> None:
    for verb, who in (("submit", EDO), ("approve", RANA)):
        run(terminal, verb, "--batch", "spring", "--by", who)
    answer()
    run(terminal, "publish", "--batch", "spring", "--by", PIA)
    ref = refs()[0]
    code, said = run(terminal, "withdraw", ref, "--by", PIA, "--reason", "asked")
    assert (code, reader.state(ref)) == (0, "withdrawn"), said
    officer = db.session.scalar(select(Account).where(Account.name == "sana"))
    assert officer is not None
    assert run(terminal, "erase", ref, "--by", officer.email, "--reason", "asked")[0] == 1
    code, said = run(terminal, "erase", ref, "--by", officer.email, "--reason", "asked", "--yes")
    assert code == 0, said
    assert ref not in refs()


def test_the_sweep_says_what_it_did(terminal: FlaskCliRunner) -> None:
    assert run(terminal, "sweep") == (0, "0 taken away, 0 published, 0 whose sentence was over.\n")


def test_a_publisher_without_another_role_submits_nothing(terminal: FlaskCliRunner) -> None:
    hired("only", Role.PUBLISHER)
    db.session.commit()
    assert run(terminal, "submit", "--batch", "spring", "--by", "only@example.org")[0] == 1


def test_a_consent_stated_for_a_sheet_counts_once_a_second_officer_has_signed(desk: Desk) -> None:
    stated = {
        "giver": "The families", "basis": "family", "scopes": ["store", "publish_name"], "obtained_on": "2026-01-10",
        "form": "f" * 32, "second_signature": desk.pia.id, "needs_second": False, "fingerprint": "case/2 giver 00",
    }  # fmt: skip
    mapping = Map(columns={"name": "name"}, consent=stated, risk={"level": "low", "review_by": "2199-01-01"})
    file = build({"name": "Tursunay"}, mapping_of(mapping, desk.sana), key="1", number=1, sheet_year=None).file
    case = create_many([prepare(file, "a sheet")], by=desk.sana)[0]
    assert is_assessed(file.risks[0])
    assert (file.consents[0].form, file.consents[0].second_signature) == ("", None)
    assert not in_force(head(case), now().date()).scopes
    with pytest.raises(NotConfirmed):
        decisions.sign_beside(case, by=desk.sana)
    with pytest.raises(NotAllowed):
        decisions.sign_beside(case, by=desk.rana)
    assert batch.sign(case, hired("oyghan", Role.SAFETY_OFFICER))
    assert in_force(head(case), now().date()).scopes == {"store", "publish_name"}
    assert not batch.sign(case, hired("polat", Role.SAFETY_OFFICER))


def test_a_batch_never_publishes_again_who_was_withdrawn(terminal: FlaskCliRunner) -> None:
    for verb, who in (("submit", EDO), ("approve", RANA)):
        run(terminal, verb, "--batch", "spring", "--by", who)
    answer()
    run(terminal, "publish", "--batch", "spring", "--by", PIA)
    ref = refs()[0]
    run(terminal, "withdraw", ref, "--by", PIA, "--reason", "asked")
    code, said = run(terminal, "publish", "--batch", "spring", "--by", PIA)
    assert (code, reader.state(ref)) == (1, "withdrawn")
    assert "It was withdrawn since it was approved." in said
    case = db.session.scalars(select(Case).where(Case.ref == ref)).one()
    rana = db.session.scalars(select(Account).where(Account.email == RANA)).one()
    workflow.take_back(case, by=rana)
    db.session.commit()
    for verb, who in (("submit", EDO), ("approve", RANA)):
        run(terminal, verb, "--batch", "spring", "--by", who)
    answer()
    run(terminal, "publish", "--batch", "spring", "--by", PIA)
    assert reader.state(ref) == "public"
