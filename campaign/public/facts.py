"""The facts of a profile in words, and texts in several languages: which are shown, and which way they run."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from campaign import languages
from campaign.languages import current, gettext, gettext_noop, pgettext
from campaign.ledger import reader
from campaign.ledger.documents import Name, Profile, Text
from campaign.ledger.situation import OVER, situation_of
from campaign.public import blueprint
from campaign.public.phrases import (
    age_in_words,
    birth_in_words,
    born_in_words,
    label,
    listed,
    plain,
    region_in_words,
    when_in_words,
)
from campaign.public.sources import NONE, Evidence, Support
from campaign.vocabulary.people import (
    CAMPAIGN_GROUP,
    ETHNICITY,
    GENDER,
    LANGUAGE,
    NAME_KIND,
    OCCUPATION_GROUP,
    RELATION,
    SCRIPT,
)
from campaign.vocabulary.status import SITUATION_OF, STATUS

RTL_LANGUAGES = frozenset({"ar", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


WELL_FORMED = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
# Lists that people look for by name; another scheme is shown as it is written.
SCHEMES = {
    "sheet": gettext_noop("The campaign’s own list"),
    "xvd": gettext_noop("Xinjiang Victims Database"),
    "cecc": gettext_noop("Political prisoner database of the US commission on China"),
    "wikidata": "Wikidata",
}


@blueprint.app_template_filter("tag")
def language_tag(language: str, script: str = "") -> str:
    """Return the BCP 47 tag for a language and a script, "" for what no browser would understand."""
    known = language if WELL_FORMED.fullmatch(language) else ""
    if re.fullmatch("[A-Z][a-z]{3}", script):
        return f"{known.split('-')[0] or 'und'}-{script}"
    return known


@blueprint.app_template_filter("direction")
def direction(language: str) -> str:
    """Return "rtl" or "ltr" for a BCP 47 tag, "auto" where no language is stated."""
    first, _, rest = language.partition("-")
    if not first:
        return "auto"
    # A tag may name its script: Uyghur in Latin letters runs like Latin.
    return "rtl" if first in RTL_LANGUAGES and not rest.startswith(("Latn", "Cyrl")) else "ltr"


@blueprint.app_template_filter("in_page_language")
def in_page_language(texts: Sequence[Text]) -> list[Text]:
    """Return the texts in the page's language; where there is none, all of them: better another than nothing."""
    language = current().code.split("-")[0]
    return [text for text in texts if text.language.split("-")[0] == language] or list(texts)


def other_languages(document: Profile) -> list[tuple[str, str, list[Text]]]:
    """Return the texts that the page does not set in its own language: language, its name, texts in reading order."""
    told: dict[str, list[Text]] = {}
    for texts in (document.summary, document.story, document.quote, document.details):
        shown = in_page_language(texts)
        for text in texts:
            if text not in shown:
                told.setdefault(text.language, []).append(text)
    return [(language, label(LANGUAGE, language.split("-")[0]), texts) for language, texts in told.items()]


@dataclass(frozen=True)
class Fact:
    """One plain fact: what it is called, what it is, which sources say so."""

    label: str
    words: str
    support: Support = NONE


@dataclass(frozen=True)
class ShownRelative:
    """A relative whose own profile is public now."""

    slug: str
    name: str
    relation: str


def plain_facts(document: Profile, evidence: Evidence) -> list[Fact]:
    """Return the row of facts under the sentence of status; what is unknown is left out."""
    people = languages.listed(label(ETHNICITY, code) for code in document.ethnicities if code not in {"", "unknown"})
    rows = (
        (
            gettext("Born") if birth_in_words(document.birth) else gettext("Age"),
            born_in_words(document),
            "birth",
        ),
        (pgettext("fact", "From"), region_in_words(document.origin), "origin"),
        (pgettext("fact", "Work"), document.occupation, "occupation"),
        (gettext("Employer"), document.employer, "employer"),
        (pgettext("fact", "Ethnicity"), people, "ethnicities"),
    )
    return [Fact(title, words, evidence.of(path)) for title, words, path in rows if words]


def on_record(document: Profile, evidence: Evidence) -> list[Fact]:
    """Return what is on record beside the story: for who counts, compares or looks somebody up."""
    status, death = document.status, situation_of(document).death
    # The end of a term is no date of news, and of a death that is only reported the page says so elsewhere.
    as_of = "" if status.code == OVER else when_in_words(status.as_of)
    situation = label(STATUS, status.code) if death != "reported" or SITUATION_OF.get(status.code) != "dead" else ""
    if as_of and situation:
        situation = gettext("{situation}, as of {date}").format(situation=situation, date=as_of)
    gender = "" if document.gender in {"", "not_stated"} else label(GENDER, document.gender)
    field = "" if document.occupation_group in {"", "unknown"} else label(OCCUPATION_GROUP, document.occupation_group)
    is_born_known = document.birth.year_earliest is not None and document.birth.year_latest is not None
    rows = (
        (gettext("Situation"), situation, "status"),
        (gettext("Gender"), languages.listed(dict.fromkeys((gender, document.gender_words))), "gender"),
        (gettext("Age"), age_in_words(document) if is_born_known else "", "birth"),
        (gettext("Field of work"), field, "occupation_group"),
        (gettext("Groups"), listed(label(CAMPAIGN_GROUP, tag) for tag in document.tags), "tags"),
    )
    told = [Fact(title, words, evidence.of(path)) for title, words, path in rows if words]
    elsewhere = [Fact(_list_in_words(entry.scheme), entry.value) for entry in document.outside_ids]
    return [Fact(gettext("Reference"), document.ref), *told, *elsewhere]


def _list_in_words(scheme: str) -> str:
    return gettext(SCHEMES[scheme]) if scheme in SCHEMES else scheme.replace("_", " ").capitalize()


def names_on_record(document: Profile) -> list[tuple[Name, str]]:
    """Return every name with what kind it is, its script, its language and how it is said."""
    return [(name, _name_in_words(name)) for name in document.names]


def _name_in_words(name: Name) -> str:
    parts = (
        label(NAME_KIND, name.kind),
        gettext("{script} script").format(script=label(SCRIPT, name.script)) if name.script else "",
        label(LANGUAGE, name.language.split("-")[0]) if name.language else "",
        gettext("said {sound}").format(sound=plain(name.pronunciation)) if name.pronunciation else "",
    )
    return languages.listed(parts)


def relatives(document: Profile) -> list[ShownRelative]:
    """Return the relatives whose own profile is public now."""
    public = reader.profiles(relative.ref for relative in document.relatives)
    found = ((relative, public.get(relative.ref)) for relative in document.relatives)
    return [
        ShownRelative(other.slug, other.display_name, label(RELATION, relative.relation))
        for relative, other in found
        if other is not None
    ]


def is_name_alone(document: Profile) -> bool:
    """Whether nothing is told of a person but the name and the situation."""
    texts = (document.summary, document.story, document.details, document.quote)
    return not any(texts) and not any(episode.events or episode.stays for episode in document.episodes)
