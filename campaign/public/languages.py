"""Texts in several languages on a page that has one: which are shown, and which way they run."""

import re
from collections.abc import Sequence

from campaign.languages import current
from campaign.ledger.documents import Profile, Text
from campaign.public import blueprint
from campaign.public.wording import label
from campaign.vocabulary import LANGUAGE

RTL_LANGUAGES = frozenset({"ar", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


WELL_FORMED = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


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
