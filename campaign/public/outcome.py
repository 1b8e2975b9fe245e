"""What became of somebody: where they are, what was done to them, what witnesses and the authorities say of it."""

from dataclasses import dataclass
from datetime import date

from campaign import languages
from campaign.languages import gettext, gettext_noop
from campaign.ledger.documents import Death, Profile
from campaign.ledger.situation import group_of, is_fresh, place_in_words, situation_of, told
from campaign.public.facts import Fact
from campaign.public.phrases import HOW_SURE, capitalised, clauses, held_in_words, label, sentence, when_in_words
from campaign.public.sources import Evidence, Support
from campaign.vocabulary import sentences
from campaign.vocabulary.law import STATE_RESPONSE, VIOLATION, WGAD_CATEGORY
from campaign.vocabulary.situations import claimed_free, where, which_of
from campaign.vocabulary.status import SITUATION_OF
from campaign.vocabulary.status_lines import DEATH_NOT_CONFIRMED

ANSWERS = {True: gettext_noop("Yes."), False: gettext_noop("No."), None: gettext_noop("Not known to us.")}

QUESTIONS = (
    gettext_noop("Do the authorities admit it?"),
    gettext_noop("Have they said where?"),
    gettext_noop("Is the family in contact?"),
    gettext_noop("Is a lawyer in contact?"),
)
QUESTIONS_OF_THEN = (
    gettext_noop("Did the authorities admit it?"),
    gettext_noop("Had they said where?"),
    gettext_noop("Was the family in contact?"),
    gettext_noop("Was a lawyer in contact?"),
)


@dataclass(frozen=True)
class ShownViolation:
    """A violation, with what it was and when as its heading; a graphic account waits behind a warning."""

    heading: str
    account: str
    is_graphic: bool
    support: Support


@dataclass(frozen=True)
class ShownTestimony:
    """What a witness told: the anonymised words, who the witness is to the person, when."""

    text: str
    aside: str
    language: str
    support: Support


@dataclass(frozen=True)
class ShownResponse:
    """What the authorities claim as a sentence, in quotation marks where the words are theirs; who said it, how, when;
    our assessment."""

    claim: str
    aside: str
    note: str
    assessment: str
    support: Support


def is_held_now(document: Profile, *, today: date) -> bool:
    """Whether the detention may be told of as lasting: the news of it is not a year old."""
    facts = situation_of(document)
    return group_of(facts) in {"held", "restricted"} and is_fresh(facts, today)


def whereabouts(document: Profile, evidence: Evidence, *, today: date) -> list[Fact]:
    """Return where the person is held, and whether the authorities admit it and let anybody near.

    Of who was not heard of for a year, or is held no more, in words of then.
    """
    held = _held(document)
    rows = [Fact(gettext("Held when last heard of"), held, evidence.of("held_at"))] if held else []
    for episode in document.episodes[-1:]:
        if episode.whereabouts is None:
            continue
        told, support = episode.whereabouts, evidence.of(f"episodes/{episode.id}/whereabouts")
        asked = QUESTIONS if is_held_now(document, today=today) else QUESTIONS_OF_THEN
        answers = (
            told.is_acknowledged, told.is_location_disclosed, told.has_family_contact, told.has_counsel_contact,
        )  # fmt: skip
        rows += [
            Fact(gettext(question), gettext(ANSWERS[answer]), support)
            for question, answer in zip(asked, answers, strict=True)
        ]
    return rows


def _held(document: Profile) -> str:
    """Return where the person is held, as last known: "In a prison in Ghulja."; "" once free or not known."""
    facts = situation_of(document)
    if group_of(facts) in {"free", "dead"} or facts.code not in SITUATION_OF:
        return sentence(held_in_words(document.held_at)) if document.held_at and facts.code not in SITUATION_OF else ""
    about = told(facts, None)
    return " ".join(part for part in (sentence(capitalised(where(about))), which_of(about)) if part)


def death(died: Death | None, evidence: Evidence) -> list[Fact]:
    """Return what is told of a death; the causes as whose word they are."""
    if died is None:
        return []
    support = evidence.of("death")
    stated = claim_in_words(died.cause_stated, is_verbatim=died.cause_is_verbatim) if died.cause_stated else ""
    returned = "" if died.body_returned is None else gettext(ANSWERS[died.body_returned])
    rows = (
        (gettext("Day"), when_in_words(died.date)),
        (gettext("Place"), place_in_words(died.place)),
        (gettext("Cause, by the authorities"), stated),
        (gettext("Cause, by others"), sentence(died.cause_alleged)),
        (gettext("Was the body given back?"), returned),
    )
    agrees = evidence.sure("corroborated", support) == gettext(HOW_SURE["corroborated"])
    sure = gettext("The family knows, and two independent sources agree.") if agrees else gettext("The family knows.")
    known = sure if died.is_confirmed else gettext(DEATH_NOT_CONFIRMED)
    first = Fact(gettext("What is known"), known, support)
    return [first, *(Fact(title, words) for title, words in rows if words)]


def claim_in_words(words: str, *, is_verbatim: bool) -> str:
    """Return a claim of the authorities as theirs: quoted where the words are their own, else as it was reported."""
    return sentences.authorities_say(words) if is_verbatim else sentence(sentences.authorities_said_to_say(words))


def violations(document: Profile, evidence: Evidence) -> list[ShownViolation]:
    """Return the violations with their labels and sources."""
    return [
        ShownViolation(
            languages.listed((label(VIOLATION, row.kind), when_in_words(row.date))),
            sentence(row.account),
            row.is_graphic,
            evidence.of(f"violations/{row.id}"),
        )
        for row in document.violations
    ]


def testimonies(document: Profile, evidence: Evidence) -> list[ShownTestimony]:
    """Return what witnesses told, anonymised."""
    return [
        ShownTestimony(
            row.text,
            languages.listed((row.relation, when_in_words(row.date))),
            row.language,
            evidence.of(f"testimonies/{row.id}"),
        )
        for row in document.testimonies
    ]


def responses(document: Profile, evidence: Evidence, *, name: str) -> list[ShownResponse]:
    """Return what the authorities claim. A freedom that only they tell of is said to be only theirs."""
    is_free = SITUATION_OF.get(document.status.code) == "free"
    shown = []
    for row in document.state_responses:
        form = "" if row.form in {"", "other"} else label(STATE_RESPONSE, row.form)
        aside = " · ".join(part for part in (row.authority, form, when_in_words(row.date)) if part)
        note = claimed_free(name) if row.form == "released_claim" and not is_free else ""
        support = evidence.of(f"state_responses/{row.id}")
        claim = claim_in_words(row.claim, is_verbatim=row.is_verbatim)
        shown.append(ShownResponse(claim, aside, note, sentence(row.assessment), support))
    return shown


def un_work(document: Profile, evidence: Evidence) -> list[Fact]:
    """Return what UN bodies did: their numbers, and the categories in our view."""
    rows = []
    for work in document.un_work:
        categories = clauses(label(WGAD_CATEGORY, code.lower()) for code in work.categories)
        parts = (
            gettext("Opinion {number}").format(number=work.opinion_number) if work.opinion_number else "",
            gettext("Case {number}").format(number=work.case_number) if work.case_number else "",
            gettext("In our view category {categories}").format(categories=categories) if categories else "",
        )
        words = " ".join(sentence(part) for part in parts if part)
        rows.append(Fact(work.body or gettext("United Nations"), words, evidence.of(f"un_work/{work.id}")))
    return rows
