"""The words of a public page: situation, events, places and ages of a published document, and labels of codes.

One rule: what was once published stays readable for ever. The desk refuses a code that its vocabulary does not know; a
page shows it, because the document is older than the page.
"""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from campaign import languages
from campaign.dates import phrases
from campaign.languages import current, gettext, gettext_noop, pgettext
from campaign.ledger.browse import Card, latest_news
from campaign.ledger.documents import Event, Place, Profile, Status, Stay, When
from campaign.places import current as current_places
from campaign.public import blueprint
from campaign.vocabulary import sentences
from campaign.vocabulary.events import EVENT_TYPE, FACILITY_TYPE
from campaign.vocabulary.status import CONFIDENCE, SITUATION_OF, STATUS, STATUS_BASIS, short_label
from campaign.vocabulary.table import Vocabulary

# What XML 1.0 has no character for, and the controls that turn the direction of everything after them.
UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
CLAUSES = gettext_noop("{one}; {other}")
CLOSED = (".", "!", "?", "。", "؟", "…", ".”", "!”", "?”")
HOW_SURE = {
    "confirmed": gettext_noop("confirmed by documents or by the person"),
    "corroborated": gettext_noop("two independent sources agree"),
    "single_source": gettext_noop("one source"),
    "contested": gettext_noop("sources disagree"),
}


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


@blueprint.app_template_filter("unquoted")
def bare(words: str) -> str:
    """Return words without the quotation marks that somebody typed around them."""
    return words.strip().strip("\"'“”„«»").strip()


@blueprint.app_template_filter("plain")
def plain(text: str) -> str:
    """Return a text that may stand where nothing isolates it: a title, a feed, an attribute that others read aloud."""
    return UNFIT.sub("", text)


def when_in_words(when: When | None) -> str:
    """Return a published date in words, "" where there is none."""
    return phrases.public_words(when.edtf) if when else ""


def place_in_words(place: Place | None) -> str:
    """Return the name of a place in the page's language, or in another where it has none, "" for no place."""
    if place is None:
        return ""
    code = languages.current().code
    named = place.names.get(code) or place.names.get(code.split("-")[0]) or place.names.get(languages.SOURCE.code)
    return named or next(iter(place.names.values()), "")


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


def status_sentence(document: Profile | Card) -> str:
    """Return the one sentence about the person's situation; of a code that no list knows, the code as words."""
    code = document.status.code
    if code not in sentences.STATUS_SENTENCES:
        return sentence(label(STATUS, code))
    passed = document.episodes[-1].sentence if isinstance(document, Profile) and document.episodes else None
    term = ""
    if passed:
        term = sentences.term_in_words(
            passed.kind, years=passed.years or 0, months=passed.months or 0, days=passed.days or 0
        )
    death = document.death if isinstance(document, Profile) else None
    ended = death.date if death else passed.expected_end if passed else None
    heard = _last_heard(document)
    told = sentences.status_sentence(
        code,
        confidence=document.status.confidence,
        place=place_in_words(document.held_at),
        term=term,
        ended=_in_a_sentence(ended),
        last_heard=when_in_words(heard),
        last_heard_in=_in_a_sentence(heard),
    )
    is_reported_dead = death is not None and not death.is_confirmed and SITUATION_OF[code] != "dead"
    return f"{told} {gettext(sentences.DEATH_NOT_CONFIRMED)}" if is_reported_dead else told


def _in_a_sentence(when: When | None) -> str:
    return phrases.adverbial(when.edtf) if when else ""


def status_in_words(document: Profile | Card) -> str:
    """Return the situation in about three words, for lists."""
    code = document.status.code
    if code not in sentences.STATUS_SENTENCES:
        return label(STATUS, code)
    heard = _last_heard(document)
    return short_label(code, silent_since=heard.latest.year if heard and heard.latest else None)


def _last_heard(document: Profile | Card) -> When | None:
    """Return when the person was last heard of, None where that lies less than a year before the last check."""
    heard = document.heard if isinstance(document, Card) else latest_news(document)
    heard, checked = heard or document.status.as_of, document.status.last_verified_on
    if heard is None or heard.latest is None:
        return None
    return None if checked is not None and (checked - heard.latest).days < 365 else heard


def known_line(document: Profile) -> str:
    """Return the line of two dates: latest information, last checked."""
    checked = document.status.last_verified_on
    news = when_in_words(latest_news(document))
    return sentences.two_dates(news, phrases.public_words(f"{checked:%Y-%m}") if checked else "")


def basis_in_words(status: Status) -> str:
    """Return what the situation rests on and how sure we are: "Known from the family; one source."."""
    basis = "" if status.basis in {"", "other", "not_stated"} else lowered(label(STATUS_BASIS, status.basis))
    sure = sure_in_words(status.confidence)
    if basis and sure:
        return gettext("Known from {basis}; {confidence}.").format(basis=basis, confidence=sure)
    return gettext("Known from {basis}.").format(basis=basis) if basis else sentence(capitalised(sure))


def sure_in_words(confidence: str) -> str:
    """Return how sure we are, in words: "two independent sources agree"; "" where nobody said."""
    if confidence in {"", "unknown"}:
        return ""
    known = HOW_SURE.get(confidence)
    return gettext(known) if known else lowered(label(CONFIDENCE, confidence))


def event_in_words(event: Event) -> str:
    """Return what happened: the account where there is one, else the kind of event and the place."""
    if event.account:
        return sentence(event.account)
    return sentence(languages.listed((label(EVENT_TYPE, event.type), place_in_words(event.place))))


def event_aside(event: Event) -> str:
    """Return the quiet line under an event: what of its kind, place, authority and certainty is not said above it."""
    kind = label(EVENT_TYPE, event.type) if event.account and event.type != "other" else ""
    place = held_in_words(event.place)
    if not event.account and place == place_in_words(event.place):
        place = ""
    parts = (kind, place, event.authority, sure_in_words(event.confidence))
    return capitalised(" · ".join(part for part in parts if part))


def stay_in_words(stay: Stay) -> str:
    """Return where somebody was held: kind of place, place, how it is known."""
    return " ".join(
        sentence(part) for part in (held_in_words(stay.place) or pgettext("a stay", "Held"), stay.how_known) if part
    )


def born_in_words(document: Profile) -> str:
    """Return the years of birth and the age that follows from them: "1971; 49 or 50 when last heard of"."""
    birth = document.birth
    heard = latest_news(document)
    if birth.year_earliest is None or birth.year_latest is None:
        return age_in_words(document)
    year = str(birth.year_earliest)
    if birth.year_latest != birth.year_earliest:
        year = gettext("{start} to {end}").format(start=year, end=birth.year_latest)
    if heard is None or heard.earliest is None or heard.latest is None:
        return year
    low, high = heard.earliest.year - birth.year_latest - 1, heard.latest.year - birth.year_earliest
    return clauses((year, sentences.age_when_last_heard_of(low, high) if low > 0 else ""))


def age_in_words(document: Profile) -> str:
    """Return the age when the detention began: "45 or 46 when detained", "" where nobody knows it."""
    low, high = document.birth.age_earliest, document.birth.age_latest
    if low is None or high is None:
        return ""
    return sentences.age_when_detained(low, high)
