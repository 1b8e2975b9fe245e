"""Invented people to measure with: published documents, and a sheet. Names are syllables put together by chance."""

import csv
import datetime
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_origin

import msgspec

from bench.invented import invented_names
from campaign.ledger.documents import Birth, Change, Episode, Event, Name, Place, Profile, Source, Status, Text, When

STATUSES = ("disappeared", "camp", "awaiting_trial", "prison", "released")
WORK = ("teacher", "farmer", "tailor", "poet", "merchant", "nurse")
MORNING = datetime.datetime(2026, 5, 4, 10, 20, 30, tzinfo=datetime.UTC)
ENGLISH = "Neighbours of the orchard street remember lessons, long winters and a door that was always open. "
UYGHUR = "ئۇ كىشى كەنتتە بالىلارغا دەرس بېرەتتى، كېيىن ئۇنىڭدىن خەۋەر كەلمىدى. "  # invented, of nobody
CHINESE = "邻居们说他在果园旁边教书，后来就没有消息了。"
HEADERS = (
    "case_id", "name_latin", "name_chinese", "profession", "date_of_birth", "ethnicity", "home_town",
    "arrest_reason_official", "arrest_reason_suspected", "arrest_last_contact_date", "held_location",
    "gender", "date_of_arrest", "status", "sentence", "prison", "children", "source", "url", "notes",
)  # fmt: skip


def _nothing_known(kind: Any) -> Any:
    """Return what a projection writes in a field of which it knows nothing."""
    return [] if get_origin(kind) is list else "" if kind is str else None


# Of every field of a profile: one that is added tomorrow needs no line here.
NOBODY = Profile(**{field.name: _nothing_known(field.type) for field in msgspec.structs.fields(Profile)})


def profiles(count: int, *, seed: int = 1) -> Iterator[Profile]:
    """Yield documents of about 4 KB, each of another person, in three scripts; the same for the same seed."""
    chance = random.Random(seed)
    for number, name in enumerate(invented_names(count, seed=seed), start=1):
        yield _profile(number, name, chance)


def _when(year: int, month: int) -> When:
    return When(
        edtf=f"{year}-{month:02}",
        earliest=datetime.date(year, month, 1),
        latest=datetime.date(year, month, 28),
    )


def _place(number: int) -> Place:
    return Place(
        code=f"XX-{number:02}",
        names={"en": f"Orchard County {number}", "zh": "果园县", "ug": "باغ ناھىيەسى"},
        within=["XX"],
        precision="county",
        latitude=40.0 + number / 10,
        longitude=80.0,
        facility="",
    )


def _texts(chance: random.Random) -> list[Text]:
    said = (("en", ENGLISH), ("ug", UYGHUR), ("zh", CHINESE))
    return [
        Text(id=f"0000000{at}", language=code, text=words * chance.randint(3, 9), by="", translation_state="original")
        for at, (code, words) in enumerate(said)
    ]


def _events(chance: random.Random, place: Place) -> list[Event]:
    return [
        Event(
            id=f"000000e{at}", type="arrest", date=_when(2016 + at, chance.randint(1, 12)), place=place,
            authority="Public security bureau", account=ENGLISH, confidence="single_source",
        )
        for at in range(3)
    ]  # fmt: skip


def _episode(chance: random.Random, place: Place) -> Episode:
    return Episode(
        id="000000a1", start=_when(2016, chance.randint(1, 12)), end=None, end_reason="",
        events=_events(chance, place), stays=[], last_contact=None, last_contact_place=place, reason_stated="",
        reason_is_verbatim=False, reason_suspected="Taught children", activities=["teaching"], charges=[],
        proceedings=[], sentence=None, whereabouts=None,
    )  # fmt: skip


def _sources() -> list[Source]:
    return [
        Source(
            number=number, type="news", title=f"The orchard papers, part {number}", author="", publisher="A paper",
            date=_when(2020, number), url=f"https://example.org/papers/{number}", archive_url="",
            retrieved_on=datetime.date(2024, 1, number), language="en", reliability="usually", sha256="",
            public_line="",
        )
        for number in (1, 2)
    ]  # fmt: skip


def _born(year: int) -> Birth:
    return Birth(year_earliest=year, year_latest=year, age_earliest=2016 - year, age_latest=2017 - year, qualifiers=[])


def _profile(number: int, name: str, chance: random.Random) -> Profile:
    ref, place, born = f"BEN-{number:06}", _place(chance.randint(1, 80)), chance.randint(1940, 1999)
    names = [
        Name(text=name, kind="full", script="Latn", language="", is_preferred=True, pronunciation=""),
        Name(text="باغۋەن ئۈلگە", kind="full", script="Arab", language="ug", is_preferred=False, pronunciation=""),
        Name(text="果园之人", kind="full", script="Hani", language="zh", is_preferred=False, pronunciation=""),
    ]
    status = Status(
        code=chance.choice(STATUSES), as_of=_when(2021, 1), confidence="single_source", basis="relative",
        last_verified_on=datetime.date(2026, 5, 1), last_verified_means="press", last_verified_list="",
        kinds_of_place=[], last_news=_when(2021, 1), release_known=False, sentence="",
    )  # fmt: skip
    return msgspec.structs.replace(
        NOBODY,
        ref=ref, version=1, slug=f"{ref}-{name.lower().replace(' ', '-')}", display_name=name, names=names,
        gender="not_stated", birth=_born(born), origin=place,
        ethnicities=[chance.choice(("Uyghur", "Kazakh", "Kyrgyz"))], occupation=chance.choice(WORK),
        occupation_group="education", status=status, episodes=[_episode(chance, place)], legal_basis="none_known",
        summary=_texts(chance)[:1], story=_texts(chance), sources=_sources(), our_view=["status"],
        salt=f"{chance.getrandbits(128):032x}", first_published_at=MORNING, published_at=MORNING,
        change=Change(kind="first", note=""),
    )  # fmt: skip


def write_sheet(path: Path, rows: int, *, seed: int = 1) -> None:
    """Write a CSV as campaigns keep them: one person a row, dates in words, gaps where nobody knows."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for number, name in enumerate(invented_names(rows, seed=seed), start=1):
            month, year = chance.choice(("March", "May", "July")), chance.randint(2016, 2019)
            writer.writerow(
                (
                    f"BEN{number:06}", name, chance.choice(("果园之人", "")), chance.choice(WORK).title(),
                    f"{chance.randint(1, 28)} April {chance.randint(1940, 1999)}",
                    chance.choice(("Uyghur", "Kazakh")), chance.choice(("Kashgar", "Turpan", "Unknown")), "Unknown",
                    "Religious practices", f"{month} {year}", chance.choice(("Prison", "Internment camp", "Unknown")),
                    chance.choice(("male", "female", "")), f"{month} {year - 1}",
                    chance.choice(("Detained", "Imprisoned", "")), chance.choice(("7 years", "12 years", "")),
                    chance.choice(("Orchard Prison", "")), chance.choice(("2", "3", "")),
                    f"The orchard papers, part {number}", f"https://example.org/papers/{number}",
                    chance.choice(("Taught children in the orchard street.", "")),
                )
            )  # fmt: skip
