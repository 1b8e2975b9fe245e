"""Catalogues: what is looked up, what stands in for what is missing, and which of them are refused."""

import re
import unicodedata
from pathlib import Path

import pytest
from babel import Locale
from babel.messages import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from campaign import languages
from campaign.languages import NoSuchLanguage, catalogue_path, gettext, load, ngettext, pgettext, spoken
from tests.languages import pseudo

ROOT = Path(__file__).parents[2]
TEMPLATE = languages.SHIPPED / "messages.pot"
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8"\n\n'


def template(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def catalogue(folder: Path, text: str) -> Path:
    path = catalogue_path(folder, Locale.parse("eo"))
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + text)
    return folder


def test_what_a_catalogue_lacks_is_said_in_english(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, 'msgid "Menu"\nmsgstr "Menuo"\n\nmsgctxt "page"\nmsgid "Data"\nmsgstr "Datumoj"\n')
    with spoken(load("eo", folder)):
        assert (gettext("Menu"), gettext("Feed"), gettext("Data")) == ("Menuo", "Feed", "Data")
        assert pgettext("page", "Data") == "Datumoj"
        assert ngettext("one", "many", 2) == "many"
    assert gettext("Menu") == "Menu"


@pytest.mark.parametrize("said", ["Konata de {bazo}.", "{basis} %(x)s"])
def test_a_translation_with_a_place_that_nothing_fills_is_refused(tmp_path: Path, said: str) -> None:
    folder = catalogue(tmp_path, f'msgid "Known from {{basis}}."\nmsgstr "{said}"\n')
    with pytest.raises(NoSuchLanguage, match=r"Known from \{basis\}"):
        load("eo", folder)


def test_a_translation_may_leave_a_place_out(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, 'msgid "Known from {basis}."\nmsgstr "Konata."\n')
    with spoken(load("eo", folder)):
        assert gettext("Known from {basis}.").format(basis="x") == "Konata."


def test_english_needs_no_catalogue_and_every_other_language_does() -> None:
    assert load("en") is languages.SOURCE
    assert load("en", prefix="/en").prefix == "/en"
    with pytest.raises(NoSuchLanguage, match="has no catalogue"):
        load("eo")


def test_the_template_catalogue_holds_every_sentence(tmp_path: Path) -> None:
    """Where this fails: `make messages`."""
    out = tmp_path / "messages.pot"
    words = ["pybabel", "-q", "extract", "-F", str(ROOT / "pyproject.toml"), "-k", "gettext_noop", "-o", str(out)]
    CommandLineInterface().run([*words, str(ROOT)])
    found, kept = ({(message.context, message.id) for message in template(path)} for path in (out, TEMPLATE))
    assert found - kept == set()
    assert kept - found == set()


def test_a_made_up_language_keeps_places_and_tags_and_no_english() -> None:
    message = 'Read <a href="%(at)s">all {count} names</a>&nbsp;first'
    assert re.sub("<[^>]*>|{count}|&nbsp;|[^a-zA-Z]", "", pseudo.said(message, "eo")) == ""
    assert pseudo.KEPT.findall(pseudo.said(message, "dv")) == pseudo.KEPT.findall(message)


def test_one_made_up_language_is_two_fifths_longer_and_the_other_runs_from_right_to_left() -> None:
    texts = [message.id for message in template(TEMPLATE) if isinstance(message.id, str)]
    longer = sum(len(pseudo.said(text, "eo")) for text in texts) / sum(len(text) for text in texts)
    assert 1.35 < longer < 1.6
    assert unicodedata.bidirectional(pseudo.said("R", "dv")) == "AL"
