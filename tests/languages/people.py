"""Invented people whose every free text is in Cyrillic: what is Latin on their pages, the page itself says."""

import datetime
from collections.abc import Iterator
from typing import Any

import msgspec

from campaign.ledger.documents import (
    Birth,
    Change,
    Charge,
    Death,
    Name,
    OutsideId,
    Place,
    Proceeding,
    Profile,
    Sentence,
    Status,
    Whereabouts,
)
from campaign.vocabulary.events import EPISODE_END, EVENT_TYPE, FACILITY_TYPE
from campaign.vocabulary.law import SENTENCE_KIND
from campaign.vocabulary.status import CONFIDENCE, STATUS, STATUS_BASIS
from tests.ledger.samples import a_place, a_profile, an_episode, made, when
from tests.public.filled import Filled
from tests.public.people import a_rich_person, a_source, a_text

WORDS = "Слова, которые прочли дважды"
VALLEY = {"en": "Долина", "zh": "琥珀谷"}
# What these people's pages show in Latin letters that no language translates.
DATA = (
    "English",
    "Esperanto",
    "Ghulja",
    "Xinjiang",
    "China",
    "Kept Names",
    "People detained, by name",
    "contact@example.org",
    "localhost",
    "https",
    "http",
    "SHA",
    "Atom",
)
YEAR = ("2019", (2019, 1, 1), (2019, 12, 31))
MONTH = ("2019-05", (2019, 5, 1), (2019, 5, 31))
DAY = ("2019-05-03", (2019, 5, 3), (2019, 5, 3))
VAGUE = ("2021-11~/2021-12~", (2021, 11, 1), (2021, 12, 31))


def everybody() -> Iterator[Profile]:
    """Yield one person with every field, one for each situation and kind of thing, and some of whom little is known."""
    yield Filled().document()
    yield named(
        "FXD-40719",
        a_rich_person(WORDS, with_picture=True, held_at=None, relatives=[], episodes=[], state_responses=[]),
    )
    for place, code in enumerate(STATUS.codes):
        yield in_situation(f"FXD-{40720 + place}", code, place)
    yield named("FXD-40790", a_profile())
    yield named("FXD-40791", a_profile(episodes=[], summary=[], origin=None, ethnicities=[], occupation=""))
    yield named("FXD-40792", a_profile(change=Change(kind="correction", note=WORDS), version=3))
    for place, confirmed in enumerate((True, False)):
        died = made(
            Death,
            date=when(*DAY),
            place=here(),
            cause_stated=WORDS,
            cause_alleged=WORDS,
            body_returned=confirmed,
            is_confirmed=confirmed,
        )
        yield named(f"FXD-{40793 + place}", a_profile(death=died, sources=[a_source(WORDS, type="other", language="")]))


def here(facility: str = "") -> Place:
    return a_place("654002", names=VALLEY, facility=facility, within=["654000", "65", "CN"])


def named(ref: str, person: Profile) -> Profile:
    """Return a person under a reference, with names and texts that hold no Latin letter."""
    names = [
        Name(
            text=f"Нурлан {ref[-2:]}", kind="full", script="Cyrl", language="kk", is_preferred=True, pronunciation="нур"
        ),
        Name(text="نۇرلان", kind="pen", script="Arab", language="ug", is_preferred=False, pronunciation=""),
        Name(text="努尔兰", kind="alias", script="Hani", language="zh", is_preferred=False, pronunciation=""),
    ]
    told: dict[str, Any] = {
        "names": names,
        "ethnicities": ["kazakh"],
        "episodes": [msgspec.structs.replace(one, reason_suspected=WORDS) for one in person.episodes],
        "summary": [a_text(1, WORDS)] if person.summary else [],
    }
    if person.origin:
        told |= {"origin": here(), "occupation": WORDS}
    if person.status.basis not in STATUS_BASIS:
        told["status"] = msgspec.structs.replace(person.status, basis="")
    return msgspec.structs.replace(person, ref=ref, slug=ref, display_name=names[0].text, **told)


def in_situation(ref: str, code: str, place: int) -> Profile:
    """Return a person in a situation, with the codes that stand at a place of the other vocabularies."""
    facility = pick(FACILITY_TYPE.codes, place)
    events = [
        msgspec.structs.replace(
            event,
            confidence="contested",
            type=pick(EVENT_TYPE.codes, place + offset * 23),
            account=WORDS if offset else "",
        )
        for offset, event in enumerate(a_rich_person(WORDS).episodes[0].events * 2)
    ]
    episode = an_episode(
        start=when(*(YEAR, MONTH, DAY, VAGUE)[place % 4]),
        end=when(*VAGUE) if place % 3 == 0 else None,
        end_reason=pick(("", *EPISODE_END.codes), place),
        events=events,
        last_contact=when(*MONTH) if place % 2 else None,
        last_contact_place=here(facility),
        reason_stated=WORDS if place % 2 else "",
        reason_suspected=WORDS if place % 5 else "",
        activities=["teaching", "journalism"] if place % 3 else [],
        charges=[a_charge(place)],
        proceedings=[a_proceeding(place)],
        sentence=a_sentence(place),
        whereabouts=Whereabouts(
            is_acknowledged=True, is_location_disclosed=False, has_family_contact=None, has_counsel_contact=True
        ),
    )
    return named(
        ref,
        a_profile(
            status=made(
                Status,
                code=code,
                as_of=when(*(VAGUE, DAY)[place % 2]),
                confidence=("confirmed", *CONFIDENCE.codes)[place % 2 and place % 7],
                basis=pick(STATUS_BASIS.codes, place),
                last_verified_on=datetime.date(2026, 5, 1) if place % 4 else None,
            ),
            birth=made(
                Birth,
                year_earliest=1970,
                year_latest=1970 + place % 3,
                age_earliest=40,
                age_latest=41 + place % 2,
                qualifiers=[[], ["about"], ["perhaps"], ["about", "perhaps"]][place % 4],
            ),
            held_at=here(facility),
            episodes=[episode] if place % 4 else [an_episode(reason_suspected=WORDS), episode],
            legal_basis="anti_state",
            gender=("female", "male", "not_stated")[place % 3],
            ethnicities=["uyghur", "kazakh"],
            tags=["academics", "women"],
            outside_ids=[OutsideId(scheme="sheet", value="12")],
        ),
    )


def pick(codes: tuple[str, ...], place: int) -> str:
    return codes[place % len(codes)]


def a_charge(place: int) -> Charge:
    return Charge(
        id="000000c1",
        law=WORDS,
        article=WORDS,
        text=WORDS if place % 2 else "",
        explanation=WORDS,
        date=when(*MONTH),
        stage="indicted",
    )


def a_proceeding(place: int) -> Proceeding:
    proceeding = Filled().value(Proceeding, "episodes.proceedings")
    assert isinstance(proceeding, Proceeding)
    is_open = (True, False, None)[place % 3]
    return msgspec.structs.replace(
        proceeding, court=WORDS if place % 2 else "", is_open=is_open, next_hearing=when(*DAY), counsel=WORDS
    )


def a_sentence(place: int) -> Sentence:
    return Sentence(
        kind=pick(SENTENCE_KIND.codes, place),
        years=place or None,
        months=place % 3 or None,
        days=1 if place % 4 == 0 else None,
        fine=WORDS,
        text=WORDS,
        start=when(*DAY),
        expected_end=when(*MONTH),
        appeal=WORDS,
    )
