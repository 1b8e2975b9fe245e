"""The search: a question answered by number, by name in any spelling, by words, and by names and words together.

Every word of a question must be met, each by a name, a place, work, a number or a text; or the whole is near a name.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sqlalchemy.orm import Session

from campaign.names.matching import Match
from campaign.names.reading import NameForms
from campaign.search.by_name import NameHit, by_name
from campaign.search.by_word import SAYS, Reader, Scores
from campaign.search.index import Field, Tables
from campaign.search.place_terms import SearchFilter
from campaign.search.query import Asked, Word, ask

BEST = 200  # results that are ranked and shown; who is after them is found by another word
NEAR = 0.6  # names less alike are other names: "Uyghur" is no Aygul (campaign.names.reasons.CLEARLY is for whole names)
NEARLY = 0.3  # the least for a name to be offered where nothing was found
SURE_WORD = 0.75  # how alike one word of a name must be, where the other words of the question are met elsewhere
TITLE = 0.5  # words of a name that weigh less are titles, articles, endings
TRIES = 5
BESIDE = 0.1  # what words that are met say beside a name that leaves some open
NUMBER_SAYS = 2.0


class Found(NamedTuple):
    """One document and how well it answers: 1 is its very name, 2 its number; above NEAR a name is worth showing."""

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


def find(tables: Tables, query: str, *, allowed: SearchFilter, session: Session) -> Answer:
    """Return what answers `query`, for any string, in bounded time; nothing for a question without words.

    `allowed` decides who may be shown, before anything is ranked: what is hidden pushes nobody out.
    """
    asked, words = ask(query), Reader(tables, allowed, session)
    answer = _answer(asked, words)
    if not answer.found and asked.coarser.words:
        # A street or a village is public as its county: what is asked of it is answered with the county.
        wider = _answer(asked.coarser, words)
        answer = wider if wider.found else answer
    is_whole = bool(answer.said) or any(hit.score >= NEAR and uses_all(hit.match) for hit in answer.hits.values())
    parts = asked.parts if not is_whole else ()
    return _together(answer, [_answer(part, words) for part in parts], allowed)


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
    elif len(asked.words) > 1:
        scores = _with_words(asked, scores, words)
    said |= dict.fromkeys(words.numbered(asked.number), NUMBER_SAYS)
    for docid, score in said.items():
        scores[docid] = max(score, scores.get(docid, 0.0))
    near = {} if scores else {docid: hit.score for docid, hit in hits.items() if _is_nearly(hit)}
    asked = replace(asked, is_cut=asked.is_cut or words.is_spent)
    return Answer(asked, _ranked(scores, words.allowed), _ranked(near, words.allowed)[:TRIES], hits, said)


def _is_nearly(hit: NameHit) -> bool:
    """Whether a name that does not answer may be meant: one word of it at least is surely like one that was asked."""
    words = (pair for pair in hit.match.pairs if pair.weight >= TITLE)
    return hit.score >= NEARLY and any(pair.nearness >= SURE_WORD for pair in words)


def _with_words(asked: Asked, scores: Scores, words: Reader) -> Scores:
    """Return the scores of names, each raised a little by the words that are met besides: of two Tahirs the baker."""
    met = [words.meeting(word, within=scores) or {} for word in asked.words]
    return {
        docid: min(1.0, score + BESIDE * sum(said.get(docid, 0.0) for said in met) / len(met))
        for docid, score in scores.items()
    }


def _together(whole: Answer, parts: Sequence[Answer], allowed: SearchFilter) -> Answer:
    """Return who answers a question, or one of its parts: two people may be asked for at once."""
    if not any(part.found for part in parts):
        return whole
    scores: Scores = {}
    hits, said = dict(whole.hits), dict(whole.said)
    for answer in (whole, *parts):
        for docid, score in answer.found:
            scores[docid] = max(score, scores.get(docid, 0.0))
        hits |= {docid: hit for docid, hit in answer.hits.items() if docid not in hits or hit.score > hits[docid].score}
        said |= {docid: score for docid, score in answer.said.items() if score > said.get(docid, 0.0)}
    asked = replace(whole.asked, words=tuple(dict.fromkeys(word for part in parts for word in part.asked.words)))
    return Answer(asked, _ranked(scores, allowed), (), hits, said)


def _named(read: NameForms, words: Reader, *, within: Collection[int] | None = None) -> list[NameHit]:
    return by_name(words.tables, read, allowed=words.allowed, session=words.session, within=within)


def _ranked(scores: Scores, allowed: SearchFilter) -> tuple[Found, ...]:
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
    tries = [unmet] if unmet else []
    # A word that is met somewhere may still be of the name, beside a title that stands nowhere.
    tries += [(*unmet, word) for word in met if word not in unmet][:TRIES]
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
    pairs = [pair for pair in hit.match.pairs if pair.weight >= TITLE]
    return uses_all(hit.match) and all(pair.nearness >= SURE_WORD for pair in pairs)


def uses_all(match: Match) -> bool:
    """Whether every word of what was asked is in a match, titles aside: Tahir haji is Tahir."""
    if match.left is None:
        return False
    used = {at for pair in match.pairs for at in range(pair.places[0], pair.places[1])}
    return all(token.weight < TITLE for at, token in enumerate(match.left.tokens) if at not in used)
