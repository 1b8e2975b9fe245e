"""What stands under the name, and what is on record at the end: plain facts, each with its sources."""

from dataclasses import dataclass

from campaign import languages
from campaign.languages import gettext, gettext_noop, pgettext
from campaign.ledger import reader
from campaign.ledger.documents import Name, Profile
from campaign.public.support import NONE, Evidence, Support
from campaign.public.telling import age_in_words, born_in_words, region_in_words, when_in_words
from campaign.public.wording import label, listed, plain
from campaign.vocabulary import (
    CAMPAIGN_GROUP,
    ETHNICITY,
    GENDER,
    LANGUAGE,
    NAME_KIND,
    OCCUPATION_GROUP,
    RELATION,
    SCRIPT,
    STATUS,
)

# Lists that people look for by name; another scheme is shown as it is written.
SCHEMES = {
    "sheet": gettext_noop("The campaign’s own list"),
    "xvd": gettext_noop("Xinjiang Victims Database"),
    "cecc": gettext_noop("Political prisoner database of the US commission on China"),
    "wikidata": "Wikidata",
}


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
            gettext("Born") if document.birth.year_earliest is not None else gettext("Age"),
            born_in_words(document),
            "birth",
        ),
        (pgettext("fact", "From"), region_in_words(document.origin), "origin"),
        (pgettext("fact", "Work"), document.occupation, "occupation"),
        (gettext("Employer"), document.employer, "employer"),
        (pgettext("fact", "People"), people, "ethnicities"),
    )
    return [Fact(title, words, evidence.of(path)) for title, words, path in rows if words]


def on_record(document: Profile, evidence: Evidence) -> list[Fact]:
    """Return what is on record beside the story: for who counts, compares or looks somebody up."""
    status = document.status
    as_of = when_in_words(status.as_of)
    situation = label(STATUS, status.code)
    if as_of:
        situation = gettext("{situation}, as of {date}").format(situation=situation, date=as_of)
    gender = "" if document.gender in {"", "not_stated"} else label(GENDER, document.gender)
    field = "" if document.occupation_group in {"", "unknown"} else label(OCCUPATION_GROUP, document.occupation_group)
    is_born_known = document.birth.year_earliest is not None
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
