"""What forty invented people, and those of the campaign's sheet where it is there, must be found by.

For whoever searches: the site, the JSON, the desk. Each asking says whom it must find; the key is theirs in the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from campaign.demo.reading import Person, people
from campaign.names.scripts import script_of
from campaign.places.current import gazetteer

COUNT = 40
SCHEME = "sheet"


@dataclass(frozen=True)
class Asking:
    """A question, what it is ("name", "letter", "place", "number"), and the key of the person it must find."""

    key: str
    what: str
    query: str


@dataclass(frozen=True)
class Invented:
    """One invented person: names with script and language, the code of the place of origin, their work."""

    key: str
    names: tuple[tuple[str, str, str], ...]
    origin: str
    work: str

    @property
    def latin(self) -> str:
        """The Latin name, or the first where there is none."""
        return next((text for text, script, _ in self.names if script == "Latn"), self.names[0][0])


def invented() -> list[Invented]:
    """Return the forty, the same each time."""
    return [_invented(person) for person in people()[:COUNT]]


def _invented(person: Person) -> Invented:
    file = person.file
    names = tuple((name.text, name.script, name.language) for name in file.names)
    return Invented(person.key, names, file.origin_place, file.occupation)


def askings(person: Invented) -> Iterator[Asking]:
    """Yield all that one person must be found by: each name, one wrong letter, the place in each script, the number."""
    for text, _, _ in person.names:
        yield Asking(person.key, "name", text)
    if script_of(person.latin) == "Latn":
        yield Asking(person.key, "letter", one_letter_off(person.latin))
    for name in place_names(person.origin):
        yield Asking(person.key, "place", name)
    yield Asking(person.key, "number", person.key)


def place_names(code: str) -> list[str]:
    """Return a place's name in each script that the gazetteer has."""
    if code not in gazetteer():
        return []
    place = gazetteer().by_code(code)
    return [names[0] for names in (place.latin, place.uyghur, place.chinese, place.cyrillic) if names]


def one_letter_off(name: str) -> str:
    """Return a name with one wrong letter in the middle of its longest word: a vowel for a vowel, or n for m."""
    longest = max(name.split(), key=len)
    at = len(longest) // 2
    wrong = {"a": "e", "e": "a", "i": "u", "o": "u", "u": "o", "n": "m", "r": "l"}.get(longest[at].lower(), "n")
    return name.replace(longest, longest[:at] + wrong + longest[at + 1 :], 1)
