"""What became of somebody: where they are, what was done to them, what witnesses and the authorities say of it."""

from dataclasses import dataclass

from campaign import languages
from campaign.languages import gettext, gettext_noop
from campaign.ledger.documents import Death, Profile
from campaign.public.facts import Fact
from campaign.public.phrases import bare, clauses, held_in_words, label, place_in_words, sentence, when_in_words
from campaign.public.sources import Evidence, Support
from campaign.vocabulary import sentences
from campaign.vocabulary.law import STATE_RESPONSE, VIOLATION, WGAD_CATEGORY
from campaign.vocabulary.people import IMPACT
from campaign.vocabulary.status import SITUATION_OF

ANSWERS = {True: gettext_noop("Yes."), False: gettext_noop("No."), None: gettext_noop("Not known to us.")}


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
    """What the authorities claim, for quotation marks; who said it, how and when; our assessment."""

    claim: str
    aside: str
    note: str
    assessment: str
    support: Support


def whereabouts(document: Profile, evidence: Evidence) -> list[Fact]:
    """Return where the person is held, and whether the authorities admit it and let anybody near."""
    held = held_in_words(document.held_at)
    rows = [Fact(gettext("Held, as far as we know"), sentence(held), evidence.of("held_at"))] if held else []
    for episode in document.episodes[-1:]:
        if episode.whereabouts is None:
            continue
        told, support = episode.whereabouts, evidence.of(f"episodes/{episode.id}/whereabouts")
        rows += [
            Fact(gettext("Do the authorities admit it?"), gettext(ANSWERS[told.is_acknowledged]), support),
            Fact(gettext("Have they said where?"), gettext(ANSWERS[told.is_location_disclosed])),
            Fact(gettext("Is the family in contact?"), gettext(ANSWERS[told.has_family_contact])),
            Fact(gettext("Is a lawyer in contact?"), gettext(ANSWERS[told.has_counsel_contact])),
        ]
    return rows


def death(told: Death | None, evidence: Evidence) -> list[Fact]:
    """Return what is told of a death; the causes as whose word they are."""
    if told is None:
        return []
    support = evidence.of("death")
    stated = sentences.authorities_say(told.cause_stated) if told.cause_stated else ""
    returned = "" if told.body_returned is None else gettext(ANSWERS[told.body_returned])
    rows = (
        (gettext("Day"), when_in_words(told.date)),
        (gettext("Place"), place_in_words(told.place)),
        (gettext("Cause, by the authorities"), stated),
        (gettext("Cause, by others"), sentence(told.cause_alleged)),
        (gettext("Was the body given back?"), returned),
    )
    sure = gettext("The family knows, and two independent sources agree.")
    known = sure if told.is_confirmed else gettext(sentences.DEATH_NOT_CONFIRMED)
    first = Fact(gettext("What is known"), known, support)
    return [first, *(Fact(title, words) for title, words in rows if words)]


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
        note = sentences.claimed_free(name) if row.form == "released_claim" and not is_free else ""
        support = evidence.of(f"state_responses/{row.id}")
        shown.append(ShownResponse(bare(row.claim), aside, note, sentence(row.assessment), support))
    return shown


def outcomes(document: Profile) -> list[Fact]:
    """Return what came of appeals and of UN work."""
    return [
        Fact(
            when_in_words(row.date) or gettext("Outcome"),
            " ".join((sentence(label(IMPACT, row.impact)), row.text)).strip(),
        )
        for row in document.outcomes
    ]


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
