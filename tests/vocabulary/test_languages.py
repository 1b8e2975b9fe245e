"""Every script and language that CLDR has a name for may be stored; those that the campaign writes come first."""

import pytest
from babel import Locale

from campaign.cases.checks import check
from campaign.cases.file import CaseFile, Name, Text
from campaign.vocabulary.people import LANGUAGE, SCRIPT

ENGLISH = Locale("en")
CODES = (
    "vi",
    "ko",
    "my",
    "ti",
    "am",
    "he",
    "az",
    "be",
    "uk",
    "hy",
    "ka",
    "hi",
    "th",
    "ku",
    "ps",
    "ug",
    "kk",
    "ky",
    "bo",
)


def test_every_script_and_language_of_cldr_may_be_stored() -> None:
    scripts, languages = ENGLISH.scripts, [code for code in ENGLISH.languages if "_" not in code]
    names = [Name(id=f"{number:08x}", text="A", script=script) for number, script in enumerate(scripts)]
    texts = [Text(id=f"{number:08x}", language=code) for number, code in enumerate(languages, len(names))]
    assert check(CaseFile(names=names, texts=texts)) == []


@pytest.mark.parametrize("code", CODES)
def test_a_language_is_found_by_its_english_name_and_by_its_code(code: str) -> None:
    label = ENGLISH.languages[code]
    assert LANGUAGE.label(code) == label
    assert {LANGUAGE.by_words(label), LANGUAGE.by_words(f" {label.upper()} "), LANGUAGE.by_words(code)} == {code}


@pytest.mark.parametrize(
    ("code", "label"), [("Ethi", "Ethiopic"), ("Mymr", "Myanmar"), ("Hebr", "Hebrew"), ("Thai", "Thai")]
)
def test_a_script_is_called_as_in_cldr(code: str, label: str) -> None:
    assert SCRIPT.label(code) == label
    assert SCRIPT.by_words(label) == code


def test_the_campaigns_own_come_first_and_keep_their_words() -> None:
    assert [term.code for term in SCRIPT.every][:7] == ["Latn", "Arab", "Cyrl", "Hani", "Tibt", "Mong", "Zyyy"]
    assert [term.code for term in LANGUAGE.every][:4] == ["en", "ug", "kk", "ky"]
    assert (SCRIPT.label("Hani"), LANGUAGE.label("und")) == ("Chinese", "Not known")
    for vocabulary in (SCRIPT, LANGUAGE):
        labels = [term.label.casefold() for term in vocabulary.every]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("words", ["", "Klingonic", "zz-Latn", "Latin letters of the moon"])
def test_what_is_in_no_list_is_no_code(words: str) -> None:
    assert SCRIPT.by_words(words) == ""
