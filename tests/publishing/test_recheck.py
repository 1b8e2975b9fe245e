"""What is public already, asked by the rules of now: narrowed, paused with officers told, or listed."""

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select

from campaign.accounts.models import Notice
from campaign.audit.log import AuditRow
from campaign.cases.file import Contact, Episode, Relative, StateResponse, Text
from campaign.cases.models import Case
from campaign.cases.revisions import head
from campaign.commands import publishing
from campaign.database import db
from campaign.dates.edtf import PartialDate
from campaign.ledger import reader
from campaign.ledger.documents import Profile
from campaign.publishing import door
from campaign.publishing.gate import checklist
from campaign.publishing.models import Hold
from campaign.publishing.projection import values
from campaign.publishing.recheck import NO_AGE, faults, judge, recheck
from tests.publishing.builders import a_file, day, event
from tests.publishing.desk import Desk


def summary(text: str) -> list[Text]:
    return [Text(id="f0000001", kind="summary", text=text), a_file().texts[1]]


def from_before(desk: Desk, monkeypatch: pytest.MonkeyPatch, **changes: object) -> Case:
    """Return a case that was published when no rule asked anything, as a home of an older release may have it."""
    with monkeypatch.context() as older:
        older.setattr(checklist, "stopping", lambda question, **_: [])
        older.setattr(values, "may_be_minor", lambda *_: False)
        older.setattr("campaign.publishing.projection.profile.may_be_minor", lambda *_: False)
        older.setattr("campaign.publishing.projection.detention.claims_death", lambda _: False)
        case = desk.opens(a_file(**{"images": [], "relatives": [], **changes}))
        desk.approves(case)
        door.publish(case, by=desk.pia)
    db.session.commit()
    return case


def profile(case: Case) -> Profile:
    found = reader.profile(case.ref)
    assert found is not None
    return found


def notices(account_id: int) -> list[str]:
    return list(db.session.scalars(select(Notice.sentence).where(Notice.account_id == account_id)))


YOUNG = [Episode(id="90000001", start=day("2024-04"), events=[event(date=day("2024-04"))], held_place="653121")]
PAUSED: tuple[dict[str, object], ...] = (
    {"birth": day("2012")},
    {"birth": PartialDate(), "age_reported": "teenager", "episodes": YOUNG},
    {"tags": ["minor"], "birth": PartialDate(), "episodes": YOUNG},
    {"texts": summary("A teacher who died in custody in 2020.")},
    {"state_responses": [StateResponse(id="51000001", form="death_claim", claim="The person died.")]},
    {"relatives": [Relative(id="80000001", relation="child", name="Ali Sadirov")], "texts": summary("Her son Ali, 6.")},
    {"texts": summary("Ask at 90 555 123 45 67.")},
)


@pytest.mark.parametrize("changes", PAUSED)
def test_a_child_a_death_and_anothers_name_or_number_pause_it_and_officers_are_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object]
) -> None:
    case = from_before(desk, monkeypatch, **changes)
    assert reader.state(case.ref) == "public"
    assert [one.state for one in recheck(dry_run=True)] == ["paused"]
    assert reader.state(case.ref) == "public"
    assert [one.state for one in recheck(dry_run=False)] == ["paused"]
    assert reader.state(case.ref) == "withdrawn"
    assert db.session.scalar(select(Hold.subject).where(Hold.lifted_at.is_(None))) == case.ref
    assert any(case.ref in sentence for sentence in notices(desk.sana.id))
    assert recheck(dry_run=False) == []


def test_what_only_takes_away_is_narrowed_at_once_and_no_age_at_all_comes_first(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled = from_before(desk, monkeypatch, citations=a_file().citations[:4])
    ageless = from_before(desk, monkeypatch, birth=PartialDate(), episodes=YOUNG, employer="School 5")
    assert profile(ageless).occupation == "Teacher"
    told = recheck(dry_run=False)
    assert [one.ref for one in told] == [ageless.ref, settled.ref]
    assert NO_AGE in told[0].faults
    assert (profile(ageless).occupation, profile(ageless).employer) == ("", "")
    assert profile(ageless).change.kind == "narrowing"
    assert told[1].state == "listed"
    assert "violations" in " ".join(told[1].faults)
    assert profile(settled).version == 1
    assert "The recheck found 2 public profiles to settle. See Recheck." in notices(desk.pia.id)
    assert [(one.ref, fault.lacks_age) for one, fault in faults(desk.pia)] == [
        (ageless.ref, True),
        (settled.ref, False),
    ]
    assert "violations" in faults(desk.pia)[1][1].sentences
    assert [one.fields for one in recheck(dry_run=False)] == [(), ()]


def test_a_sound_profile_is_left_as_it_is(desk: Desk) -> None:
    case = desk.public()
    assert [(one.ref, one.state) for one in recheck(dry_run=False)] == [(case.ref, "sound")]
    assert profile(case).version == 1


def test_somebody_whom_the_case_knows_by_now_counts(desk: Desk) -> None:
    case = desk.public(texts=[*summary("Taken with Marat.")])
    desk.saves(case, contacts=[Contact(name="Marat")])
    assert judge(case).state == "paused"


def test_a_correction_is_stopped_only_by_a_fault_that_it_adds(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    faulty = {"texts": summary("Ask Gheni, who saw a widnow."), "citations": a_file().citations}
    case = from_before(desk, monkeypatch, **faulty, birth=PartialDate(), episodes=YOUNG)
    mended = [msgspec.structs.replace(one, text=one.text.replace("widnow", "window")) for one in head(case).texts]
    desk.saves(case, texts=mended)
    desk.approves(case)
    door.publish(case, by=desk.pia, kind="correction", note="A word was wrong.")
    assert "window" in profile(case).summary[0].text


def test_what_is_listed_is_off_the_list_once_it_is_published_anew_or_taken_down(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    mended, gone = (from_before(desk, monkeypatch, citations=a_file().citations[:4]) for _ in range(2))
    recheck(dry_run=False)
    assert {one.ref for one, _ in faults(desk.pia)} == {mended.ref, gone.ref}
    desk.saves(mended, citations=a_file().citations)
    desk.approves(mended)
    door.publish(mended, by=desk.pia)
    assert [one.ref for one, _ in faults(desk.pia)] == [gone.ref]
    door.withdraw(gone, by=desk.pia, reason="asked")
    assert list(faults(desk.pia)) == []


def test_the_command_says_the_numbers_and_changes_nothing_on_a_dry_run(
    app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    publishing.register(app)
    case = from_before(desk, monkeypatch, birth=day("2012"))
    terminal = app.test_cli_runner()
    result = terminal.invoke(args=["publishing", "recheck", "--dry-run"])
    assert (result.exit_code, reader.state(case.ref)) == (0, "public"), result.output
    assert "1 public profiles: 0 would be narrowed, 1 would be paused, 0 would be listed" in result.output
    result = terminal.invoke(args=["publishing", "recheck"])
    assert reader.state(case.ref) == "withdrawn", result.output
    assert db.session.scalar(select(AuditRow.actor).where(AuditRow.action == "shell.recheck"))
