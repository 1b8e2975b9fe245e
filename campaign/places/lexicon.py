"""What words beside a place name tell: the kind of building, the unit, "unknown", "near", or that it is prose.

The words are data (data/words.tsv: phrase, sense, value), readable by somebody who knows the language.
"""

import csv
from functools import cache
from importlib import resources

import msgspec

from campaign.places.folding import fold


class Word(msgspec.Struct, frozen=True):
    """The sense of a phrase, and its value: a facility type of the vocabulary, or the kind of unit."""

    sense: str
    value: str = ""


@cache
def lexicon() -> dict[str, Word]:
    """Return every phrase, folded, with its sense."""
    sheet = (resources.files(__package__) / "data" / "words.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(sheet.splitlines(), delimiter="\t")
    return {fold(row["phrase"]): Word(row["sense"], row["value"] or "") for row in rows}


def facility_types() -> frozenset[str]:
    """Return the facility types that the words can name, by their codes in the vocabulary."""
    return frozenset(word.value for word in lexicon().values() if word.sense == "facility")
