"""Who was withdrawn is not published under another reference, unless two are told apart or a safety officer decides."""

import pytest
from flask import Flask
from sqlalchemy import select

from campaign.accounts.models import Notice
from campaign.cases.file import Name
from campaign.cases.marks import MarkDecision
from campaign.cases.models import Case
from campaign.commands import publishing
from campaign.database import db
from campaign.duplicates.search import tell_apart
from campaign.ledger import reader
from campaign.publishing import door
from campaign.publishing.errors import NotReady
from tests.publishing.desk import Desk


@pytest.fixture
def second(desk: Desk) -> tuple[Case, Case]:
    """A withdrawn case, and an approved one of the same name and year of birth."""
    first = desk.public()
    door.withdraw(first, by=desk.pia, reason="asked by telephone")
    other = desk.opens()
    desk.approves(other)
    return first, other


def test_the_same_person_under_another_reference_waits_for_an_officer(desk: Desk, second: tuple[Case, Case]) -> None:
    first, other = second
    with pytest.raises(NotReady, match="It waits for a safety officer"):
        door.publish(other, by=desk.pia)
    said = db.session.scalars(select(Notice.sentence).where(Notice.account_id == desk.sana.id)).all()
    assert any(f"is that of {first.ref}, who was withdrawn" in sentence for sentence in said)


def test_two_who_were_told_apart_are_two(desk: Desk, second: tuple[Case, Case]) -> None:
    first, other = second
    tell_apart(first, other, by=desk.sana)
    door.publish(other, by=desk.pia)
    assert reader.state(other.ref) == "public"


def test_an_officer_decides_and_the_decision_is_kept(app: Flask, desk: Desk, second: tuple[Case, Case]) -> None:
    first, other = second
    db.session.commit()
    publishing.register(app)
    terminal = app.test_cli_runner()
    words = ["publishing", "despite", other.ref, first.ref, "--reason", "The family asked for it.", "--by"]
    refused = terminal.invoke(args=[*words, desk.pia.email])
    assert "Only a safety officer decides this." in refused.output
    assert terminal.invoke(args=[*words, desk.sana.email]).exit_code == 0
    decision = db.session.scalars(select(MarkDecision)).one()
    assert (decision.case_id, decision.ref, decision.by_id) == (other.id, first.ref, desk.sana.id)
    door.publish(other, by=desk.pia)
    assert reader.state(other.ref) == "public"


def test_another_name_or_another_year_waits_for_nobody(desk: Desk) -> None:
    first = desk.public()
    door.withdraw(first, by=desk.pia, reason="asked by telephone")
    other = desk.opens(names=[Name(id="0000abcd", text="Nargiza Tarimbeg", is_preferred=True)])
    desk.approves(other)
    door.publish(other, by=desk.pia)
    assert reader.state(other.ref) == "public"
