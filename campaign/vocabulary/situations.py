"""The status line: whole sentences of status_lines, chosen by the facts there are, one after the other."""

from typing import Any

import msgspec
from babel.lists import format_list

from campaign.languages import current, gettext, ngettext, pgettext, together
from campaign.vocabulary.events import KIND_OF
from campaign.vocabulary.status import SITUATION_OF, STATUS, SUFFICIENT
from campaign.vocabulary.status_lines import (
    DEATH_NOT_CONFIRMED,
    ENDS,
    KINDS,
    LINES,
    NO_NEWS,
    NO_RELEASE,
    RELEASE_NOT_CONFIRMED,
    SENTENCED,
)

# Of these the sentence tells enough where nobody knows the place.
BY_SENTENCE = frozenset({"serving_sentence", "under_sentence_of_death"})


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of one status line, in words. `place` as published; dates as a sentence takes them ("in May 2024").

    `heard` is the newest news ("May 2024"), `heard_in` the same as a sentence takes it. `is_fresh` says that it is not
    a year old; `is_over` that the term ended before today and after the last news, `is_past` that it ended before the
    last news. `is_kept` is for words that a document keeps: no clock makes them false. `claimed_free` is a name where
    the authorities say that this person is free.
    """

    code: str
    confidence: str = "single_source"
    kinds: tuple[str, ...] = ()
    place: str = ""
    heard: str = ""
    heard_in: str = ""
    is_kept: bool = False
    is_fresh: bool = False
    is_undisclosed: bool = True
    sentence_kind: str = ""
    length: str = ""
    passed: str = ""
    until: str = ""
    ended: str = ""
    is_reckoned: bool = False
    is_over: bool = False
    is_past: bool = False
    acquitted: str = ""
    died: str = ""
    is_death_confirmed: bool = False
    is_death_reported: bool = False
    claimed_free: str = ""


def status_line(told: Told) -> str:
    """Return what is told of a situation. Raises UnknownCode."""
    STATUS[told.code]
    situation = SITUATION_OF[told.code]
    if situation == "dead":
        return _first(told) if told.is_death_confirmed else gettext(DEATH_NOT_CONFIRMED)
    if situation == "free" and told.confidence not in SUFFICIENT:
        return gettext(RELEASE_NOT_CONFIRMED)
    is_over = told.code == "sentence_over_release_unconfirmed"
    parts = [_over(told) if is_over else _first(told)]
    parts += [] if is_over else [_apart(told), *_of_the_sentence(told)]
    if told.heard and _needs_news(told):
        parts.append(gettext("Last news: {heard}.").format(heard=told.heard))
    if told.is_death_reported:
        parts.append(gettext(DEATH_NOT_CONFIRMED))
    elif told.claimed_free and situation != "free":
        parts.append(claimed_free(told.claimed_free))
    elif not told.is_fresh and situation == "held":
        is_plain = not (where(told) or _is_sentenced(told) or told.is_kept)
        parts.append(gettext(NO_NEWS if is_plain else NO_RELEASE))
    return " ".join(part for part in parts if part)


def claimed_free(name: str) -> str:
    """Return what is said when only the authorities say that somebody is free."""
    return gettext("The authorities say that {name} is free. Nobody independent could confirm it.").format(name=name)


def where(told: Told) -> str:
    """Return the kind of a place and where it is, as a sentence takes it: "in a prison in Ghulja"; "" for neither."""
    kinds = [kind for kind in told.kinds if kind in KINDS]
    if len(kinds) != 1:
        return _in_place(told.place)
    kind = pgettext("where somebody is held", KINDS[kinds[0]])
    if not told.place:
        return kind
    return gettext("{kind} {place}").format(kind=kind, place=_in_place(told.place))


def term_in_words(kind: str, *, years: int = 0, months: int = 0, days: int = 0) -> str:
    """Return how long a sentence is: "15 years", "1 year and 6 months", "life imprisonment", or ""."""
    if kind == "life":
        return gettext("life imprisonment")
    parts = (
        ngettext("{count} year", "{count} years", years).format(count=years) if years else "",
        ngettext("{count} month", "{count} months", months).format(count=months) if months else "",
        ngettext("{count} day", "{count} days", days).format(count=days) if days else "",
    )
    return together([part for part in parts if part])


def sentence_in_words(kind: str, length: str) -> str:
    """Return what somebody was sentenced to, as a sentence takes it: "death with a reprieve of 2 years"; "" unknown."""
    plain = {
        "life": gettext("life imprisonment"),
        "death": gettext("death"),
        "death_with_reprieve": gettext("death with a reprieve"),
        "suspended": gettext("a suspended term, or one outside prison"),
        "administrative": gettext("an administrative term"),
    }
    if not length or kind in {"life", "death"}:
        return plain.get(kind, "")
    longer = {
        "death_with_reprieve": gettext("death with a reprieve of {length}"),
        "suspended": gettext("{length}, suspended or outside prison"),
        "administrative": gettext("an administrative term of {length}"),
    }
    return longer.get(kind, "{length}").format(length=length)


def _first(told: Told) -> str:
    """Return the line of the table that uses the most of the facts."""
    if _is_told_by_the_sentence(told):
        return ""
    facts, lines = _facts(told), LINES[_as(told)]
    best = max((needs for needs in lines if needs <= facts.keys()), key=len)
    words = lines[best][0 if told.is_fresh else 1]
    return gettext(words).format(heard=_heard(told), heard_in=told.heard_in or _heard(told), **facts)


def _as(told: Told) -> str:
    """Return the status whose lines tell where somebody is.

    Who was seen after the end of the term is held and serves no sentence that we know of; and where only the kinds of
    place are open, they are told as of anybody in detention.
    """
    is_past = told.code == "serving_sentence" and told.is_past
    is_open = told.code in BY_SENTENCE and not told.is_fresh and bool(_either(told))
    return "detained_form_unknown" if is_past or is_open else told.code


def _is_told_by_the_sentence(told: Told) -> bool:
    """Whether the sentence is all that is told of who was last heard of at no known place."""
    is_plain = not where(told) and not _either(told) and _as(told) == told.code
    return told.code in BY_SENTENCE and not told.is_fresh and is_plain


def _facts(told: Told) -> dict[str, str]:
    facts = {
        "where": "" if KIND_OF.get(told.code) in {"home", "labour_facility"} else where(told),
        "place": _in_place(told.place),
        "kinds": _either(told),
        "term": sentence_in_words(told.sentence_kind, told.length),
        "sentenced": "yes" if told.sentence_kind else "",
        "undisclosed": "yes" if told.is_undisclosed else "",
        "acquitted": told.acquitted,
        "ended": told.died,
    }
    return {name: words for name, words in facts.items() if words}


def _over(told: Told) -> str:
    facts = {"ended": told.ended} if told.ended else {}
    needs = frozenset({*facts, *(["reckoned"] if facts and told.is_reckoned else [])})
    return gettext(LINES[told.code][needs][0]).format(**facts)


def which_of(told: Told) -> str:
    """Return that it is one of several kinds of places and nobody knows which; "" where that is no question."""
    either = _either(told)
    return gettext("Whether {kinds} we do not know.").format(kinds=either) if either else ""


def _apart(told: Told) -> str:
    """Return the same where the line itself does not say it."""
    return "" if _as(told) == "detained_form_unknown" else which_of(told)


def _either(told: Told) -> str:
    """Return several kinds of places of which it is one: "in an internment camp or a prison"; "" for one or none."""
    kinds = [pgettext("where somebody is held", KINDS[kind]) for kind in told.kinds if kind in KINDS]
    if len(kinds) < 2:
        return ""
    if current().is_english and all(kind.startswith("in ") for kind in kinds):
        kinds[1:] = [kind.removeprefix("in ") for kind in kinds[1:]]
    return str(format_list(kinds, style="or", locale=current().locale))


def _is_sentenced(told: Told) -> bool:
    return told.code in BY_SENTENCE or bool(told.sentence_kind)


def _of_the_sentence(told: Told) -> list[str]:
    """Return what is told of the sentence beside where somebody is, and of its end."""
    if not _is_sentenced(told) or SITUATION_OF[told.code] == "free" or told.code == "unknown":
        return []
    keeps, ended, would_have, reprieve, restricted = (gettext(words) for words in ENDS)
    is_apart = told.sentence_kind == "suspended" or told.code == "sentence_served_outside_prison"
    if is_apart:
        keeps = restricted
    term = sentence_in_words(told.sentence_kind, told.length)
    after = ""
    if told.ended and told.sentence_kind == "death_with_reprieve":
        after = reprieve.format(ended=told.ended) if told.is_over else ""
    elif told.ended and (told.is_past or told.is_over):
        after = (would_have if told.is_reckoned else ended).format(ended=told.ended)
    until = "" if after or told.sentence_kind in {"life", "death", "death_with_reprieve"} else told.until
    if told.is_fresh and told.code == "serving_sentence" and not told.is_past:
        return [keeps.format(until=until) if until else "", after]
    facts: dict[str, Any] = {"passed": told.passed, "term": term, "until": "" if is_apart else until}
    is_ordered = told.sentence_kind == "administrative"
    facts |= {"apart": is_apart and not is_ordered and term, "ordered": is_ordered}
    facts = {name: words for name, words in facts.items() if words}
    said = gettext(SENTENCED[frozenset(facts)]).format(**facts)
    return [said, keeps.format(until=until) if is_apart and until else "", after]


def _needs_news(told: Told) -> bool:
    """Whether no other part of the line says when the last news was."""
    if SITUATION_OF[told.code] == "free":
        return told.code != "in_exile" or told.is_fresh
    if told.code == "unknown":
        return bool(told.acquitted)
    if told.code == "sentence_over_release_unconfirmed":
        return True
    return _is_told_by_the_sentence(told)


def _heard(told: Told) -> str:
    return told.heard or gettext("date not known")


def _in_place(place: str) -> str:
    """Return a place as a sentence takes it; one that says itself where it is ("near Urumqi") as it is."""
    if not place or (current().is_english and place.startswith(("near ", "in "))):
        return place
    return pgettext("where somebody is held", "in {place}").format(place=place)
