"""A ledger to search in: people in four scripts, from places of the region, indexed. `python -m bench.searched 20000`.

Each has a name of syllables put together by chance, nobody's, written in Arabic, Cyrillic and Chinese letters too, and
a story of common words: the worst a search meets is a word that everybody's story has.
"""

import random
from collections.abc import Iterator
from functools import cache
from sys import argv
from typing import Any

import msgspec
import umsc
from sqlalchemy.orm import Session

from app import create_app
from bench.filling import add_batches
from bench.people import profiles
from campaign.database import db
from campaign.ledger.documents import Name, Place, Profile
from campaign.ledger.models import INDEX
from campaign.ledger.parts import OutsideId
from campaign.ledger.search import entry_of
from campaign.places.current import gazetteer
from campaign.search.writing import write_new
from campaign.vocabulary.law import ACTIVITY
from campaign.vocabulary.status import STATUS

SYLLABLES = "阿艾巴白达迪尔格古哈吉卡克拉丽马米木娜尼努帕萨沙塔提图乌西娅伊依扎孜"
WORK = ("Teacher of history", "Farmer", "Tailor in the bazaar", "Poet and translator", "Trader in carpets", "Nurse")


def searched_people(count: int) -> Iterator[Profile]:
    """Yield people to search for, the same each time."""
    chance = random.Random(5)
    for number, person in enumerate(profiles(count), start=1):
        yield msgspec.structs.replace(person, **_told(person, number, chance))


def _told(person: Profile, number: int, chance: random.Random) -> dict[str, Any]:
    name = person.display_name
    chinese = "·".join("".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))) for _ in name.split()[:2])
    written = ((name, "Latn", "ug"), (_convert("UAS")(name), "Arab", "ug"), (_convert("UCS")(name), "Cyrl", "ug"),
               (chinese, "Hani", "zh"))  # fmt: skip
    episode = msgspec.structs.replace(person.episodes[-1], activities=[chance.choice(ACTIVITY.codes)])
    return {
        "names": [_name(text, script, language) for text, script, language in written],
        "status": msgspec.structs.replace(person.status, code=chance.choice(STATUS.codes)),
        "origin": _place(chance.choice(_counties())),
        "occupation": chance.choice(WORK),
        "episodes": [episode],
        "outside_ids": [OutsideId(scheme="sheet", value=f"BEN {number:05}")],
    }


@cache
def _convert(script: str) -> Any:
    return umsc.UgMultiScriptConverter("ULS", script)


def _name(text: str, script: str, language: str) -> Name:
    return Name(
        text=text, kind="full", script=script, language=language, is_preferred=script == "Latn", pronunciation=""
    )


@cache
def _counties() -> tuple[str, ...]:
    return tuple(place.code for place in gazetteer() if place.level == "county" and place.code.startswith("65"))


@cache
def _place(code: str) -> Place:
    within = [place.code for place in gazetteer().parents(code)]
    names = {language: gazetteer().name(code, language) for language in ("en", "ug", "zh")}
    return Place(code=code, names=names, within=within, precision="county", latitude=None, longitude=None, facility="")


def fill(total: int) -> None:
    """Publish and index `total` people in an empty ledger."""
    for numbered in add_batches(searched_people(total)):
        with Session(db.engine) as session, session.begin():
            write_new(INDEX, ((number, entry_of(person)) for number, person in numbered), session)


if __name__ == "__main__":
    with create_app().app_context():
        fill(int(argv[1]))
        db.engine.dispose()
