"""Rules 3 and 4: independent sources, cited facts, the basis of a status, dates that can be."""

import datetime

import msgspec
import pytest

from campaign.cases.checks import check as problems
from campaign.cases.dates import doubts
from campaign.cases.file import (
    CaseFile,
    Charge,
    Citation,
    Episode,
    Sentence,
    Source,
    StateResponse,
    Stay,
    Violation,
    Whereabouts,
)
from campaign.clock import now
from campaign.publishing.consent.signatures import fingerprint
from campaign.publishing.gate.checklist import check, open_findings, stopping
from campaign.publishing.projection.independence import independent
from tests.publishing.builders import a_file, a_question, consent, day, decision, event

BASE = "episodes/90000001"
ARREST = f"{BASE}/events/e0000001"


def stops(file: CaseFile) -> list[int]:
    return [rule.number for rule in stopping(a_question(file))]


def said(file: CaseFile, number: int) -> str:
    return check(a_question(file))[number - 1].sentence


def count(*sources: Source, **changes: object) -> int:
    file = msgspec.structs.replace(CaseFile(sources=list(sources)), **changes)
    return len(independent(file, [source.id for source in sources]))


def source(number: int, **changes: object) -> Source:
    return msgspec.structs.replace(Source(id=f"5400000{number}"), **changes)


@pytest.mark.parametrize(
    ("one", "other", "are_independent"),
    [
        ({"publisher": "The Orchard Post"}, {"publisher": "Orchard Post"}, False),
        ({"author": "Rana Ali"}, {"author": "Ali Rana"}, False),
        ({"publisher": "Polat"}, {"author": "Polat"}, False),
        ({"publisher": "A"}, {"publisher": "B", "connection": "A"}, False),
        ({"url": "https://amp.x.example/1"}, {"url": "https://www.x.example/1"}, False),
        ({"publisher": "The Courier"}, {"publisher": "Radio Nine"}, True),
        ({"publisher": "The Courier"}, {"publisher": "the COURIER "}, False),
        ({"author": "R. Osman", "publisher": "A"}, {"author": "R Osman", "publisher": "B"}, False),
        ({"url": "https://www.news.example/1"}, {"url": "http://news.example/2?x"}, False),
        ({"url": "https://news.example/1"}, {"url": "https://web.archive.org/web/2020/https://news.example/9"}, False),
        ({"url": "https://news.example/1"}, {"url": "https://other.example/1"}, True),
        ({"author": "A", "connection": "her brother"}, {"author": "B", "connection": "Her brother"}, False),
        ({"type": "relative", "is_confidential": True}, {"type": "relative", "is_confidential": True}, False),
        ({"type": "relative", "is_confidential": True}, {"type": "testimony", "is_confidential": True}, False),
        ({"author": "A", "is_confidential": True}, {"author": "B", "is_confidential": True}, True),
        ({"type": "official_statement", "publisher": "A"}, {"type": "official_database", "publisher": "B"}, False),
        ({"type": "media", "publisher": "A"}, {"type": "official_statement", "publisher": "B"}, False),
        ({"publisher": "A"}, {"publisher": "B", "reliability": "doubtful"}, False),
        ({"publisher": "A", "reliability": "unreliable"}, {"publisher": "B"}, False),
    ],
)
def test_two_sources_are_one_where_anything_says_so(
    one: dict[str, object], other: dict[str, object], are_independent: bool
) -> None:
    assert count(source(1, **one), source(2, **other)) == (2 if are_independent else 1)
    assert count(source(2, **other), source(1, **one)) == (2 if are_independent else 1)


def test_an_officer_says_in_writing_why_two_unnamed_people_are_independent() -> None:
    pair = [source(n, type="relative", is_confidential=True) for n in (1, 2)]
    written = decision(kind="independent", about=[one.id for one in pair], stands_on=[fingerprint(one) for one in pair])
    written.second_by = written.second_on = None
    assert count(*pair, decisions=[written]) == 2
    pair[0].title = "Another one"
    assert count(*pair, decisions=[written]) == 1


@pytest.mark.parametrize("confidence", ["corroborated", "confirmed"])
def test_what_is_called_sure_cites_two_independent_sources(confidence: str) -> None:
    file = a_file()
    file.episodes[0].events[0].confidence = confidence
    assert stops(file) == [3]
    assert "two independent sources" in said(file, 3)
    file.sources.append(source(3, type="ngo_report", publisher="A Watch"))
    file.citations.append(Citation(source_id="54000003", fact=ARREST))
    assert stops(file) == []
    file.sources[-1].reliability = "doubtful"
    assert stops(file) == [3]


FACTS = {
    "violations": {"violations": [Violation(id="70000009", kind="torture_or_ill_treatment")]},
    "answers": {"state_responses": [StateResponse(id="51000001", form="denial", claim="There is no such person.")]},
    "health": {"health_line": "Needs care."},
    "whereabouts": {"whereabouts": Whereabouts(acknowledged="yes")},
    "appeal": {"sentence": Sentence(kind="term", years=5, appeal="Rejected in 2019 without a hearing.")},
}


@pytest.mark.parametrize("what", FACTS)
def test_violations_answers_health_whereabouts_and_appeals_are_cited_or_ours(what: str) -> None:
    changes, paths = FACTS[what], {"whereabouts": f"{BASE}/whereabouts", "appeal": f"{BASE}/sentence/appeal"}
    rows = {"violations": "violations/70000009", "answers": "state_responses/51000001", "health": "health_line"}
    path = (paths | rows)[what]
    if what in paths:
        episode = msgspec.structs.replace(a_file().episodes[0], **changes)
        changes = {"episodes": [episode]}
    kept = [row for row in a_file().citations if row.fact != "health_line"]
    kept += [Citation(source_id="50000001", fact=f"{BASE}/sentence/kind")] if what == "appeal" else []
    file = a_file(**changes, citations=kept)
    if what != "health":
        file.health_line = ""
    assert stops(file) == [3]
    ours = msgspec.structs.replace(file, our_view=[path])
    assert stops(ours) == []
    cited = msgspec.structs.replace(file, citations=[*kept, Citation(source_id="50000001", fact=path)])
    assert stops(cited) == []


def test_what_stays_behind_needs_no_source_yet() -> None:
    cited = [row for row in a_file().citations if row.fact not in {"health_line"}]
    told = consent(scopes=["store", "publish_name", "publish_story"])
    assert stops(a_file(citations=cited, consents=[told])) == []


def test_the_basis_of_a_status_is_a_kind_among_its_cited_sources() -> None:
    assert stops(a_file(status_basis="court_document")) == [4]
    assert stops(a_file(status_basis="family")) == []
    assert stops(a_file(status_basis="lawyer")) == []


def test_a_source_older_than_its_fact_is_settled_before_anything_leaves() -> None:
    file = a_file()
    file.sources[0].date = day("2017-05")
    assert [one.path for one in doubts(file)] == ["citations/40000001/source_id"]
    assert stops(file) == [3]
    found = open_findings(a_question(file))
    answer = decision(
        kind="answered", about=[one.word for one in found], stands_on=[one.mark for one in found], second_by=None
    )
    file.decisions = [answer]
    assert stops(file) == []
    file.sources[0].date = day("2016")
    assert stops(file) == [3]


UNDATED = ["status", "reason_stated", "legal_basis", "held_place", "whereabouts", "sentence", "charges/30000001"]


@pytest.mark.parametrize("what", UNDATED)
def test_a_source_older_than_the_detention_tells_nothing_of_it(what: str) -> None:
    file = a_file(sources=[*a_file().sources, source(9, publisher="The Courier", date=day("2016"))])
    episode = file.episodes[0]
    episode.reason_stated, episode.legal_basis = "Disturbing the peace", "other"
    episode.whereabouts, episode.sentence = Whereabouts(acknowledged="yes"), Sentence(kind="term", years=5)
    episode.charges = [Charge(id="30000001", text="Disturbing the peace")]
    file.citations = [
        Citation(id="40000099", source_id="54000009", fact="status" if what == "status" else f"{BASE}/{what}")
    ]
    assert [one.path for one in doubts(file)] == ["citations/40000099/source_id"]
    file.sources[-1].date = day("2018-06")
    assert list(doubts(file)) == []


@pytest.mark.parametrize(("again", "is_doubtful"), [("", True), ("2024-01", False)])
def test_a_stay_does_not_outlast_the_release(again: str, is_doubtful: bool) -> None:
    freed = [event(id="e0000002", type="release", date=day("2023-12"))]
    freed += [event(id="e0000003", type="re_arrest", date=day(again))] if again else []
    stay = Stay(id="s0000001", facility="prison", start=day("2018-05"), end=day("2024-07"))
    file = CaseFile(episodes=[Episode(id="90000001", start=day("2018-04"), events=[event(), *freed], stays=[stay])])
    assert [one.path for one in doubts(file)] == ([f"{BASE}/stays/s0000001/end"] if is_doubtful else [])


@pytest.mark.parametrize(
    ("sentence", "is_doubtful"),
    [
        (Sentence(kind="term", years=15, start=day("2018-10"), expected_end=day("2032-10")), True),
        (Sentence(kind="term", years=15, start=day("2018-10"), expected_end=day("2033-10")), False),
        (Sentence(kind="term", years=3, months=6, start=day("2018"), expected_end=day("2021")), False),
        (Sentence(kind="term", years=3, months=6, start=day("2018-01"), expected_end=day("2020-07")), True),
        (Sentence(kind="term", years=15, start=day("2018-10")), False),
        (Sentence(kind="administrative", days=15, start=day("2018-10-01"), expected_end=day("2018-10-16")), False),
    ],
)
def test_a_term_adds_up(sentence: Sentence, is_doubtful: bool) -> None:
    file = CaseFile(episodes=[Episode(id="90000001", sentence=sentence)])
    assert bool(list(doubts(file))) is is_doubtful


def tomorrow(days: int = 40) -> object:
    return day((now().date() + datetime.timedelta(days=days)).isoformat())


@pytest.mark.parametrize(
    "field", ["birth", "last_verified_on", "status_as_of", "age_reported_on", "start", "event", "sentence", "source"]
)
def test_no_day_that_is_still_to_come_is_told(field: str) -> None:
    file, later = a_file(), tomorrow()
    if field == "start":
        file.episodes[0].start = later
    elif field == "event":
        file.episodes[0].events[0].date = later
    elif field == "sentence":
        file.episodes[0].sentence = Sentence(kind="term", start=later, expected_end=tomorrow(4000))
    elif field == "source":
        file.sources[0].date = later
    else:
        setattr(file, field, later)
    assert any("not come yet" in one.sentence for one in problems(file))
    assert 3 in stops(file)


def test_what_lies_ahead_by_its_nature_may_be_said() -> None:
    file = a_file()
    file.next_review_on = tomorrow()
    file.episodes[0].sentence = Sentence(kind="term", years=9, start=day("2018-10"), expected_end=tomorrow(400))
    assert not [one for one in problems(file) if "not come yet" in one.sentence]


@pytest.mark.parametrize(
    ("path", "episode"),
    [
        ("events/e0000009/date", {"events": [event(), event(id="e0000009", type="release", date=day("2017"))]}),
        (
            "events/e0000009/date",
            {"end": day("2019"), "events": [event(), event(id="e0000009", type="hearing", date=day("2020"))]},
        ),
        ("last_contact", {"last_contact": day("1970")}),
    ],
)
def test_an_order_that_cannot_be_is_said_at_its_field(path: str, episode: dict[str, object]) -> None:
    file = a_file(episodes=[msgspec.structs.replace(a_file().episodes[0], **episode)])
    assert f"{BASE}/{path}" in [one.path for one in problems(file)]
    assert 3 in stops(file)
