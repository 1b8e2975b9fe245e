"""Validation of a case file: no save adds a problem, one that an older file has blocks nothing. The room's refusals.

Dates are taken at their widest: only what is wrong whatever days they turn out to mean is a problem.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from campaign.cases import dates
from campaign.cases.classification import Field, fields_of, is_empty, walk
from campaign.cases.dates import Problem as Problem
from campaign.cases.diff import fact_paths, row_ids
from campaign.cases.file import TEXT_KINDS, CaseFile, Episode
from campaign.dates.edtf import PartialDate
from campaign.dates.reckoning import is_before
from campaign.text import entered
from campaign.vocabulary.protection import GIVES, OWN_WORDS

if TYPE_CHECKING:
    from campaign.cases.file import CaseFile
    from campaign.cases.merge import Conflict

MAX_TEXT_CHARACTERS = 20_000
MOST_CHARACTERS = 300_000  # of a whole file: what is published is searched for every name that the file knows


def check(file: CaseFile) -> list[Problem]:
    """Return every problem of a file; an empty list for a sound one."""
    return [problem for rule in RULES for problem in rule(file)]


def new_problems(before: CaseFile, after: CaseFile) -> list[Problem]:
    """Return the problems of `after` that `before` did not have."""
    found = check(after)
    known = check(before) if found else []
    return [problem for problem in found if problem not in known]


def ids_are_unique(file: CaseFile) -> Iterator[Problem]:
    """An id stands for one row in the whole file, or a citation would point at two."""
    ids = list(row_ids(file))
    if len(ids) == len(set(ids)):
        return
    for row_id, count in Counter(ids).items():
        if count > 1:
            yield Problem("", f"The row id {row_id} is used {count} times; each row needs its own.")


def one_name_is_preferred(file: CaseFile) -> Iterator[Problem]:
    """At most one name stands in the heading."""
    preferred = [name for name in file.names if name.is_preferred]
    for name in preferred[1:]:
        yield Problem(f"names/{name.id}/is_preferred", "Only one name can be the preferred one. Choose which.")


def names_have_words(file: CaseFile) -> Iterator[Problem]:
    """A row of names without a name helps nobody."""
    for name in file.names:
        if not entered(name.text).strip():
            yield Problem(f"names/{name.id}/text", "Write the name, or remove this row.")


def episodes_are_in_order(file: CaseFile) -> Iterator[Problem]:
    """Episodes follow one another and none begins before the one above it has ended."""
    for earlier, later in pairwise(file.episodes):
        path = f"episodes/{later.id}/start"
        if is_before(later.start, earlier.start):
            yield Problem(path, "This episode begins before the one above it. Put the older one first.")
        elif is_before(later.start, earlier.end):
            yield Problem(path, "This episode begins before the one above it has ended. Correct one of the dates.")
        elif not earlier.end.edtf and not earlier.end_reason and later.start.edtf:
            yield Problem(
                f"episodes/{earlier.id}/end", "A later episode follows: say when or how this one ended, or join them."
            )


def episodes_end_after_they_start(file: CaseFile) -> Iterator[Problem]:
    """Nothing ends before it begins: episodes, stays, sentences."""
    for episode in file.episodes:
        path = f"episodes/{episode.id}"
        yield from _ends_after(f"{path}/end", "This episode", episode.start, episode.end)
        for stay in episode.stays:
            yield from _ends_after(f"{path}/stays/{stay.id}/end", "This stay", stay.start, stay.end)
        sentence = episode.sentence
        yield from _ends_after(f"{path}/sentence/expected_end", "This sentence", sentence.start, sentence.expected_end)


def _ends_after(path: str, what: str, start: PartialDate, end: PartialDate) -> Iterator[Problem]:
    if is_before(end, start):
        yield Problem(path, f"{what} ends ({end.edtf}) before it begins ({start.edtf}). Correct one of the dates.")


def sentences_have_lengths(file: CaseFile) -> Iterator[Problem]:
    """A length is a number that can be, and only a term has one by itself."""
    for episode in file.episodes:
        for name in ("years", "months", "days"):
            length = getattr(episode.sentence, name)
            if length is not None and not 0 <= length <= 10_000:
                yield Problem(f"episodes/{episode.id}/sentence/{name}", f"{length} is no length of a sentence.")
        if not episode.sentence.kind and _has_length(episode):
            yield Problem(f"episodes/{episode.id}/sentence/kind", "Say what kind of sentence this is.")


def _has_length(episode: Episode) -> bool:
    sentence = episode.sentence
    return any(length is not None for length in (sentence.years, sentence.months, sentence.days))


def citations_point_somewhere(file: CaseFile) -> Iterator[Problem]:
    """A citation ties a source that is there to a fact that is there."""
    if not file.citations and not file.our_view:
        return
    sources = {source.id for source in file.sources}
    facts = set(fact_paths(file))
    for citation in file.citations:
        if citation.source_id not in sources:
            yield Problem(f"citations/{citation.id}/source_id", "This citation names a source that is not in the file.")
        if citation.fact not in facts:
            yield Problem(f"citations/{citation.id}/fact", "This citation names a fact that is not in the file.")
    for fact in file.our_view:
        if fact not in facts:
            yield Problem("our_view", f"{fact} is marked as our view, but there is no such fact in the file.")


def values_can_be_kept(file: CaseFile) -> Iterator[Problem]:
    """Every code is in its vocabulary or empty; no text holds what a database cannot keep, and all have an end.

    Each save, and each look at the gate, reads all texts of a file together.
    """
    if _is_short(file) and not any(_unlisted(file)):
        return
    characters = 0
    for leaf in walk(file):
        characters += len(leaf.value) if isinstance(leaf.value, str) else 0
        for sentence in _faults(leaf.field, leaf.value) if leaf.value else ():
            yield Problem(leaf.path, f"{leaf.label}: {sentence}")
    if characters > MOST_CHARACTERS:
        yield Problem(
            "", f"The texts of this case together have more than {MOST_CHARACTERS:,} characters. Shorten them."
        )


def _is_short(file: "CaseFile") -> bool:
    """Say whether all of a file together is no longer than one text may be, and holds no NUL: so does each text."""
    written = msgspec.json.encode(file)
    return len(written) <= MAX_TEXT_CHARACTERS and b"\\u0000" not in written


def _unlisted(struct: msgspec.Struct) -> Iterator[str]:
    """Yield the codes that are in no list, at every depth."""
    for field in _listed(type(struct)):
        value = getattr(struct, field.name)
        if not value:
            continue
        if field.shape == "rows":
            for row in value:
                yield from _unlisted(row)
        elif field.shape == "part":
            if not is_empty(value):
                yield from _unlisted(value)
        elif field.mark.vocabulary is not None:
            codes = [value] if isinstance(value, str) else value
            yield from (code for code in codes if isinstance(code, str) and code not in field.mark.vocabulary)


@cache
def _listed(kind: type[msgspec.Struct]) -> tuple[Field, ...]:
    """Return the fields of a struct that hold codes, or may hold structs that do."""
    return tuple(field for field in fields_of(kind) if field.shape != "value" or field.mark.vocabulary is not None)


def _faults(field: Field, value: Any) -> Iterator[str]:
    if not isinstance(value, str | list):
        return
    texts = [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]
    joined = value if isinstance(value, str) else "".join(texts)
    if "\x00" in joined:
        yield "this holds a character that cannot be kept (NUL). Remove it."
    if len(joined) > MAX_TEXT_CHARACTERS:
        yield f"this is longer than {MAX_TEXT_CHARACTERS:,} characters. Shorten it."
    if field.mark.vocabulary is not None:
        for code in texts:
            if code not in field.mark.vocabulary:
                yield f"{code!r} is not in the list. Choose one that is."


def texts_have_a_kind(file: CaseFile) -> Iterator[Problem]:
    """A text is a summary, a story, a quote or details."""
    for text in file.texts:
        if text.kind not in TEXT_KINDS:
            yield Problem(f"texts/{text.id}/kind", f"{text.kind!r} is no kind of text; take {', '.join(TEXT_KINDS)}.")


def a_status_by_hand_has_a_reason(file: CaseFile) -> Iterator[Problem]:
    """Whoever sets the situation against the events says why."""
    if file.status_override and not entered(file.status_override_reason).strip():
        yield Problem("status_override_reason", "Say why the situation is set by hand and not taken from the events.")


def nobody_speaks_for_another(file: CaseFile) -> Iterator[Problem]:
    """The person's own word is the person's; a word about somebody else is that somebody's own."""
    others = {row.id for row in (*file.relatives, *file.testimonies)}
    for consent in file.consents:
        path = f"consents/{consent.id}"
        if consent.about and consent.about not in others:
            yield Problem(f"{path}/about", "This consent is about somebody who is not in the file.")
        elif consent.about and consent.basis not in OWN_WORDS and consent.state in GIVES:
            yield Problem(f"{path}/basis", "Nobody consents for another named person: record their own word.")
        elif not consent.about and consent.basis == "self" and consent.giver_kind not in {"", "self"}:
            yield Problem(f"{path}/basis", "The person's own word is given by the person. Say whose word this is.")


def relations_are_counted(file: CaseFile) -> Iterator[Problem]:
    """Nobody has fewer than no children."""
    if file.children_count is not None and not 0 <= file.children_count <= 50:
        yield Problem("children_count", f"{file.children_count} is no number of children.")


def dead_sources_are_there(file: CaseFile) -> Iterator[Problem]:
    """The independent sources of a death are sources of the file, each once."""
    named = file.death.independent_sources
    missing = set(named) - {source.id for source in file.sources}
    if missing or any(first == second for first, second in combinations(named, 2)):
        yield Problem("death/independent_sources", "Name sources that are in the file, each once.")


RULES: tuple[Callable[[CaseFile], Iterator[Problem]], ...] = (
    ids_are_unique,
    one_name_is_preferred,
    names_have_words,
    episodes_are_in_order,
    episodes_end_after_they_start,
    sentences_have_lengths,
    *dates.RULES,
    citations_point_somewhere,
    values_can_be_kept,
    texts_have_a_kind,
    a_status_by_hand_has_a_reason,
    nobody_speaks_for_another,
    relations_are_counted,
    dead_sources_are_there,
)


class Refused(Exception):
    """Anything the cases room refuses; str() is a sentence for the person who asked."""


class Stale(Refused):
    """Somebody saved in between and both changed the same fields: before, theirs and mine are all here.

    `version` is the number that `theirs` has: choose a side of each conflict, then save again from it.
    """

    def __init__(
        self, before: "CaseFile", theirs: "CaseFile", mine: "CaseFile", conflicts: Sequence["Conflict"], version: int
    ) -> None:
        super().__init__(
            "Somebody else has saved this case meanwhile. Choose between what both of you changed; nothing is lost."
        )
        self.before = before
        self.theirs = theirs
        self.mine = mine
        self.conflicts = tuple(conflicts)
        self.version = version


class Unsound(Refused):
    """The file says what cannot be so; `problems` say where."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = tuple(problems)


class NoSuchRevision(Refused):
    """A revision number that the case does not have."""


class WrongState(Refused):
    """A step that does not follow from where the draft stands."""


class OwnWork(Refused):
    """Somebody would approve what they wrote."""


class Moved(Refused):
    """The case was saved after the reviewer opened it: what they read is not what they would approve."""
