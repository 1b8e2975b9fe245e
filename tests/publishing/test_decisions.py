"""What two people decide in writing: between relatives, on a critical risk, on naming somebody."""

import msgspec
import pytest
from sqlalchemy import select

from campaign.audit.log import AuditRow
from campaign.cases.file import Citation, Perpetrator, Text
from campaign.cases.revisions import at, head
from campaign.database import db
from campaign.ledger import reader
from campaign.publishing import decisions, door
from campaign.publishing.consent.scopes import in_force
from campaign.publishing.errors import NotConfirmed, NotReady
from tests.publishing.builders import DAY, a_file, consent, risk
from tests.publishing.desk import Desk, cleared, today

both_databases = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
NAME = ["store", "publish_name", "publish_story"]


def quarrel(desk: Desk) -> object:
    """A case of which the mother consents and the brother refuses."""
    case = desk.opens()
    brother = consent(id="c0000002", giver="Polat Sadirov", state="refused", confirmed_by=None)
    desk.saves(case, consents=[*head(case).consents, brother])
    return case


@both_databases
def test_between_relatives_a_refusal_holds_until_two_people_settle_it(desk: Desk) -> None:
    case = quarrel(desk)
    desk.approves(case)
    with pytest.raises(NotReady, match="second person sign a decision"):
        desk.publishes(case)
    paper = decisions.decide(case, "settlement", by=desk.sana, text="The mother speaks for her.", scopes=NAME)
    with pytest.raises(NotReady, match="second person sign a decision"):
        desk.publishes(case)
    decisions.countersign(case, paper.id, by=desk.rana)
    desk.publishes(case)
    profile = reader.profile(case.ref)
    assert profile is not None
    assert (len(profile.story), profile.health) == (1, "")
    signed = select(AuditRow.action).where(AuditRow.action.startswith("decision")).order_by(AuditRow.number)
    actions = list(db.session.scalars(signed))
    assert actions == ["decision.signed", "decision.countersigned"]


def test_nobody_signs_twice_and_only_who_may_signs_at_all(desk: Desk) -> None:
    case = quarrel(desk)
    with pytest.raises(NotConfirmed):
        decisions.decide(case, "settlement", by=desk.edo, text="An editor alone.", scopes=NAME)
    paper = decisions.decide(case, "settlement", by=desk.sana, text="The mother speaks for her.", scopes=NAME)
    with pytest.raises(NotConfirmed):
        decisions.countersign(case, paper.id, by=desk.sana)


def test_what_somebody_signed_is_not_changed_by_a_save(desk: Desk) -> None:
    case = quarrel(desk)
    paper = decisions.decide(case, "settlement", by=desk.sana, text="The mother speaks for her.", scopes=NAME)
    for change in ({"text": "Everything."}, {"scopes": ["press"]}, {"second_by": desk.rana.id}):
        with pytest.raises(NotConfirmed):
            desk.saves(case, decisions=[msgspec.structs.replace(paper, **change)])
    forged = msgspec.structs.replace(paper, id="20000009", signed_by=desk.sana.id, second_by=desk.rana.id)
    with pytest.raises(NotConfirmed):
        desk.saves(case, by=desk.rana, decisions=[paper, forged])


@both_databases
def test_a_word_that_comes_later_is_heard_at_once(desk: Desk) -> None:
    case = quarrel(desk)
    paper = decisions.decide(case, "settlement", by=desk.sana, text="The mother speaks for her.", scopes=NAME)
    decisions.countersign(case, paper.id, by=desk.rana)
    desk.approves(case)
    desk.publishes(case)
    rows = head(case).consents
    mother = msgspec.structs.replace(rows[0], state="withdrawn")
    desk.saves(case, consents=[mother, *rows[1:]])
    assert reader.state(case.ref) == "withdrawn"


def test_a_settlement_covers_no_word_that_changed_or_came_since(desk: Desk) -> None:
    case = quarrel(desk)
    paper = decisions.decide(case, "settlement", by=desk.sana, text="The mother speaks for her.", scopes=NAME)
    decisions.countersign(case, paper.id, by=desk.rana)
    rows = head(case).consents
    aunt = consent(id="c0000004", giver="An aunt", state="refused", confirmed_by=None)
    assert in_force(msgspec.structs.replace(head(case), consents=rows), DAY).scopes == set(NAME)
    assert in_force(msgspec.structs.replace(head(case), consents=[*rows, aunt]), DAY).denied_by == {"c0000004"}
    stricter = msgspec.structs.replace(rows[1], state="limited", scopes=["store"])
    assert in_force(msgspec.structs.replace(head(case), consents=[rows[0], stricter]), DAY).scopes == {"store"}
    duress = msgspec.structs.replace(rows[1], state="paused_duress_suspected")
    assert in_force(msgspec.structs.replace(head(case), consents=[rows[0], duress]), DAY).denied_by


def test_a_settlement_gives_nothing_that_no_relative_gave(desk: Desk) -> None:
    case = desk.opens(consents=[cleared()])
    brother = consent(id="c0000002", giver="Polat Sadirov", state="refused", confirmed_by=None)
    desk.saves(case, consents=[*head(case).consents, brother])
    everything = ["store", "publish_name", "publish_story", "publish_health", "publish_photo"]
    paper = decisions.decide(case, "settlement", by=desk.sana, text="The mother's.", scopes=everything)
    decisions.countersign(case, paper.id, by=desk.rana)
    desk.approves(case)
    desk.publishes(case)
    profile = reader.profile(case.ref)
    assert profile is not None
    assert (profile.story, profile.health, profile.violations) == ([], "", [])


@both_databases
def test_a_settlement_taken_back_takes_the_profile_down(desk: Desk) -> None:
    case = quarrel(desk)
    paper = decisions.decide(case, "settlement", by=desk.sana, text="The mother speaks for her.", scopes=NAME)
    decisions.countersign(case, paper.id, by=desk.rana)
    desk.approves(case)
    desk.publishes(case)
    decisions.take_back(case, paper.id, by=desk.edo)
    assert reader.state(case.ref) == "withdrawn"
    assert at(case, case.version - 1).decisions[0].text == "The mother speaks for her."


def test_a_refusal_is_turned_round_and_forgotten_by_no_officer(desk: Desk) -> None:
    case = quarrel(desk)
    rows = head(case).consents
    for kept in ([rows[0]], [rows[0], msgspec.structs.replace(rows[1], state="given")]):
        with pytest.raises(NotConfirmed):
            desk.saves(case, by=desk.sana, consents=kept)
    ended = msgspec.structs.replace(rows[1], state="ended")
    with pytest.raises(NotConfirmed, match="later word"):
        desk.saves(case, by=desk.sana, consents=[rows[0], ended])
    later = consent(id="c0000003", giver="Polat Sadirov", obtained_on=today(), confirmed_by=desk.sana.id)
    desk.saves(case, by=desk.sana, consents=[rows[0], ended, later])


@both_databases
def test_a_critical_risk_to_the_person_leaves_when_an_officer_and_a_publisher_sign(desk: Desk) -> None:
    case = desk.opens()
    desk.approves(case)
    desk.saves(case, by=desk.sana, risks=[desk.fresh(risk(level="critical"))])
    with pytest.raises(NotReady, match="safety officer and a publisher"):
        desk.publishes(case)
    paper = decisions.decide(case, "critical", by=desk.sana, text="The mother asks for it, knowing the danger.")
    with pytest.raises(NotConfirmed):
        decisions.countersign(case, paper.id, by=desk.rana)
    decisions.countersign(case, paper.id, by=desk.pia)
    desk.publishes(case)
    assert reader.state(case.ref) == "public"
    desk.saves(case, by=desk.sana, risks=[desk.fresh(risk(level="critical", concerns=["retaliation"]))])
    assert reader.state(case.ref) == "withdrawn"


def test_what_is_critical_for_the_family_leaves_by_nobodys_signature(desk: Desk) -> None:
    case = desk.opens()
    desk.saves(case, by=desk.sana, risks=[desk.fresh(risk(level="critical", to="family"))])
    with pytest.raises(decisions.NothingToDecide):
        decisions.decide(case, "critical", by=desk.sana, text="All the same.")


def test_an_alleged_perpetrator_is_named_with_a_source_and_a_clearance_alone(desk: Desk) -> None:
    named = Perpetrator(id="32000001", name="Qeyser Muradov", position="Head of the station")
    texts = [Text(id="f0000001", kind="summary", text="Taken by Kaiser Muradov.", our_view=True)]
    file = a_file(
        images=[],
        relatives=[],
        perpetrators=[named],
        texts=texts,
        citations=[row for row in a_file().citations if not row.fact.startswith("texts")],
    )
    case = desk.opens(file)
    desk.approves(case)
    with pytest.raises(NotReady, match="named in what would be published"):
        desk.publishes(case)
    paper = decisions.decide(case, "perpetrator", by=desk.sana, text="Counsel agrees.", about=["32000001"])
    decisions.countersign(case, paper.id, by=desk.pia)
    with pytest.raises(NotReady, match="named in what would be published"):
        desk.publishes(case)
    source = Citation(id="40000009", source_id="50000001", fact="perpetrators/32000001")
    desk.saves(case, citations=[*head(case).citations, source])
    desk.approves(case)
    desk.publishes(case)
    body = reader.profile(case.ref)
    assert body is not None
    assert "Muradov" in body.summary[0].text


def test_a_second_signature_is_given_in_ones_own_name_and_falls_with_a_change(desk: Desk) -> None:
    case = desk.opens()
    ours = consent(id="c0000005", basis="public_interest", giver_kind="", reason="Wrote twice.", confirmed_by=None)
    desk.saves(case, consents=[*head(case).consents, ours])
    signed = msgspec.structs.replace(ours, second_signature=desk.rana.id)
    with pytest.raises(NotConfirmed):
        desk.saves(case, by=desk.sana, consents=[head(case).consents[0], signed])
    desk.saves(case, by=desk.rana, consents=[head(case).consents[0], signed])
    assert head(case).consents[1].second_signature == desk.rana.id
    longer = msgspec.structs.replace(signed, reason="Wrote three times.")
    desk.saves(case, by=desk.edo, consents=[head(case).consents[0], longer])
    assert head(case).consents[1].second_signature is None


def test_a_consent_just_confirmed_is_asked_again_in_a_year(desk: Desk) -> None:
    case = desk.opens()
    assert head(case).consents[0].confirm_by.edtf == "2027-01-10"


def test_a_decision_needs_words_and_something_to_decide(desk: Desk) -> None:
    case = desk.opens()
    with pytest.raises(decisions.NothingToDecide):
        decisions.decide(case, "settlement", by=desk.sana, text=" ", scopes=NAME)
    with pytest.raises(decisions.NothingToDecide):
        decisions.decide(case, "critical", by=desk.sana, text="There is no critical risk.")
    with pytest.raises(decisions.NoSuchDecision):
        decisions.countersign(case, "20000009", by=desk.rana)


def test_a_restored_revision_brings_no_decision_back(desk: Desk) -> None:
    case = quarrel(desk)
    paper = decisions.decide(case, "settlement", by=desk.sana, text="The mother speaks for her.", scopes=NAME)
    decisions.countersign(case, paper.id, by=desk.rana)
    signed_at = case.version
    decisions.take_back(case, paper.id, by=desk.sana)
    door.restore(case, signed_at, by=desk.edo, reason="as it was")
    assert head(case).decisions == []
