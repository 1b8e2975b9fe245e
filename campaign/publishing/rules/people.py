"""Rule 7: nobody is named or recognisable who is not cleared by their own consent, and a child least of all."""

import datetime
from collections.abc import Iterable

from campaign.cases.file import CaseFile, Consent
from campaign.ledger.documents import Profile
from campaign.publishing import decided
from campaign.publishing.clearance import speaks
from campaign.publishing.rules import charges, doors, known, naming
from campaign.publishing.rules.question import Answer, Question, holds, lacks, waits
from campaign.publishing.rules.texts import told_texts
from campaign.publishing.standing import may_be_minor
from campaign.vocabulary.protection import GIVES

LINK = "#relatives"
NEIGHBOUR = "#review"


def people(question: Question) -> Answer:
    """Ask whether somebody known to the case is named in what would leave, and who answered for the witnesses."""
    document = question.document
    if question.cannot_project or document is None:
        return lacks(question.cannot_project, "#names")
    if may_be_minor(question.file, question.day) and not is_guarded(question.file, question.day):
        sentence = (
            "The person may be under 18: a guardian's consent from outside the state's reach is needed, and a note on "
            "the child's best interests, signed by two and not older than 3 months."
        )
        return lacks(sentence, "#decisions")
    if fault := _in_texts(question, document):
        return fault
    return _recognisable(question, document)


def is_guarded(file: CaseFile, day: datetime.date) -> bool:
    """Whether a guardian whom the state does not reach agreed, and two signed why it is in the child's interest."""
    guardians = [row for row in file.consents if _is_guardian(row) and speaks(row, day)]
    return bool(guardians) and decided.best_interests(file, day)


def was_guarded(file: CaseFile) -> bool:
    """Whether a guardian and a note signed by two are there at all, grown old or not."""
    notes = any(True for _ in decided.in_force(file, "best_interests"))
    return notes and any(_is_guardian(row) and row.confirmed_by for row in file.consents)


def names_in(file: CaseFile, document: Profile, names: Iterable[str]) -> set[tuple[str, str]]:
    """Return (field, word, folded) wherever a document holds one of the names, what two called harmless aside."""
    own, harmless = known.own_words(file), decided.harmless_words(file)
    needles = [found for name in names if (found := naming.needle(name, own)) is not None]
    return {
        (field, word)
        for field, text in told_texts(document)
        for wanted in needles
        for word in naming.found_in(text, wanted, own)
        if word not in harmless
    }


def doors_in(question: Question, document: Profile) -> set[tuple[str, str, str]]:
    """Return (field, word, what it is) of what leads to somebody's door, what two people called harmless aside."""
    harmless = decided.harmless_words(question.file)
    found = doors.leading(question.file, document, is_own_word=question.clearance.is_own_word)
    return {row for row in found if row[1] not in harmless}


def _in_texts(question: Question, document: Profile) -> Answer | None:
    names = known.unnamed(question.file, question.day)
    named, led = names_in(question.file, document, names), doors_in(question, document)
    stated = charges.told_as_fact(question.file, document)
    if question.is_correction and question.public is not None:
        # What is public already is no reason to keep an error: only what the correction would add counts.
        named -= names_in(question.file, question.public, names)
        led -= doors_in(question, question.public)
        stated -= charges.told_as_fact(question.file, question.public)
    if named:
        return lacks(
            f"Somebody known to the case is named in what would leave ({_fields(row[0] for row in named)}). Take the "
            "name out, or record their own consent.",
            LINK,
        )
    if led:
        what = sorted({row[2] for row in led})[0]
        return lacks(
            f"{what[:1].upper()}{what[1:]} stands in what would leave ({_fields(row[0] for row in led)}).", LINK
        )
    if stated:
        return lacks(
            f"What the authorities say stands as a fact ({_fields(stated)}). Put it in quotation marks after “The "
            "authorities say”, and never in the summary or a caption.",
            "#texts",
        )
    return None


def _recognisable(question: Question, document: Profile) -> Answer:
    if question.would_neighbour_know:
        return lacks("The reviewer says that a neighbour would know who spoke. Take out what tells it.", NEIGHBOUR)
    speaks_there = document.testimonies or document.quote or any(source.public_line for source in document.sources)
    if speaks_there and question.would_neighbour_know is None:
        return waits("A reviewer has to answer: would a neighbour know who spoke?", NEIGHBOUR)
    return holds("Nobody else whom the case knows is named in what leaves.", LINK)


def _is_guardian(row: Consent) -> bool:
    return row.basis == "family" and row.outside_reach and row.state in GIVES and not row.about


def _fields(fields: Iterable[str]) -> str:
    names = sorted({field.replace("_", " ") for field in fields})
    return ", ".join(names[:3])
