"""No rule blocks what only takes away or corrects an error; and what is older than a fix waits."""

from datetime import timedelta

import pytest

from campaign.cases.file import Episode, Text
from campaign.cases.models import Case
from campaign.cases.revisions import head
from campaign.clock import now
from campaign.ledger import reader
from campaign.publishing import door, eligibility
from campaign.publishing.context import context_of
from campaign.publishing.errors import AddsSomething, NotAllowed, NotConfirmed, NothingNew, NotReady
from campaign.publishing.gate.checklist import check
from tests.publishing.builders import a_file, consent, day, event
from tests.publishing.desk import Desk, cleared, today

both_databases = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


def texts(english: str, uyghur: str) -> list[Text]:
    return [
        Text(id="f0000001", kind="summary", text=english, our_view=True),
        Text(id="f0000005", kind="summary", language="ug", text=uyghur, translation_state="unread", our_view=True),
    ]


def told_in_two_languages(desk: Desk) -> Case:
    return public(desk, texts("A teacher, taken from a shool.", "ئوقۇتقۇچى"))


def public(desk: Desk, rows: list[Text]) -> Case:
    case = desk.opens(texts=rows, citations=[row for row in a_file().citations if not row.fact.startswith("texts")])
    desk.approves(case)
    desk.publishes(case)
    return case


def corrects(desk: Desk, case: Case, **changes: object) -> None:
    desk.saves(case, **changes)
    desk.approves(case)
    door.publish(case, by=desk.pia, kind="correction", note="A word was wrong.")


@both_databases
def test_a_translation_older_than_a_correction_is_withheld_until_it_is_new(desk: Desk) -> None:
    case = told_in_two_languages(desk)
    corrects(desk, case, texts=texts("A teacher, taken from a school.", "ئوقۇتقۇچى"))
    profile = reader.profile(case.ref)
    assert profile is not None
    assert [row.language for row in profile.summary] == ["en"]
    desk.saves(case, employer="A school")
    desk.approves(case)
    assert "ug" in check(eligibility.question_of(context_of(case)))[9].sentence
    desk.publishes(case)
    again = reader.profile(case.ref)
    assert again is not None
    assert [row.language for row in again.summary] == ["en"]
    desk.saves(case, texts=texts("A teacher, taken from a school.", "ئوقۇتقۇچى ئايال"))
    desk.approves(case)
    desk.publishes(case)
    new = reader.profile(case.ref)
    assert new is not None
    assert [row.language for row in new.summary] == ["en", "ug"]


def test_a_correction_is_not_stopped_by_an_embargo_an_old_reason_or_a_missing_source(desk: Desk) -> None:
    case = told_in_two_languages(desk)
    case.embargo_until = now() + timedelta(days=1)
    late = [desk.fresh(row) for row in head(case).risks]
    late[0].review_by = day("2026-01-31")
    desk.saves(case, by=desk.sana, risks=late)
    corrects(desk, case, texts=texts("A teacher, taken from a school.", "ئوقۇتقۇچى"), citations=[])
    assert reader.profile(case.ref).change.kind == "correction"  # type: ignore[union-attr]


def test_a_correction_is_read_by_two_and_names_nobody_anew(desk: Desk) -> None:
    case = told_in_two_languages(desk)
    desk.saves(case, texts=texts("A teacher, taken from Gheni's school.", "ئوقۇتقۇچى"))
    with pytest.raises(NotReady, match="read and approve"):
        door.publish(case, by=desk.pia, kind="correction", note="A word was wrong.")
    desk.approves(case)
    with pytest.raises(NotReady, match="named in what would be published"):
        door.publish(case, by=desk.pia, kind="correction", note="A word was wrong.")


def test_an_error_is_corrected_though_the_text_names_somebody_already(desk: Desk) -> None:
    case = told_in_two_languages(desk)
    from campaign.cases.file import Contact

    desk.saves(case, contacts=[Contact(id="30000001", name="Teacher Marat")], texts=texts("A shool.", "مارات"))
    taught = texts("A teacher, taken from a school.", "ئوقۇتقۇچى")
    taught[0].text = "A teacher."
    corrects(desk, case, texts=taught)
    assert reader.profile(case.ref).summary[0].text == "A teacher."  # type: ignore[union-attr]


@both_databases
def test_one_person_takes_a_part_away_at_once_and_no_rule_is_asked(desk: Desk) -> None:
    case = desk.public()
    version = reader.profile(case.ref).version  # type: ignore[union-attr]
    told = [row for row in head(case).texts if row.kind != "story"]
    kept = [row for row in head(case).citations if row.fact != "texts/f0000002"]
    desk.saves(case, texts=told, citations=kept)
    late = [desk.fresh(row) for row in head(case).risks]
    late[0].review_by = day("2026-01-31")
    desk.saves(case, by=desk.sana, risks=late)
    door.take_away(case, by=desk.edo)
    profile = reader.profile(case.ref)
    assert profile is not None
    assert (profile.story, profile.version, profile.change.kind) == ([], version + 1, "narrowing")
    assert [row.number for row in reader.history(case.ref)] == [reader.newest_entry(case.ref).number]  # type: ignore[union-attr]
    with pytest.raises(NothingNew):
        door.take_away(case, by=desk.edo)


def test_what_is_said_otherwise_is_not_taken_away_but_published(desk: Desk) -> None:
    case = desk.public()
    desk.saves(case, occupation="Headmistress")
    with pytest.raises(AddsSomething):
        door.take_away(case, by=desk.edo)


def test_who_may_neither_pause_nor_withdraw_takes_nothing_away(desk: Desk) -> None:
    from campaign.accounts.permissions import Role
    from tests.cast import hired

    case = desk.public()
    with pytest.raises(NotAllowed):
        door.take_away(case, by=hired("vera", Role.VIEWER))


@both_databases
def test_the_health_consent_withdrawn_takes_the_events_of_treatment_too(desk: Desk) -> None:
    beaten = event(id="e0000002", type="ill_treatment", account="what-was-done")
    case = desk.opens(episodes=[Episode(id="90000001", start=day("2018-04"), events=[event(), beaten])])
    beaten.our_view = True
    episode = Episode(id="90000001", start=day("2018-04"), events=[event(), beaten])
    desk.saves(case, episodes=[episode], groups=["women", "in_ill_health"])
    desk.approves(case)
    desk.publishes(case)
    assert "what-was-done" in str(reader.profile(case.ref))
    desk.saves(case, consents=[cleared("publish_story", confirmed_by=desk.sana.id)])
    profile = reader.profile(case.ref)
    assert profile is not None
    assert "what-was-done" not in str(profile)
    assert profile.tags == ["women"]
    assert profile.story
    assert len(reader.history(case.ref)) == 1


def test_a_relatives_own_word_withdrawn_takes_their_name_down_in_the_same_save(desk: Desk) -> None:
    file = a_file(images=[], texts=texts("Her brother Polat speaks for her.", "ئوقۇتقۇچى"))
    file.citations = [row for row in file.citations if not row.fact.startswith("texts")]
    file.relatives[0].case_ref = ""
    case = desk.opens(file)
    own = consent(id="c0000002", basis="self", about="80000001", giver="Polat Sadirov", confirmed_by=desk.sana.id)
    desk.saves(case, by=desk.sana, consents=[*head(case).consents, own])
    desk.approves(case)
    desk.publishes(case)
    own.state = "withdrawn"
    desk.saves(case, consents=[head(case).consents[0], own])
    assert reader.state(case.ref) == "withdrawn"


def test_somebody_who_turns_out_to_be_under_18_comes_down_in_the_same_save(desk: Desk) -> None:
    case = desk.public()
    desk.saves(case, birth=day("2012"))
    assert reader.state(case.ref) == "withdrawn"


@both_databases
def test_a_consent_paused_for_duress_is_a_pause_that_two_put_back(desk: Desk) -> None:
    from campaign.publishing import holds, pausing

    case = desk.public()
    paused = consent(state="paused_duress_suspected", confirmed_by=desk.sana.id)
    desk.saves(case, consents=[paused])
    assert reader.state(case.ref) == "withdrawn"
    hold = holds.active(case.ref)[0]
    assert hold.is_duress
    assert pausing.pauses_today(desk.edo.id) == 0
    ended = consent(state="ended", confirmed_by=desk.sana.id)
    new = consent(id="c0000002", obtained_on=today(), outside_reach=True, confirmed_by=desk.sana.id)
    with pytest.raises(NotConfirmed, match="case is still paused"):
        desk.saves(case, by=desk.sana, consents=[ended, new])
    weighed = [desk.fresh(row) for row in head(case).risks]
    desk.saves(case, by=desk.sana, consents=[paused, new], risks=weighed)
    holds.ask_back(hold, by=desk.edo)
    holds.put_back(hold, by=desk.sana)
    desk.saves(case, by=desk.sana, consents=[ended, new])
    assert eligibility.question_of(context_of(case)).clearance.covers_a_profile
