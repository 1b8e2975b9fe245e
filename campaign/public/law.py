"""Why somebody is held, in two voices that are never mixed, and what courts did."""

from collections.abc import Iterator
from dataclasses import dataclass

from campaign import languages
from campaign.languages import gettext
from campaign.ledger.documents import Charge, Episode, Proceeding, Profile, Sentence
from campaign.public.facts import Fact
from campaign.public.phrases import clauses, label, listed, lowered, sentence, when_in_words
from campaign.public.sources import NONE, Evidence, Support
from campaign.text import folded_words
from campaign.vocabulary import sentences
from campaign.vocabulary.law import ACTIVITY, COURT_KIND, LEGAL_BASIS, SENTENCE_KIND, STAGE
from campaign.vocabulary.sentences import NO_REASON_GIVEN, says_nothing, unquoted
from campaign.vocabulary.situations import term_in_words

SAYS_NOTHING = frozenset({"", "none_known", "unknown"})


@dataclass(frozen=True)
class ShownCharge:
    """A charge: the authorities' words, for quotation marks, or the law that they name; beneath it what is known."""

    claimed: str
    law: str
    aside: str
    explanation: str
    support: Support


@dataclass(frozen=True)
class Reason:
    """Why, in two voices. `when` says of which detention, where there were several; `basis` is our reading of a claim.

    `is_verbatim` says that what is stated are the authorities' own words: only then do quotation marks stand there.
    """

    stated: str
    is_verbatim: bool
    suspected: str
    activities: str
    charges: tuple[ShownCharge, ...] = ()
    basis: str = ""
    when: str = ""
    stated_support: Support = NONE
    suspected_support: Support = NONE
    nothing_stated: str = ""


def reasons(document: Profile, evidence: Evidence) -> list[Reason]:
    """Return the two voices for each episode of which either has said something."""
    told = []
    for episode in document.episodes:
        basis = document.legal_basis if episode is document.episodes[-1] else ""
        reason = _reason(episode, evidence, basis, several=len(document.episodes) > 1)
        if reason.stated or reason.suspected or reason.activities or reason.charges or reason.basis:
            told.append(reason)
    return told


def _reason(episode: Episode, evidence: Evidence, basis: str, *, several: bool) -> Reason:
    path = f"episodes/{episode.id}"
    # Words that say that nothing was disclosed are no reason: nobody said them to explain a detention.
    stated = "" if says_nothing(episode.reason_stated) else episode.reason_stated.strip()
    stated = unquoted(stated) if episode.reason_is_verbatim else stated
    charges = tuple(_charge(charge, evidence.of(f"{path}/charges/{charge.id}")) for charge in episode.charges)
    is_reported = not episode.reason_is_verbatim
    believed = [label(ACTIVITY, code) for code in episode.activities]
    return Reason(
        # Told as a charge they are the authorities' own words; beside those nothing is "as reported".
        stated="" if is_reported and _is_among(stated, [charge.claimed for charge in charges]) else stated,
        is_verbatim=episode.reason_is_verbatim,
        suspected="" if _is_among(episode.reason_suspected, believed) else episode.reason_suspected,
        activities=listed(believed),
        charges=charges,
        basis="" if basis in SAYS_NOTHING else sentence(lowered(label(LEGAL_BASIS, basis))),
        when=detention_in_words(episode) if several else "",
        stated_support=evidence.of(f"{path}/reason_stated"),
        suspected_support=evidence.of(f"{path}/reason_suspected", f"{path}/activities"),
        nothing_stated=gettext(NO_REASON_GIVEN),
    )


def _is_among(words: str, told: list[str]) -> bool:
    """Whether words say no more than something that stands beside them anyway."""
    return folded_words(words) in {folded_words(one) for one in told}


def _charge(charge: Charge, support: Support) -> ShownCharge:
    law = languages.listed((charge.law, charge.article))
    stage = "" if charge.stage in SAYS_NOTHING else label(STAGE, charge.stage)
    text = "" if says_nothing(charge.text) else unquoted(charge.text)
    aside = " · ".join(part for part in (law if text else "", stage, when_in_words(charge.date)) if part)
    return ShownCharge(text, "" if text else law, aside, charge.explanation, support)


def detention_in_words(episode: Episode) -> str:
    """Return which detention an episode is: "Detention of 2014 to 2016"."""
    start, end = when_in_words(episode.start), when_in_words(episode.end)
    if start and end:
        return gettext("Detention of {start} to {end}").format(start=start, end=end)
    if end:
        return gettext("Detention until {end}").format(end=end)
    return gettext("Detention of {start}").format(start=start) if start else gettext("Detention, date not known")


def in_court(document: Profile, evidence: Evidence) -> list[Fact]:
    """Return the sentences and the proceedings; what a judgment says stays the authorities' word."""
    return [fact for episode in document.episodes for fact in _in_court(episode, evidence)]


def _in_court(episode: Episode, evidence: Evidence) -> Iterator[Fact]:
    path = f"episodes/{episode.id}"
    for proceeding in episode.proceedings:
        yield Fact(gettext("Court"), _proceeding(proceeding), evidence.of(f"{path}/proceedings/{proceeding.id}"))
    if episode.sentence:
        passed = episode.sentence
        title = gettext("Order") if passed.kind == "administrative" else gettext("Sentence")
        yield Fact(title, _term(passed), evidence.of(f"{path}/sentence"))
        rows = (
            (gettext("Wording"), sentences.authorities_say(passed.text) if passed.text else ""),
            (gettext("Fine"), passed.fine),
            (gettext("Counted from"), when_in_words(passed.start)),
            (gettext("Ends by it"), when_in_words(passed.expected_end)),
            (gettext("Appeal"), sentence(passed.appeal)),
        )
        yield from (Fact(title, words) for title, words in rows if words)


def _term(passed: Sentence) -> str:
    kind = label(SENTENCE_KIND, passed.kind)
    if passed.kind == "life":
        return kind
    term = term_in_words(passed.kind, years=passed.years or 0, months=passed.months or 0, days=passed.days or 0)
    return languages.listed((kind, term))


def _proceeding(proceeding: Proceeding) -> str:
    kind = "" if proceeding.kind in {"", "unknown"} else label(COURT_KIND, proceeding.kind)
    hearing = when_in_words(proceeding.next_hearing)
    openness = {True: gettext("open to the public"), False: gettext("closed to the public"), None: ""}[
        proceeding.is_open
    ]
    parts = (
        proceeding.court,
        lowered(kind) if proceeding.court else kind,
        openness,
        gettext("next hearing {date}").format(date=hearing) if hearing else "",
        gettext("counsel: {names}").format(names=proceeding.counsel) if proceeding.counsel else "",
    )
    return sentence(clauses(parts))
