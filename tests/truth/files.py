"""Random case files, sound and cited, of invented people: strategies of hypothesis."""

import datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from campaign.cases.file import (
    CaseFile,
    Charge,
    Citation,
    Death,
    Episode,
    Event,
    Sentence,
    Source,
    StateResponse,
    Stay,
    Whereabouts,
)
from tests.publishing.builders import a_file, consent, day, risk

SOURCES = [
    Source(id="50000001", type="media", title="Taken", publisher="The Orchard Post", url="https://post.example/1"),
    Source(id="50000002", type="ngo_report", title="A report", publisher="Watch of the Orchards"),
    Source(id="50000003", type="relative", author="Polat Sadirov", is_confidential=True),
    Source(id="50000004", type="official_statement", title="A notice", publisher="The county"),
    Source(id="50000005", type="media", title="Again", publisher="The Orchard Post", url="https://post.example/2"),
    Source(id="50000006", type="court_document", title="A judgment", reliability="doubtful"),
]
IDS = [source.id for source in SOURCES]
BIRTHS = ["1974-04-12", "1954~", "1960?", "1971/1973", "1965-05%", "../1969", "1980/..", "1958-11", ""]
PLACES = ["653121", "6531", "6540", ""]
KINDS = ["prison", "internment_camp", "pretrial_centre", "hospital", "guarded_residence", "unknown"]
MOVED_TO = ["prison", "internment_camp", "pretrial_centre", "psychiatric_institution", "hospital"]
STEPS = [
    "transfer", "charge", "trial", "conviction", "acquittal", "sentence", "call_or_letter", "sighting", "no_news",
    "state_statement", "release", "re_arrest", "incommunicado", "un_action",
]  # fmt: skip
REASONS = ["separatism", "No charge disclosed", '"theft"', 'Officials said "theft"', "«экстремизм»", "不详", ""]
SENTENCES = ["term", "term", "life", "death", "death_with_reprieve", "suspended", "administrative", "unknown"]
CONFIDENCES = ["confirmed", "corroborated", "single_source", "contested"]


def month(number: int) -> str:
    """Return the month that lies so many months after December 2013."""
    return f"{2014 + number // 12}-{number % 12 + 1:02}"


@st.composite
def files(draw: DrawFn) -> CaseFile:
    """Return a case file whose facts are all cited; its dates lie apart, so that their order is certain."""
    at = draw(st.integers(0, 60))
    events: list[Event] = []
    if draw(st.integers(0, 9)):
        events.append(_event(draw, "arrest", at))
    is_started = draw(st.booleans()) or not events
    start = draw(st.sampled_from([month(at), month(at)[:4] + "~", month(at) + "?"])) if is_started else ""
    last = at
    for kind in draw(st.lists(st.sampled_from(STEPS), max_size=6)):
        last += draw(st.integers(2, 30))
        events.append(_event(draw, kind, last, number=len(events)))
    passed = any(event.type == "sentence" for event in events) or not draw(st.integers(0, 9))
    episode = Episode(
        id="90000001",
        start=day(start) if start else day(month(at)),
        events=events,
        sentence=_sentence(draw, at) if passed else Sentence(),
        last_contact=day(month(at + draw(st.integers(0, 3)))),
        stays=_stays(draw, at, last),
        held_place=draw(st.sampled_from(PLACES)),
        held_facility_types=draw(st.lists(st.sampled_from(KINDS), unique=True, max_size=2)),
        reason_stated=draw(st.sampled_from(REASONS)),
        reason_is_verbatim=draw(st.booleans()),
        legal_basis=draw(st.sampled_from(["", "terrorism_or_extremism", "anti_state"])),
        charges=[Charge(id="30000001", text="Disturbing the order of the orchard")] if draw(st.booleans()) else [],
        whereabouts=Whereabouts(acknowledged=draw(st.sampled_from(["", "yes", "no"]))),
    )
    file = a_file(
        birth=day(birth) if (birth := draw(st.sampled_from(BIRTHS))) else day("1974-04-12"),
        episodes=[episode],
        status_as_of=day(month(last + 1)) if draw(st.booleans()) else day(month(last)),
        status_confidence=draw(st.sampled_from(["unknown", *CONFIDENCES])),
        last_verified_on=day(f"{month(last + draw(st.integers(-20, 40)))}-15"),
        last_verified_means=draw(st.sampled_from(["", "family", "press", "named_list"])),
        last_verified_list="List of the orchards",
        state_responses=_answers(draw, last),
        death=_death(draw, last + 3),
        sources=SOURCES,
        consents=[consent(obtained_on=day("2013-01-10"), confirmed_on=day("2013-01-11"), scopes=SCOPES)],
        risks=[risk(assessed_on=day("2013-01-11"), review_by=day("2040-12-31"))],
        relatives=[],
        testimonies=[],
        images=[],
        texts=[],
        violations=[],
        health_line="",
    )
    file.citations = _cited(draw, file)
    return file


SCOPES = ["store", "publish_name"]


def _event(draw: DrawFn, kind: str, at: int, number: int = 0) -> Event:
    facility = draw(st.sampled_from(MOVED_TO)) if kind == "transfer" else ""
    confidence = draw(st.sampled_from(CONFIDENCES))
    place = draw(st.sampled_from(PLACES))
    return Event(
        id=f"e000000{number}", type=kind, date=day(month(at)), place=place, facility=facility, confidence=confidence
    )


def _sentence(draw: DrawFn, at: int) -> Sentence:
    lengths: dict[str, Any] = {
        "years": draw(st.none() | st.integers(1, 20)),
        "months": draw(st.none() | st.integers(1, 11)),
    }
    start = draw(st.sampled_from(["", month(at), month(at)[:4], month(at)[:4] + "~", f"{month(at)}-10"]))
    end = draw(st.sampled_from(["", "", month(at + 48), "2030", "2019~"]))
    # A stated end before the beginning would be refused.
    end = "" if end == "2019~" and at > 50 else end
    return Sentence(
        kind=draw(st.sampled_from(SENTENCES)),
        **lengths,
        start=day(start) if start else Sentence().start,
        expected_end=day(end) if end else Sentence().expected_end,
        text=draw(st.sampled_from(["", "Guilty as charged"])),
    )


def _stays(draw: DrawFn, first: int, last: int) -> list[Stay]:
    if draw(st.booleans()):
        return []
    return [Stay(id="s0000001", facility=draw(st.sampled_from(KINDS)), start=day(month(first)), end=day(month(last)))]


def _answers(draw: DrawFn, last: int) -> list[StateResponse]:
    if draw(st.integers(0, 3)):
        return []
    form, is_verbatim = draw(st.sampled_from(["released_claim", "held_claim"])), draw(st.booleans())
    claim = "It was all in order"
    return [StateResponse(id="20000009", form=form, claim=claim, is_verbatim=is_verbatim, date=day(month(last + 40)))]


def _death(draw: DrawFn, at: int) -> Death:
    if draw(st.integers(0, 5)):
        return Death()
    named = draw(st.sampled_from([["50000001", "50000002"], ["50000001", "50000005"], ["50000001"]]))
    return Death(is_reported=True, date=day(month(at)), next_of_kin_know=True, independent_sources=named)


def _cited(draw: DrawFn, file: CaseFile) -> list[Citation]:
    base = f"episodes/{file.episodes[0].id}"
    facts = [base, f"{base}/sentence", "status", f"{base}/reason_stated", "death", f"{base}/charges/30000001"]
    facts += [f"{base}/events/{event.id}" for event in file.episodes[0].events]
    cited = []
    for fact in facts:
        some = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True))
        cited += [Citation(id=f"4{len(cited) + n:07}", source_id=one, fact=fact) for n, one in enumerate(some)]
    return [row for row in cited if _is_there(file, row.fact, base)]


def _is_there(file: CaseFile, fact: str, base: str) -> bool:
    episode = file.episodes[0]
    missing = {
        f"{base}/sentence": not episode.sentence.kind,
        f"{base}/reason_stated": not episode.reason_stated,
        "death": not file.death.is_reported,
        f"{base}/charges/30000001": not episode.charges,
    }
    return not missing.get(fact, False)


DAYS = st.dates(datetime.date(2019, 1, 1), datetime.date(2034, 12, 31))
