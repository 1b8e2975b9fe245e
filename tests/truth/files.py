"""Random case files, sound and cited, of invented people: each number gives one, drawn anew in every part of it."""

import datetime
import random
from collections.abc import Sequence
from typing import Any, TypeVar

from campaign.cases.file import (
    CaseFile,
    Charge,
    Citation,
    Death,
    Episode,
    Event,
    Name,
    Sentence,
    Source,
    StateResponse,
    Stay,
    Whereabouts,
)
from campaign.publishing.projection.independence import independent
from campaign.vocabulary.protection import BASIS_BY_TYPE
from tests.publishing.builders import a_file, consent, day, risk

T = TypeVar("T")
PUBLISHERS = ["The Orchard Post", "Watch of the Orchards", "Radio Orchard", "The Walnut", "Апельсин", "果园报"]
PUBLIC = ["media", "ngo_report", "un_document", "social_media", "leaked_document"]
THEIRS = ["official_statement", "official_database"]
PLACES = ["653121", "6531", "6540", "653201", "654002", "650502", "", ""]
KINDS = ["prison", "internment_camp", "pretrial_centre", "hospital", "guarded_residence", "unknown", "labour_facility"]
MOVED_TO = ["prison", "internment_camp", "pretrial_centre", "psychiatric_institution", "hospital"]
TAKEN = ["arrest", "abduction", "arrest", "incommunicado"]
STEPS = [
    "transfer", "charge", "trial", "conviction", "acquittal", "sentence", "call_or_letter", "sighting", "no_news",
    "state_statement", "release", "re_arrest", "incommunicado", "un_action", "family_visit", "hunger_strike", "hearing",
    "indictment", "appeal", "reprisal_on_family",
]  # fmt: skip
REASONS = ["separatism", "No charge disclosed", '"theft"', 'Officials said "theft"', "«экстремизм»", "不详", "", ""]
SENTENCES = ["term", "term", "term", "life", "death", "death_with_reprieve", "suspended", "administrative", "unknown"]
LIKELY = ["confirmed", "corroborated", "single_source", "single_source", "single_source", "contested"]
SYLLABLES = {
    "Latn": ["Tur", "sun", "Gül", "nar", "Meh", "met", "Ra", "xi", "le", "Os", "man", "Ay", "bek", "Zhar", "qyn"],
    "Cyrl": ["Ай", "гуль", "Нур", "лан", "Ер", "бол", "Са", "ра", "Ма", "рат", "Дин", "ара"],
    "Arab": ["ئاي", "گۈل", "نۇر", "پو", "لات", "مە", "مەت", "تۇر", "سۇن"],
    "Hani": ["吐", "尔", "逊", "古", "丽", "娜", "王", "伟", "买", "提"],
}
SCOPES = ["store", "publish_name"]


def month(number: int) -> str:
    """Return the month that lies so many months after December 2013."""
    return f"{2014 + number // 12}-{number % 12 + 1:02}"


class Draw(random.Random):
    """A source of chance with the few questions that a file asks of it."""

    def one(self, choices: Sequence[T]) -> T:
        """Return one of some."""
        return self.choice(choices)

    def says(self, chance: float) -> bool:
        """Return True in so many of all cases."""
        return self.random() < chance

    def some(self, choices: Sequence[T], least: int, most: int) -> list[T]:
        """Return a few different ones."""
        return self.sample(choices, self.randint(least, min(most, len(choices))))


def drawn(number: int) -> tuple[CaseFile, datetime.date]:
    """Return the case file of a number, whose facts are all cited, and the day on which its page is read."""
    draw = Draw(number)
    sources = _sources(draw)
    at = draw.randint(0, 70)
    episodes, last = [], at
    for n in range(2 if draw.says(0.2) else 1):
        episode, last = _episode(draw, n, last)
        episodes.append(episode)
    for earlier in episodes[:-1]:
        earlier.end, earlier.end_reason = day(_later(earlier)), draw.one(["released", "released", "term_served"])
    birth = _birth(draw)
    file = a_file(
        names=_names(draw),
        gender=draw.one(["female", "male", "not_stated"]),
        birth=day(birth),
        origin_place=draw.one(PLACES),
        occupation=draw.one(["Baker", "Teacher of music", "", "Driver"]),
        episodes=episodes,
        status_as_of=day(month(last + draw.one([0, 1, 1, 9]))),
        status_confidence="unknown",
        last_verified_on=day(f"{month(last + draw.randint(-20, 40))}-15") if draw.says(0.7) else day("2013-12-31"),
        last_verified_means=draw.one(["", "family", "press", "named_list"]),
        last_verified_list="List of the orchards",
        state_responses=_answers(draw, last),
        death=_death(draw, last + 3, sources),
        sources=sources,
        consents=[consent(obtained_on=day("2013-01-10"), confirmed_on=day("2013-01-11"), scopes=SCOPES)],
        risks=[risk(assessed_on=day("2013-01-11"), review_by=day("2045-12-31"))],
        relatives=[], testimonies=[], images=[], texts=[], violations=[], health_line="",
    )  # fmt: skip
    file.citations = _cited(draw, file)
    _say_how_sure(draw, file)
    first, end = datetime.date(2019, 1, 1), datetime.date(2034, 12, 31)
    newest = max(first, datetime.date(2014 + (last + 60) // 12, 1, 1)) if draw.says(0.8) else first
    return file, datetime.date.fromordinal(draw.randint(min(newest, end).toordinal(), end.toordinal()))


def _names(draw: Draw) -> list[Name]:
    script = draw.one(list(SYLLABLES))
    between = "" if script == "Hani" else " "
    words = ["".join(draw.some(SYLLABLES[script], 2, 3)).capitalize() for _ in range(draw.randint(1, 2))]
    rows = [Name(id="a0000001", text=between.join(words), script=script, is_preferred=True)]
    if draw.says(0.3):
        rows.append(Name(id="a0000002", kind="alias", text="".join(draw.some(SYLLABLES["Latn"], 2, 2)), script="Latn"))
    return rows


def _sources(draw: Draw) -> list[Source]:
    rows = [
        Source(id="50000001", type="media", title="Taken", publisher="The Orchard Post", url="https://post.example/1"),
        Source(id="50000003", type="relative", author="Polat Sadirov", is_confidential=True),
        Source(id="50000004", type=draw.one(THEIRS), title="A notice", publisher="The county"),
    ]
    for n in range(draw.randint(1, 3)):
        kind = draw.one([*PUBLIC, "court_document"])
        reliability = draw.one(["", "", "reliable", "doubtful"])
        rows.append(
            Source(id=f"5000001{n}", type=kind, title=f"Paper {n}", publisher=draw.one(PUBLISHERS),
                   reliability=reliability or "not_known")
        )  # fmt: skip
    return rows


def _birth(draw: Draw) -> str:
    year = draw.randint(1935, 1994)
    forms = ["{0}-04-12", "{0}~", "{0}?", "{0}/{1}", "{0}-05%", "../{0}", "{0}-11", "{0}", "{0}", "{0}-21"]
    return draw.one(forms).format(year, year + draw.randint(1, 3))


def _episode(draw: Draw, n: int, at: int) -> tuple[Episode, int]:
    """Return an episode that begins some months after the one before it, and the month of its last event."""
    at += draw.randint(4, 20) if n else 0
    events = [_event(draw, draw.one(TAKEN), at, f"e{n}000000")] if draw.says(0.85) else []
    start = draw.one([month(at), month(at)[:4] + "~" if not n else month(at), month(at) + "?", f"{month(at)}-05"])
    last = at
    for kind in draw.some(STEPS, 0, 6):
        last += draw.randint(2, 24)
        events.append(_event(draw, kind, last, f"e{n}00000{len(events)}"))
    passed = any(event.type == "sentence" for event in events) or draw.says(0.15)
    if passed and not any(event.type in {"sentence", "conviction"} for event in events) and draw.says(0.5):
        passed = False
    episode = Episode(
        id=f"9000000{n + 1}",
        start=day(start),
        events=events,
        sentence=_sentence(draw, at) if passed else Sentence(),
        last_contact=day(month(at + draw.randint(0, 3))) if draw.says(0.6) else day(month(at)),
        stays=_stays(draw, at, last, n),
        held_place=draw.one(PLACES),
        held_facility_types=draw.some(KINDS, 0, 2),
        reason_stated=draw.one(REASONS),
        reason_is_verbatim=draw.says(0.5),
        legal_basis=draw.one(["", "terrorism_or_extremism", "anti_state"]),
        charges=[Charge(id=f"3000000{n}", text="Disturbing the order of the orchard")] if draw.says(0.4) else [],
        whereabouts=Whereabouts(acknowledged=draw.one(["", "yes", "no"])),
    )
    return episode, last


def _later(episode: Episode) -> str:
    """Return the month after the last that an episode tells of."""
    dates = [event.date.edtf for event in episode.events] + [stay.end.edtf for stay in episode.stays]
    newest = max([*dates, episode.last_contact.edtf, episode.start.edtf.strip("?~")])
    year, number = int(newest[:4]), int(newest[5:7] or 12)
    return month((year - 2014) * 12 + number)


def _event(draw: Draw, kind: str, at: int, row_id: str) -> Event:
    facility = draw.one(MOVED_TO) if kind == "transfer" else ""
    date = draw.one([month(at), month(at), f"{month(at)}-{draw.randint(1, 28):02}"])
    return Event(id=row_id, type=kind, date=day(date), place=draw.one(PLACES), facility=facility)


def _sentence(draw: Draw, at: int) -> Sentence:
    kind = draw.one(SENTENCES)
    lengths: dict[str, Any] = {}
    if kind not in {"life", "death", "unknown"} and draw.says(0.8):
        lengths = {"years": draw.one([None, 1, 2, 3, 5, 7, 10, 15, 20]), "months": draw.one([None, None, 1, 6, 11])}
    start = draw.one(["", month(at), month(at)[:4], month(at)[:4] + "~", f"{month(at)}-10"])
    length = (lengths.get("years") or 0) * 12 + (lengths.get("months") or 0)
    # A stated end that the length does not lead to would wait for the reviewer.
    end = draw.one(["", month(at + length)]) if length and start.startswith(month(at)) else ""
    text = draw.one(["", "", "Guilty as charged"])
    return Sentence(kind=kind, start=day(start) if start else Sentence().start,
                    expected_end=day(end) if end else Sentence().expected_end, text=text, **lengths)  # fmt: skip


def _stays(draw: Draw, first: int, last: int, n: int) -> list[Stay]:
    rows = draw.randint(0, 2) if last > first else 0
    found, at = [], first
    for number in range(rows):
        until = draw.randint(at, last)
        found.append(
            Stay(id=f"s{n}00000{number}", facility=draw.one(KINDS), start=day(month(at)), end=day(month(until)))
        )
        at = until
    return found


def _answers(draw: Draw, last: int) -> list[StateResponse]:
    if draw.says(0.75):
        return []
    form, is_verbatim = draw.one(["released_claim", "held_claim", "denial"]), draw.says(0.5)
    claim = draw.one(["It was all in order", "Nothing is known"])
    return [StateResponse(id="20000009", form=form, claim=claim, is_verbatim=is_verbatim, date=day(month(last + 40)))]


def _death(draw: Draw, at: int, sources: list[Source]) -> Death:
    if draw.says(0.85):
        return Death()
    named = [source.id for source in draw.some([row for row in sources if not row.is_confidential], 1, 2)]
    return Death(is_reported=True, date=day(month(at)), next_of_kin_know=True, independent_sources=named)


def _cited(draw: Draw, file: CaseFile) -> list[Citation]:
    facts = ["status", *(["death"] if file.death.is_reported else [])]
    facts += [f"state_responses/{row.id}" for row in file.state_responses]
    for episode in file.episodes:
        base = f"episodes/{episode.id}"
        facts += [base, f"{base}/whereabouts"] if episode.whereabouts.acknowledged else [base]
        facts += [f"{base}/sentence"] if episode.sentence.kind else []
        facts += [f"{base}/reason_stated"] if episode.reason_stated else []
        facts += [f"{base}/end", f"{base}/end_reason"] if episode.end_reason else []
        facts += [f"{base}/{kind}/{row.id}" for kind in ("events", "charges") for row in getattr(episode, kind)]
    ids, cited = [source.id for source in file.sources], list[Citation]()
    others = [source.id for source in file.sources if source.type not in {*THEIRS, "court_document"}]
    for fact in facts:
        some = draw.some(others if "/end" in fact else ids, 1, 3)
        if fact == "death":
            some = [*file.death.independent_sources]
        cited += [Citation(id=f"4{len(cited) + n:07}", source_id=one, fact=fact) for n, one in enumerate(some)]
    return cited


def _say_how_sure(draw: Draw, file: CaseFile) -> None:
    """Say of each event and of the situation no more than what is cited for it can bear, and on what it rests."""
    cited = {row.fact: {one.source_id for one in file.citations if one.fact == row.fact} for row in file.citations}
    for episode in file.episodes:
        for event in episode.events:
            sure = len(independent(file, cited[f"episodes/{episode.id}/events/{event.id}"])) > 1
            event.confidence = draw.one(LIKELY if sure else LIKELY[2:])
    types = {source.type for source in file.sources if source.id in cited["status"]}
    types |= {source.type for source in file.sources if source.id in cited[f"episodes/{file.episodes[-1].id}"]}
    file.status_basis = draw.one(sorted({BASIS_BY_TYPE[kind] for kind in types}))
