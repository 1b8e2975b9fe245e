"""Whose work would leave: a writer stays one until their words have been public, not until some revision was.

Words that stayed behind at a publication keep their writers; who changed a facility in the list since writes beside
whoever names it. Queries alone; the files of all revisions are opened at a publication, and nowhere else.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import undefer

from campaign.cases import revisions, workflow
from campaign.cases.classification import Visibility, walk
from campaign.cases.facilities import Facility, named_in
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.cases.revisions import Save
from campaign.database import db
from campaign.formats import UnreadableDocument
from campaign.ledger import documents
from campaign.ledger.documents import Profile
from campaign.publishing.models import Publication
from campaign.publishing.published import Last
from campaign.text import folded_words

# Text fields that hold no words of a writer: numbers, paths, codes, and what is made into something else.
NO_WORDS = frozenset({
    "source_id", "fact", "case_ref", "digest_list", "digest_page", "digest_print", "sha256", "language", "scheme",
    "value", "age_reported", "kind", "birth_place", "origin_place", "held_place", "last_contact_place", "place",
})  # fmt: skip


def writers_of(case: Case) -> frozenset[int]:
    """Return the accounts whose work would leave with the newest file."""
    return writers_among(case, revisions.saves(case), named_in(revisions.head(case)), _last_of(case))


def writers_among(
    case: Case, saves: Sequence[Save], facilities: Mapping[str, list[Facility]], last: Last | None
) -> frozenset[int]:
    """Return the same, of what was read before: saves, the facilities of the newest file, the last publication."""
    written = workflow.writers_among(saves, last.revision if last else 0)
    since = last.at if last else case.created_at
    listed = {one.by_id for found in facilities.values() for one in found if one.changed_at > since}
    return frozenset(written | listed | (_withheld_by(case, last, saves) if last else set()))


def withheld_by(case: Case, file: CaseFile, document: Profile) -> list[int]:
    """Return the accounts of whose words in a file something stays behind, and never was public before."""
    numbers = [save for save in revisions.saves(case) if save.number <= case.version]
    return sorted(_authors_of(case, _untold(file, [document, *_told_before(case)]), numbers))


def sites_digest(facilities: Mapping[str, list[Facility]]) -> str:
    """Return the digest of what is told of facilities: an approval covers it like the file that names them."""
    told = {
        words: [(one.ref, one.type, one.place, one.precision) for one in found] for words, found in facilities.items()
    }
    return hashlib.sha256(msgspec.json.encode(told, order="sorted")).hexdigest()


def _last_of(case: Case) -> Last | None:
    """Return the last publication of a revision: what only takes away publishes none."""
    query = select(Publication.revision, Publication.at, Publication.withheld_by)
    of_a_revision = query.where(Publication.case_id == case.id, Publication.revision > 0)
    found = db.session.execute(of_a_revision.order_by(Publication.number.desc()).limit(1)).first()
    return Last(*found) if found else None


def _withheld_by(case: Case, last: Last, saves: Sequence[Save]) -> set[int]:
    if last.withheld_by is not None:
        return set(last.withheld_by)
    # Published before this was kept: reckoned from the desk's copy of what was published.
    file = revisions.at(case, last.revision)
    earlier = [save for save in saves if save.number <= last.revision]
    return _authors_of(case, _untold(file, _told_before(case)), earlier)


def _told_before(case: Case) -> Iterator[Profile]:
    query = select(Publication).where(Publication.case_id == case.id, Publication.revision > 0)
    for row in db.session.scalars(query.options(undefer(Publication.body))):
        try:
            if row.body is not None:
                yield documents.profile(row.body)
        except UnreadableDocument:
            continue


def _untold(file: CaseFile, told: Iterable[Profile]) -> set[str]:
    """Return the paths of words in a file that none of some documents tells."""
    public = "\n".join(folded_words(text) for one in told for text in _texts(msgspec.to_builtins(one)))
    return {path for path, words in _words(file).items() if folded_words(words) not in public}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _words(file: CaseFile) -> dict[str, str]:
    """Return the words of a file that may be public, by path; a confidential source never is."""
    closed = {f"sources/{row.id}" for row in file.sources if row.is_confidential}
    closed |= {f"citations/{row.id}" for row in file.citations if f"sources/{row.source_id}" in closed}
    return {
        leaf.path: leaf.value
        for leaf in walk(file)
        if leaf.visibility is Visibility.PUBLIC
        and isinstance(leaf.value, str)
        and leaf.value.strip()
        and leaf.field.mark.vocabulary is None
        and leaf.field.name not in NO_WORDS
        and leaf.path.rpartition("/")[0] not in closed
    }


def _authors_of(case: Case, paths: set[str], saves: Sequence[Save]) -> set[int]:
    """Return the accounts that wrote or changed what lies at some paths, in any of the saves."""
    if not paths:
        return set()
    files = revisions.several(case, {save.number for save in saves})
    found, before = set[int](), dict[str, str]()
    for save in saves:
        now = _words(files[save.number])
        if not save.is_spelling and any(now.get(path) and now[path] != before.get(path) for path in paths):
            found |= {save.author_id, *save.also_by}
        before = now
    return found
