"""Rule 7: nobody is named or recognisable who is not cleared by their own consent, and a child least of all.

Names are searched for in every public string (gate.name_search), the person's own names and pronunciations included.
What is found wrongly is answered once (gate.findings).
"""

import datetime
from collections.abc import Iterable, Iterator

from campaign.cases.age import has_signs_of_minor
from campaign.cases.file import CaseFile, Consent
from campaign.ledger.documents import Profile
from campaign.publishing.consent import signatures
from campaign.publishing.consent.standing import is_confirmed, speaks, words
from campaign.publishing.gate import children, forbidden_text, known_names, name_needles, name_rows, name_search
from campaign.publishing.gate.findings import Finding, unanswered
from campaign.publishing.gate.known_names import told_texts
from campaign.publishing.gate.question import Answer, Question, holds, lacks, waits
from campaign.publishing.projection.values import may_be_minor
from campaign.vocabulary.protection import GIVES

LINK = "#relatives"
NEIGHBOUR = "#review"
DECISIONS = "#decisions"
NAME = "the name of somebody known to the case"


def people(question: Question) -> Answer:
    """Ask whether somebody known to the case is named in what would leave, and who answered for the witnesses."""
    document = question.document
    if question.cannot_project or document is None:
        return lacks(question.cannot_project, "#names")
    if _is_child_unguarded(question):
        return lacks(_says_child(question), DECISIONS)
    if fault := _in_texts(question, document):
        return fault
    return _recognisable(question)


def _is_child_unguarded(question: Question) -> bool:
    file, day = question.file, question.day
    if not may_be_minor(file, day) or is_guarded(file, day):
        return False
    # What is public already without an age is no reason to leave an error standing.
    return not question.is_correction or question.public is None or has_signs_of_minor(file, day)


def _says_child(question: Question) -> str:
    guarded = (
        "a guardian's consent from outside the state's reach is needed, and a note on the child's best interests, "
        "signed by two and not older than 3 months."
    )
    if has_signs_of_minor(question.file, question.day):
        return f"The person may be under 18: {guarded}"
    return (
        "Nothing in the file shows that the person is 18. Enter a birth, or an age and its day, or let a writer "
        f"and a reviewer each sign, with the reason, that the person is grown up. Otherwise {guarded}"
    )


def is_guarded(file: CaseFile, day: datetime.date) -> bool:
    """Whether a guardian whom the state does not reach agreed, and two signed why it is in the child's interest."""
    guardians = [row for row in words(file) if _is_guardian(row) and speaks(row, day)]
    return bool(guardians) and signatures.best_interests(file, day)


def was_guarded(file: CaseFile) -> bool:
    """Whether a guardian and a note signed by two are there at all, grown old or not."""
    notes = any(True for _ in signatures.in_force(file, "best_interests"))
    return notes and any(_is_guardian(row) and is_confirmed(row) for row in words(file))


def names_in(file: CaseFile, document: Profile, names: Iterable[str]) -> set[tuple[str, str]]:
    """Return (field, word, folded) wherever a document holds one of the names, what two called harmless aside."""
    return {(one.field, one.word) for one in unanswered(file, named(file, document, names))}


def named(file: CaseFile, document: Profile, names: Iterable[str]) -> Iterator[Finding]:
    """Yield wherever a document holds one of the names, in its texts and among the person's own names."""
    people, ours = known_names.known(file, names), [name.text for name in document.names]
    own = name_needles.own_of(ours)
    wanted = [one for person in people if (one := name_needles.wanted_of(person, own)) is not None]
    for field, text in dict.fromkeys(told_texts(document)):
        yield from (Finding(field, word, NAME, text) for word in name_search.found_once(text, wanted, own))
    yield from (Finding("names", word, NAME, text) for text, word in name_rows.of_others(document.names, people))


def findings(question: Question) -> Iterator[Finding]:
    """Yield everything that this rule finds in what would leave, answered or not."""
    if question.document is not None:
        yield from named(question.file, question.document, known_names.unnamed(question.file, question.day))
        yield from leading(question, question.document)


def leads_in(question: Question, document: Profile) -> set[tuple[str, str, str]]:
    """Return (field, word, what it is) of what leads to where somebody lives, what two people called harmless aside."""
    return {(one.field, one.word, one.what) for one in unanswered(question.file, leading(question, document))}


def leading(question: Question, document: Profile) -> Iterator[Finding]:
    """Yield what in a document leads to where somebody lives."""
    is_own_word, press = question.clearance.is_own_word, question.press_contact
    return forbidden_text.leading(question.file, document, is_own_word=is_own_word, press_contact=press)


def _in_texts(question: Question, document: Profile) -> Answer | None:
    names = known_names.unnamed(question.file, question.day)
    found, led = names_in(question.file, document, names), leads_in(question, document)
    stated = forbidden_text.told_as_fact(question.file, document)
    young = {(one.field, one.word) for one in unanswered(question.file, children.findings(question, document))}
    if question.is_correction and question.public is not None:
        # What is public already is no reason to keep an error: only what the correction would add counts.
        found -= names_in(question.file, question.public, names)
        led -= leads_in(question, question.public)
        stated -= forbidden_text.told_as_fact(question.file, question.public)
        young -= {(one.field, one.word) for one in children.findings(question, question.public)}
    if found:
        return lacks(
            f"Somebody known to the case is named in what would be published ({_fields(row[0] for row in found)}). "
            "Take the name out, or record their own consent.",
            LINK,
        )
    if led:
        what = sorted({row[2] for row in led})[0]
        return lacks(
            f"{what[:1].upper()}{what[1:]} is in what would be published ({_fields(row[0] for row in led)}).", LINK
        )
    if young:
        return lacks(
            f"Birth, school, work or place of somebody who may be under 18 stand in the text "
            f"({_fields(row[0] for row in young)}). Take them out, or let the reviewer answer that they are none.",
            DECISIONS,
        )
    if stated:
        return lacks(
            f"What the authorities say is told as a fact ({_fields(stated)}). Put it in quotation marks after “The "
            "authorities say”, and never in the summary or a caption.",
            "#texts",
        )
    return None


def _recognisable(question: Question) -> Answer:
    if question.would_neighbour_know:
        return lacks("The reviewer says that a neighbour would know who spoke. Take out what gives it away.", NEIGHBOUR)
    if question.would_neighbour_know is None:
        return waits("Somebody who wrote none of it has to answer: would a neighbour know who spoke?", NEIGHBOUR)
    return holds("Nobody else known to the case is named in what would be published.", LINK)


def _is_guardian(row: Consent) -> bool:
    return row.basis == "family" and row.outside_reach and row.state in GIVES and not row.about


def _fields(fields: Iterable[str]) -> str:
    names = sorted({field.replace("_", " ") for field in fields})
    return ", ".join(names[:3])
