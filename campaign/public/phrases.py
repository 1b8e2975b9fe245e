"""The words of a public page: situation, events, places and ages of a published document, and labels of codes.

One rule: what was once published stays readable for ever. The desk refuses a code that its vocabulary does not know; a
page shows it, because the document is older than the page.
"""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from campaign import languages
from campaign.clock import now
from campaign.dates import phrases
from campaign.languages import current, gettext, gettext_noop, pgettext
from campaign.ledger.browse import Card
from campaign.ledger.documents import Birth, Event, Place, Profile, Status, Stay, When
from campaign.ledger.situation import (
    Situation,
    age_at,
    latest_news,
    line,
    place_in_words,
    short,
    situation_of,
)
from campaign.places import current as current_places
from campaign.public import blueprint
from campaign.vocabulary import sentences
from campaign.vocabulary.events import EVENT_TYPE, FACILITY_TYPE
from campaign.vocabulary.sentences import unquoted
from campaign.vocabulary.status import CONFIDENCE, SITUATION_OF, STATUS, STATUS_BASIS
from campaign.vocabulary.table import Vocabulary

# What XML 1.0 has no character for, and the controls that turn the direction of everything after them.
UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
CLAUSES = gettext_noop("{one}; {other}")
CLOSED = (".", "!", "?", "。", "؟", "…", ".”", "!”", "?”")
HOW_SURE = {
    "confirmed": gettext_noop("confirmed by documents or by the person"),
    "corroborated": gettext_noop("two independent sources agree"),
    "single_source": gettext_noop("one source cited"),
    "contested": gettext_noop("sources disagree"),
}
NEEDS_TWO = ("confirmed", "corroborated")


def label(vocabulary: Vocabulary, code: str) -> str:
    """Return the label of a code; of one that its vocabulary never had the code itself as words, "" for none."""
    if code in vocabulary.further_codes:
        # A language or a script: CLDR has its name in the language of the page.
        names = {**current().locale.languages, **current().locale.scripts}
        return str(names.get(code, vocabulary.label(code)))
    if code in vocabulary:
        return pgettext(vocabulary.name, vocabulary.label(code))
    return code.replace("_", " ").strip().capitalize()


def stored(vocabulary: Vocabulary, words: str) -> str:
    """Return words that a document holds where they were a label of a vocabulary; any other words as they are."""
    return pgettext(vocabulary.name, words) if words else ""


def listed(labels: Iterable[str]) -> str:
    """Return labels as one phrase: "Art or literature; teaching"."""
    first, *rest = [word for word in labels if word] or [""]
    return clauses([first, *(lowered(word) for word in rest)])


def clauses(parts: Iterable[str]) -> str:
    """Return parts that may hold commas themselves as one phrase: "Court of Aksu; closed to the public"."""
    return languages.listed(parts, gettext(CLAUSES))


def lowered(words: str) -> str:
    """Return a label as it stands inside a sentence: its first letter small, unless it is an abbreviation.

    In another language it stays as its catalogue has it: which words may be small, no program knows.
    """
    if not languages.current().is_english:
        return words
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


@blueprint.app_template_filter("sentence")
def sentence(words: str) -> str:
    """Return words with the mark that closes a sentence; "" stays ""."""
    words = words.strip()
    if not words or words.endswith(CLOSED):
        return words
    # Translators: words that become a sentence by the mark at their end.
    return gettext("{words}.").format(words=words)


def capitalised(words: str) -> str:
    """Return words as a sentence begins with them."""
    return words[:1].upper() + words[1:]


@blueprint.app_template_filter("isolated")
def isolated(message: str, **places: str) -> Markup:
    """Return a message with its places filled, each of them isolated: a name may run the other way."""
    return escape(message).format(**{name: Markup("<bdi>{}</bdi>").format(words) for name, words in places.items()})


blueprint.app_template_filter("unquoted")(unquoted)


@blueprint.app_template_filter("plain")
def plain(text: str) -> str:
    """Return a text that may stand where nothing isolates it: a title, a feed, an attribute that others read aloud."""
    return UNFIT.sub("", text)


def when_in_words(when: When | None) -> str:
    """Return a published date in words, "" where there is none."""
    return phrases.public_words(when.edtf) if when else ""


def region_in_words(place: Place | None) -> str:
    """Return a place with what it lies in: "Yarkand, Kashgar". A county alone says little to who lives far away."""
    name = place_in_words(place)
    if place is None or not place.within or place.precision != "county":
        return name
    known, code = current_places.gazetteer(), languages.current().code
    around = known.called(place.within[0], code) if place.within[0] in known else ""
    return languages.listed((name, around if around != name else ""))


def held_in_words(place: Place | None) -> str:
    """Return the kind of a place and where it is: "Prison, Ghulja"; "" where neither is known."""
    kind = label(FACILITY_TYPE, place.facility) if place and place.facility not in {"", "unknown"} else ""
    return languages.listed((kind, place_in_words(place)))


def facts_of(document: Profile | Card) -> Situation:
    """Return what the status line of a document or of a card is made of."""
    return document.situation if isinstance(document, Card) else situation_of(document)


def status_sentence(document: Profile | Card, *, name: str = "") -> str:
    """Return what is told of the person's situation today; of a code that no list knows, the code as words.

    `name` is what the person is called on this page.
    """
    code = document.status.code
    if code not in SITUATION_OF:
        return sentence(label(STATUS, code))
    return line(facts_of(document), now().date(), name=name)


def status_in_words(document: Profile | Card) -> str:
    """Return the situation in about three words, for lists."""
    code = document.status.code
    return short(facts_of(document), now().date()) if code in SITUATION_OF else label(STATUS, code)


def known_line(document: Profile) -> str:
    """Return the line of two dates, latest information and last checked; nothing of the kind under a death.

    A check that is older than the latest news says nothing and is left out.
    """
    if situation_of(document).death == "confirmed":
        return ""
    status, heard = document.status, latest_news(document)
    is_reported_dead = situation_of(document).death == "reported"
    checked, found_news = status.last_verified_on, False
    if checked and heard and heard.earliest and heard.latest:
        found_news = checked <= heard.latest or f"{checked:%Y-%m}" == f"{heard.latest:%Y-%m}"
        checked = None if checked < heard.earliest else checked
    means = status.last_verified_list if status.last_verified_means == "named_list" else status.last_verified_means
    words = phrases.public_words(f"{checked:%Y-%m}") if checked else ""
    return sentences.two_dates(
        when_in_words(heard), words, means=means, found_news=found_news, is_reported_dead=is_reported_dead
    )


def basis_in_words(status: Status, sources: str, sure: str) -> str:
    """Return what the situation rests on and how sure we are: "Known from the press; one source cited."

    `sources` are those cited for it, in words; where none is, the basis that was chosen stands there.
    """
    chosen = "" if status.basis in {"", "other", "not_stated"} else lowered(label(STATUS_BASIS, status.basis))
    basis = sources or chosen
    if basis and sure:
        return gettext("Known from {basis}; {confidence}.").format(basis=basis, confidence=sure)
    return gettext("Known from {basis}.").format(basis=basis) if basis else sentence(capitalised(sure))


def sure_in_words(confidence: str, *, cited: int, independent: int, is_proved: bool) -> str:
    """Return how sure we are, in words, and never more than the sources that are cited beside it carry.

    "Two independent sources agree" is said where two that are independent stand there, "confirmed by documents or by
    the person" where one of them is such (`is_proved`); "" where nobody said anything.
    """
    if confidence in {"", "unknown"}:
        return ""
    if confidence in NEEDS_TWO and independent >= 2:
        return gettext(HOW_SURE[confidence if is_proved else "corroborated"])
    if confidence in NEEDS_TWO or confidence == "single_source":
        return gettext(HOW_SURE["single_source"]) if cited == 1 else ""
    known = HOW_SURE.get(confidence) if confidence != "contested" or cited != 1 else None
    return gettext(known) if known else lowered(label(CONFIDENCE, confidence))


def event_in_words(event: Event) -> str:
    """Return what happened: the account where there is one, else the kind of event and the place."""
    if event.account:
        return sentence(event.account)
    if event.type == "no_news":
        return gettext("Somebody asked, and learned nothing.")
    return sentence(languages.listed((label(EVENT_TYPE, event.type), place_in_words(event.place))))


def event_aside(event: Event, sure: str) -> str:
    """Return the quiet line under an event: what of its kind, place, authority and certainty is not said above it."""
    kind = label(EVENT_TYPE, event.type) if event.account and event.type != "other" else ""
    place = held_in_words(event.place)
    if not event.account and place == place_in_words(event.place):
        place = ""
    parts = (kind, place, event.authority, sure)
    return capitalised(" · ".join(part for part in parts if part))


def stay_in_words(stay: Stay) -> str:
    """Return where somebody was held: kind of place, place, how it is known."""
    return " ".join(
        sentence(part) for part in (held_in_words(stay.place) or pgettext("a stay", "Held"), stay.how_known) if part
    )


def born_in_words(document: Profile) -> str:
    """Return the years of birth and the age that follows from them: "about 1971; 48 to 51 when last heard of"."""
    birth, facts = document.birth, situation_of(document)
    years = birth_in_words(document.birth)
    if birth.year_earliest is None or birth.year_latest is None:
        return clauses((years, age_in_words(document))) if years else age_in_words(document)
    age = age_at(birth, facts.heard) if facts.death != "confirmed" else None
    return clauses((years, sentences.age_when_last_heard_of(*age) if age and age[0] > 0 else ""))


def birth_in_words(birth: Birth) -> str:
    """Return the years of birth with what makes them doubtful: "about 1954", "1969 or earlier"; "" for none."""
    first, last = birth.year_earliest, birth.year_latest
    if first is None and last is None:
        return ""
    year = str(first if last is None else last)
    if first is not None and last is not None and first != last:
        year = gettext("{start} to {end}").format(start=first, end=last)
    marks = {"about": "~", "perhaps": "?"}
    mark = "%" if set(marks) <= set(birth.qualifiers) else "".join(marks.get(one, "") for one in birth.qualifiers)
    year = gettext(phrases.MARKS[mark]).format(date=year) if mark else year
    if first is None:
        return gettext("{date} or earlier").format(date=year)
    return gettext("{date} or later").format(date=year) if last is None else year


def age_in_words(document: Profile) -> str:
    """Return the age when the detention began: "45 or 46 when detained", "" where nobody knows it."""
    low, high = document.birth.age_earliest, document.birth.age_latest
    if low is None or high is None:
        return ""
    return sentences.age_when_detained(low, high)
