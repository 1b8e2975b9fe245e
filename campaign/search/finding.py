"""A question answered: by number, by name in any spelling, by words, and by names and words together.

Every word of a question must be met, each by a name, a place, work, a number or a text; or the whole is near a name.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sqlalchemy.orm import Session

from campaign.names import NameForms
from campaign.search.asking import Asked, Word, ask
from campaign.search.byname import NameHit, by_name
from campaign.search.byword import SAYS, Reader, Scores
from campaign.search.entry import Field
from campaign.search.gate import Gate
from campaign.search.tables import Tables

BEST = 200  # results that are ranked and shown; who is after them is found by another word
NEAR = 0.55  # names less alike are other names (campaign.names.telling.CLEARLY)
NEARLY = 0.3  # the least for a name to be offered where nothing was found
SURE_WORD = 0.75  # how alike one word of a name must be, where the other words of the question are met elsewhere
TRIES = 5
NUMBER_SAYS = 2.0


class Found(NamedTuple):
    """One document and how well it answers: 1 is its very name, 2 its number; above 0.55 it is worth showing."""

    docid: int
    score: float


@dataclass(frozen=True)
class Answer:
    """Everything that answers a question and may be shown, the best first; of equals in the order of references.

    `near` are those with the nearest names where nothing answers. `hits` and `said` hold the evidence for reasons().
    """

    asked: Asked
    found: tuple[Found, ...] = ()
    near: tuple[Found, ...] = ()
    hits: Mapping[int, NameHit] = field(default_factory=dict)
    said: Mapping[int, float] = field(default_factory=dict)


def find(tables: Tables, query: str, *, allowed: Gate, session: Session) -> Answer:
    """Return what answers `query`, for any string, in bounded time; nothing for a question without words.

    `allowed` decides who may be shown, before anything is ranked: what is hidden pushes nobody out.
    """
    asked, words = ask(query), Reader(tables, allowed, session)
    answer = _answer(asked, words)
    if not answer.found and asked.coarser.words:
        # A street or a village is public as its county: what is asked of it is answered with the county.
        wider = _answer(asked.coarser, words)
        answer = wider if wider.found else answer
    return answer


def _answer(asked: Asked, words: Reader) -> Answer:
    if not asked.words:
        return Answer(asked)
    hits = {hit.docid: hit for hit in _named(asked.forms, words)}
    scores = {docid: hit.score for docid, hit in hits.items() if hit.score >= NEAR}
    said = words.meeting_all(asked.words)
    if not said and not scores and len(asked.words) > 1:
        mixed = _mixed(asked, words)
        hits |= {docid: hit for docid, hit in mixed.items() if docid not in scores}
        said = {docid: hit.score * SAYS[Field.NAME] for docid, hit in mixed.items()}
    said |= dict.fromkeys(words.numbered(asked.number), NUMBER_SAYS)
    for docid, score in said.items():
        scores[docid] = max(score, scores.get(docid, 0.0))
    near = {} if scores else {docid: hit.score for docid, hit in hits.items() if hit.score >= NEARLY}
    asked = replace(asked, is_cut=asked.is_cut or words.is_spent)
    return Answer(asked, _ranked(scores, words.allowed), _ranked(near, words.allowed)[:TRIES], hits, said)


def _named(read: NameForms, words: Reader, *, within: Collection[int] | None = None) -> list[NameHit]:
    return by_name(words.tables, read, allowed=words.allowed, session=words.session, within=within)


def _ranked(scores: Scores, allowed: Gate) -> tuple[Found, ...]:
    if not scores:
        return ()
    rounded = {docid: round(score, 4) for docid, score in scores.items()}
    # Sorting keeps the order of references among equals, in reverse too.
    docids = sorted(allowed(scores), key=rounded.__getitem__, reverse=True)
    return tuple(map(Found, docids, map(rounded.__getitem__, docids)))


def _mixed(asked: Asked, words: Reader) -> dict[int, NameHit]:
    """Return who answers by a name near some words and by the others as they are: "Tokhti teacher Kashgar"."""
    read = {word: words.meeting(word) for word in asked.words}
    met = {word: set(said) for word, said in read.items() if said is not None}
    unmet = tuple(word for word in met if not met[word])
    tries = [unmet] if unmet else [(word,) for word in asked.words[:TRIES]]
    found: dict[int, NameHit] = {}
    for named in tries:
        others = [met[word] for word in met if word not in named]
        within = set.intersection(*others) if others else set()
        if within:
            found |= _named_within(asked, named, words, within)
    return found


def _named_within(asked: Asked, named: tuple[Word, ...], words: Reader, within: set[int]) -> dict[int, NameHit]:
    texts = frozenset(word.text for word in named)
    some = _named(asked.only(named), words, within=within)
    return {hit.docid: hit._replace(words=texts) for hit in some if _meets_all(hit)}


def _meets_all(hit: NameHit) -> bool:
    left = hit.match.left
    if left is None:
        return False
    used = {at for pair in hit.match.pairs for at in range(pair.places[0], pair.places[1])}
    return len(used) == len(left.tokens) and all(pair.nearness >= SURE_WORD for pair in hit.match.pairs)
