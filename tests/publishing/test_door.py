"""Saving, publishing and taking away, on both databases."""

import msgspec
import pytest
from sqlalchemy import func, select

from campaign.audit.log import AuditRow
from campaign.cases.file import Text
from campaign.cases.revisions import head
from campaign.cases.workflow import approve, submit
from campaign.database import db
from campaign.ledger import reader
from campaign.ledger.models import Body, Entry
from campaign.publishing import door
from campaign.publishing.errors import AddsSomething, NotAllowed, NotConfirmed, NothingNew, NotReady, OwnWork
from tests.publishing.builders import a_file, consent, risk
from tests.publishing.desk import Desk, cleared

both_databases = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


@both_databases
def test_an_approved_case_becomes_a_public_profile(desk: Desk) -> None:
    case = desk.public()
    profile = reader.profile(case.ref)
    assert profile is not None
    assert (profile.display_name, profile.version, profile.change.kind) == ("Tursunay Sadirova", 1, "first")
    assert profile.slug == f"{case.ref}-tursunay-sadirova"


def test_the_body_is_that_of_the_approved_revision(desk: Desk) -> None:
    case = desk.public()
    desk.saves(case, occupation="Headmistress")
    profile = reader.profile(case.ref)
    assert profile is not None
    assert profile.occupation == "Teacher"
    assert case.state == "draft"


def test_nothing_leaves_that_nobody_approved(desk: Desk) -> None:
    case = desk.opens()
    with pytest.raises(NotReady, match="read and approve"):
        desk.publishes(case)
    assert reader.state(case.ref) == "unknown"


def test_an_update_that_changes_nothing_is_refused(desk: Desk) -> None:
    case = desk.public()
    with pytest.raises(NothingNew):
        desk.publishes(case)


@both_databases
def test_publish_name_withdrawn_takes_the_profile_down_in_the_same_save(desk: Desk) -> None:
    case = desk.public()
    desk.saves(case, consents=[consent(confirmed_by=desk.sana.id, state="withdrawn")])
    assert reader.state(case.ref) == "withdrawn"
    assert db.session.scalar(select(func.count()).select_from(Body)) == 0


@both_databases
def test_publish_story_withdrawn_leaves_the_page_without_the_story_and_no_older_version(desk: Desk) -> None:
    case = desk.public()
    desk.saves(case, consents=[cleared("publish_health", confirmed_by=desk.sana.id)])
    profile = reader.profile(case.ref)
    assert profile is not None
    assert (profile.story, profile.testimonies, profile.version) == ([], [], 2)
    assert profile.change.kind == "narrowing"
    bodies = db.session.scalars(select(Body.body)).all()
    assert all(b"She taught for twenty years" not in body for body in bodies)


@both_databases
def test_a_withdrawn_scope_of_writing_leaves_nobody_to_be_written_to_by_it(desk: Desk) -> None:
    everybody = ("write_home", "write_embassy", "write_authorities", "write_person")
    groups = ("publish_photo", "publish_story", "publish_health", "publish_family")
    case = desk.public(consents=[cleared(*groups, *everybody, confirmed_by=desk.sana.id)])
    before = reader.profile(case.ref)
    assert before is not None
    assert before.write_to == list(everybody)
    desk.saves(case, consents=[cleared(*groups, "write_home", "write_person", confirmed_by=desk.sana.id)])
    profile = reader.profile(case.ref)
    assert profile is not None
    assert (profile.write_to, profile.change.kind) == (["write_home", "write_person"], "narrowing")
    assert profile.story == before.story


def test_a_narrowing_leaves_the_approval_as_it_is(desk: Desk) -> None:
    case = desk.public()
    desk.saves(case, consents=[cleared(confirmed_by=desk.sana.id)])
    assert case.state == "approved"


def test_a_risk_raised_to_critical_takes_the_profile_down(desk: Desk) -> None:
    case = desk.public()
    desk.saves(case, risks=[risk(level="critical", to="family")])
    assert reader.state(case.ref) == "withdrawn"


def test_a_link_goes_when_the_profile_that_it_leads_to_goes(desk: Desk) -> None:
    brother = desk.public()
    relatives = [{"relation": "sibling", "case_ref": brother.ref}]
    from campaign.cases.file import Relative

    sister = desk.opens()
    desk.saves(sister, relatives=[Relative(**row) for row in relatives])
    desk.approves(sister)
    desk.publishes(sister)
    before = reader.profile(sister.ref)
    assert before is not None
    assert [row.ref for row in before.relatives] == [brother.ref]
    door.withdraw(brother, by=desk.pia, reason="asked by telephone")
    after = reader.profile(sister.ref)
    assert after is not None
    assert after.relatives == []


def test_a_consent_is_not_confirmed_by_who_is_no_safety_officer(desk: Desk) -> None:
    case = desk.opens()
    with pytest.raises(NotConfirmed):
        desk.saves(case, consents=[consent(id="c0000009", confirmed_by=desk.edo.id)])


def test_a_consent_is_not_confirmed_in_another_name(desk: Desk) -> None:
    case = desk.opens()
    with pytest.raises(NotConfirmed):
        desk.saves(case, by=desk.sana, consents=[consent(id="c0000009", confirmed_by=desk.pia.id)])


def test_a_consent_that_an_editor_widens_waits_beside_the_one_that_was_signed(desk: Desk) -> None:
    case = desk.opens(consents=[cleared()])
    before = head(case).consents[0]
    desk.saves(case, consents=[consent(confirmed_by=desk.sana.id)])
    kept, waiting = head(case).consents
    assert kept == before
    assert (waiting.amends, waiting.confirmed_by, waiting.scopes) == (kept.id, None, consent().scopes)


def test_an_editor_does_not_end_a_refusal(desk: Desk) -> None:
    case = desk.opens(consents=[consent(state="refused")])
    with pytest.raises(NotConfirmed):
        desk.saves(case, consents=[])
    with pytest.raises(NotConfirmed):
        desk.saves(case, consents=[consent(state="ended", confirmed_by=desk.sana.id)])


def test_a_risk_that_an_editor_lowers_waits_beside_the_one_that_was_assessed(desk: Desk) -> None:
    case = desk.opens()
    before = head(case).risks[0]
    desk.saves(case, risks=[risk(level="low", assessed_by=desk.sana.id, review_by=before.review_by)])
    kept, waiting = head(case).risks
    assert (kept, kept.level) == (before, "moderate")
    assert (waiting.amends, waiting.assessed_by, waiting.level) == (kept.id, None, "low")


def test_a_correction_adds_no_fact_and_removes_what_was_wrong(desk: Desk) -> None:
    case = desk.public(occupation="Headmistress")
    desk.saves(case, occupation="Teacher")
    desk.approves(case)
    entry = door.publish(case, by=desk.pia, kind="correction", note="She was a teacher.")
    assert [row.number for row in reader.history(case.ref)] == [entry.number]
    story = Text(id="f0000007", kind="details", text="More.", our_view=True)
    desk.saves(case, texts=[*a_texts(case), story])
    desk.approves(case)
    with pytest.raises(AddsSomething):
        door.publish(case, by=desk.pia, kind="correction", note="And more.")


def a_texts(case: object) -> list[Text]:
    return head(case).texts  # type: ignore[arg-type]


def test_a_publisher_does_not_publish_what_they_wrote(desk: Desk) -> None:
    from campaign.accounts.models import Grant
    from campaign.accounts.permissions import Role
    from campaign.clock import now

    desk.edo.grants.append(Grant(role=Role.PUBLISHER.value, given_at=now()))
    case = desk.opens()
    desk.approves(case)
    with pytest.raises(OwnWork):
        door.publish(case, by=desk.edo)


@both_databases
def test_every_deed_of_the_door_is_in_the_audit(desk: Desk) -> None:
    case = desk.public()
    desk.saves(case, consents=[cleared(confirmed_by=desk.sana.id)])
    door.withdraw(case, by=desk.pia, reason="asked")
    actions = [
        row.action for row in db.session.scalars(select(AuditRow).order_by(AuditRow.number)) if "profile" in row.action
    ]
    assert actions == ["profile.published", "profile.narrowed", "profile.withdrawn"]
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 3


def test_an_answer_to_the_neighbours_question_stands_while_the_words_are_the_same(desk: Desk) -> None:
    case = desk.public()
    desk.saves(case, languages=["ug"])
    submit(case, by=desk.edo)
    approve(case, by=desk.rana)
    desk.saves(case, texts=[msgspec.structs.replace(one, text="Other words.") for one in head(case).texts])
    submit(case, by=desk.edo)
    approve(case, by=desk.rana)
    with pytest.raises(NotReady, match="neighbour"):
        desk.publishes(case)


def test_the_door_asks_whoever_saves_and_not_the_view_alone(desk: Desk) -> None:
    case = desk.opens()
    with pytest.raises(NotAllowed, match="does not change"):
        desk.saves(case, by=desk.pia, occupation="Baker")
    with pytest.raises(NotAllowed, match="bring back"):
        door.restore(case, 1, by=desk.pia, reason="as it was")
    with pytest.raises(NotAllowed, match="opens a case"):
        door.create(a_file(), by=desk.pia, reason="told")
    desk.saves(case, by=desk.edo, occupation="Baker")
    assert head(case).occupation == "Baker"
