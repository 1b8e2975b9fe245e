"""What stands beside the cells of a row, comments and links, and words by which somebody asks that nothing is public.

They come as cells of their own, under the header of theirs. Comments are kept as notes at their case. A sign of a
refusal, there or in a column of notes, is told as such: the row is not given the consent that the map states for the
whole sheet, and a person looks at it.
"""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from campaign.imports.draft import Draft
from campaign.imports.facts.words import comparable, meaning, phrases
from campaign.sheets import CellNote
from campaign.text import folded_words

COMMENT, LINK = " (cell comment)", " (cell link)"
AS_CELLS = {"comment": COMMENT, "link": LINK}
OF_SOURCES = frozenset({"source_title", "source_url"})
NOT_SO = frozenset({"no", "not_asked"})  # below "Do not publish", a no refuses nothing
REFUSAL = "This seems to ask that something is not published. Look at it before anything of this person leaves."


def with_beside(cells: Mapping[str, str], beside: Iterable[CellNote]) -> dict[str, str]:
    """Return the cells of a row and, as cells of their own, the comments and the links that stand beside them."""
    found = dict(cells)
    for one in beside:
        suffix = AS_CELLS.get(one.kind)
        if suffix and one.column in cells and one.words.strip() not in {"", cells[one.column].strip()}:
            found[one.column + suffix] = one.words
    return found


def target_of(header: str, meant: str, columns: Mapping[str, str]) -> str:
    """Return what a cell means: what the map says; the link of a source is an address."""
    is_link = header.endswith(LINK) and columns.get(header.removesuffix(LINK)) in OF_SOURCES
    return "source_url" if is_link else meant


def note(draft: Draft, column: str, value: str) -> None:
    """Keep a note, a comment or a link; words that ask for silence are told as that."""
    draft.keep(column, value)
    if asks_for_silence(value) or (_is_about_silence(column) and meaning("consent", value) not in NOT_SO):
        draft.own.withholds.add("consent")
        draft.warn(column, value, REFUSAL)
    elif column.endswith(COMMENT):
        draft.warn(column.removesuffix(COMMENT), value, "A comment stands beside this cell. It is kept as a note.")
    elif column.endswith(LINK):
        draft.warn(column.removesuffix(LINK), value, "An address stands behind this cell. It is kept as a note.")


def asks_for_silence(words: str) -> bool:
    """Whether words hold a phrase of the table of refusals, in any of its languages."""
    refusals, said = _refusals(), folded_words(words).split()
    runs = (
        " ".join(said[start : start + length]) for length in refusals.lengths for start in range(len(said) - length + 1)
    )
    if any(run in refusals.spaced for run in runs):
        return True
    joined = comparable(words)
    return any(bare in joined for bare in refusals.unspaced)


@lru_cache(maxsize=256)
def _is_about_silence(column: str) -> bool:
    """Whether a column is headed so: asked again in each row."""
    return asks_for_silence(column)


class _Refusals(NamedTuple):
    """The phrases in scripts that part words, of how many words they are, and those in scripts that do not."""

    spaced: frozenset[str]
    lengths: tuple[int, ...]
    unspaced: tuple[str, ...]


@cache
def _refusals() -> _Refusals:
    all_of_them = [phrase for phrase, _ in phrases("refusals")]
    unspaced = [phrase for phrase in all_of_them if any("\u2e80" <= sign <= "\u9fff" for sign in phrase)]
    spaced = frozenset(folded_words(phrase) for phrase in all_of_them if phrase not in unspaced)
    lengths = tuple(sorted({len(phrase.split()) for phrase in spaced}))
    return _Refusals(spaced, lengths, tuple(comparable(phrase) for phrase in unspaced))
