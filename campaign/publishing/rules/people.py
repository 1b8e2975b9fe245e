"""Rule 7: nobody is named or recognisable who is not cleared, and a child least of all."""

import unicodedata
from collections.abc import Iterator

import msgspec

from campaign.cases.file import CaseFile
from campaign.ledger.documents import Profile
from campaign.publishing.rules.question import Answer, Question, holds, lacks, waits
from campaign.publishing.standing import may_be_minor
from campaign.vocabulary import CONSENT_GIVER, RELATION

LINK = "#relatives"
SHORTEST = 4  # letters: a shorter part of a name is found in every other word


def people(question: Question) -> Answer:
    """Ask whether somebody known to the case is named in what would leave, and who answered for the witnesses."""
    if question.cannot_project:
        return lacks(question.cannot_project, "#names")
    if may_be_minor(question.file, question.day) and not _is_guarded(question):
        sentence = (
            "The person may be under 18: a guardian's consent and a best-interests note signed by two are needed."
        )
        return lacks(sentence, "#consents")
    if question.document and (found := mentions(question.file, question.document)):
        where = ", ".join(sorted(found)[:3])
        return lacks(f"Somebody known to the case is named in what would leave ({where}). Take the name out.", LINK)
    if question.document and question.document.testimonies and question.would_neighbour_know is not False:
        return waits("A reviewer has to answer: would a neighbour know who spoke?", "#review")
    return holds("Nobody else whom the case knows is named in what leaves.", LINK)


def _is_guarded(question: Question) -> bool:
    guardians = [row for row in question.file.consents if row.relation == "guardian" or row.giver_kind == "relative"]
    signed = any(row.confirmed_by and row.second_signature not in {None, row.confirmed_by} for row in guardians)
    noted = any("child" in row.concerns and row.mitigation.strip() and row.assessed_by for row in question.file.risks)
    return signed and noted


def mentions(file: CaseFile, document: Profile) -> set[str]:
    """Return the fields of a document in which a relative, a witness or a contact of the case is named."""
    own = {part for name in file.names for part in folded(name.text).split()}
    hidden = set(_needles(file, own))
    return {field for field, text in told_texts(document) if any(needle in f" {folded(text)} " for needle in hidden)}


def known_people(file: CaseFile) -> Iterator[str]:
    """Yield the name of everybody whom the case knows and who is not the person."""
    yield from (relative.name for relative in file.relatives if not relative.speaks_publicly)
    yield from (testimony.witness for testimony in file.testimonies)
    yield from (testimony.interviewer for testimony in file.testimonies)
    yield from (contact.name for contact in file.contacts)
    yield from (consent.giver for consent in file.consents)
    yield from (source.author for source in file.sources if source.is_confidential)
    yield from (proceeding.judge for episode in file.episodes for proceeding in episode.proceedings)
    yield from (name.text for name in file.names if not name.is_public)


def told_texts(document: Profile) -> Iterator[tuple[str, str]]:
    """Yield every text of a document with the field in which it stands, the person's own names aside."""
    plain = msgspec.to_builtins(document)
    for field, value in plain.items():
        if field not in {"names", "display_name", "slug", "ref", "salt"}:
            yield from ((field, text) for text in _strings(value))


def folded(text: str) -> str:
    """Return a text as names are compared: small letters, no marks, one space between words."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare.casefold()).split())


def _generic() -> set[str]:
    """Return the words that stand for anybody's relative and so name nobody."""
    labels = " ".join(term.label for vocabulary in (RELATION, CONSENT_GIVER) for term in vocabulary)
    return set(folded(labels).split()) | {"family", "relatives", "campaign", "representative", "public", "names"}


def _needles(file: CaseFile, own: set[str]) -> Iterator[str]:
    generic = _generic()
    for person in known_people(file):
        words = folded(person).split()
        if not set(words) - own - generic:
            continue
        # A family shares names: of a relative's, only the parts that are not the person's own give them away.
        telling = [word for word in words if word not in own | generic and len(word) >= SHORTEST]
        yield from (f" {word} " for word in telling)
        yield from ((f" {' '.join(words)} ",) if len(words) > 1 else ())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            # The names of a place are the gazetteer's: people are called after places too.
            yield from _strings(inner if key not in {"names", "within"} else "")
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
