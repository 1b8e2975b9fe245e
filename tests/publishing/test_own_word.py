"""After a release: the present place stays, and within 30 days the person is asked for their own word."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from campaign.cases.file import Citation, Episode, Source, Stay
from campaign.cases.models import Case
from campaign.cases.queries import Filter, worklist
from campaign.cases.revisions import head
from campaign.ledger.documents import encode
from campaign.publishing import decisions
from campaign.publishing.context import publication_of
from campaign.publishing.projection.profile import project
from tests.publishing.builders import a_file, a_meta, consent, day, event
from tests.publishing.desk import Desk

both_databases = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
MORNING = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
DUE = date(2026, 7, 1)


def freed() -> list[Episode]:
    out = event(id="e0000002", type="release", date=day("2026-05-20"))
    stays = [
        Stay(id="33000001", place="653121", facility="prison", start=day("2019"), end=day("2024")),
        Stay(id="33000002", place="653101", facility="home", start=day("2026-05"), how_known="where-she-is"),
    ]
    return [Episode(id="90000001", events=[event(), out], stays=stays, held_place="653121", end=day("2026-05-20"))]


def released(desk: Desk) -> Case:
    case = desk.opens()
    desk.saves(case, episodes=freed())
    return case


@both_databases
def test_who_is_free_is_asked_within_30_days_and_the_worklist_finds_it(desk: Desk) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        case, other = released(desk), desk.opens()
        assert (case.asks_by, other.asks_by) == (DUE, None)
        clock.move_to(MORNING + timedelta(days=3))
        desk.saves(case, employer="A school")
        assert case.asks_by == DUE
        assert [row.ref for row in worklist(desk.edo, Filter(due_by=DUE)).cases] == [case.ref]


@both_databases
def test_the_question_is_answered_by_their_own_word_or_by_a_note(desk: Desk) -> None:
    with time_machine.travel(MORNING, tick=False):
        asked, noted = released(desk), released(desk)
        own = consent(id="c0000002", basis="self", obtained_on=day("2026-05-30"), confirmed_by=None, state="refused")
        desk.saves(asked, consents=[*head(asked).consents, own])
        assert asked.asks_by is None
        with pytest.raises(decisions.NothingWasAsked):
            decisions.answer(noted, " ", by=desk.edo)
        decisions.answer(noted, "Reached through a cousin: not now.", by=desk.edo)
        assert noted.asks_by is None
        with pytest.raises(decisions.NothingWasAsked):
            decisions.answer(noted, "Again.", by=desk.edo)


def test_a_word_from_before_the_release_answers_nothing(desk: Desk) -> None:
    with time_machine.travel(MORNING, tick=False):
        case = released(desk)
        own = consent(id="c0000002", basis="self", obtained_on=day("2026-05-01"), confirmed_by=desk.sana.id)
        desk.saves(case, by=desk.sana, consents=[*head(case).consents, own])
        assert case.asks_by == DUE


def test_the_present_place_of_who_is_free_stays(desk: Desk) -> None:
    file = a_file(episodes=freed())
    body = encode(project(file, a_meta(file)).document).decode()
    assert '"held_at":null' in body
    assert "where-she-is" not in body
    assert "33000001" in body


@both_databases
def test_a_release_by_the_word_of_the_authorities_moves_no_status_and_asks_nobody(desk: Desk) -> None:
    case = desk.opens()
    before = case.status
    claim = [Source(id="50000003", type="official_statement"), *head(case).sources]
    cited = Citation(id="40000009", source_id="50000003", fact="episodes/90000001/events/e0000002")
    desk.saves(case, episodes=freed(), sources=claim, citations=[*head(case).citations, cited])
    assert (case.status, case.asks_by) == (before, None)
    document = publication_of(case).document
    assert document is not None
    assert document.status.code == before
