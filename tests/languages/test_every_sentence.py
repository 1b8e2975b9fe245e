"""No page that a visitor may open keeps a word of English in another language, but for what profiles hold."""

import re

import pytest
from flask import Flask

from tests.languages.people import DATA, everybody
from tests.languages.pseudo import CODES
from tests.languages.reading import english, texts

# Canaries of the document that has every field, references, digests of copies.
PATTERNS = (r"Canary\d+x", r"localhost[\w/]*", r"FXD-\d+(-\w+)*", r"[0-9a-f]{64}", "WGAD", "[Nn]obody")
PAGES = (
    "/",
    "/profiles",
    "/profiles?ethnicity=kazakh&gender=female&year=2019",
    "/profiles?ethnicity=nobody",
    "/profiles?q=Нурлан",
    "/profiles?q=Нурлан&ethnicity=kazakh",
    "/profiles?q=Нурлан&ethnicity=tajik",
    "/profiles?q=яяяяяяя",
    f"/profiles?q={'я' * 300}",
    "/about",
    "/methodology",
    "/privacy",
    "/data",
    "/nothing",
    "/profiles/FXD-40790",
    *(f"/profiles/{person.slug}" for person in everybody() if person.ref != "FXD-40790"),
    "/profiles/FXD-40718-somebody/history",
    "/profiles/FXD-40792/history",
)


def left(page: str, code: str) -> list[str]:
    """Return what is still English of a page."""
    found = [re.sub("|".join(PATTERNS), " ", text) for text in texts(page)]
    return list(english(found, DATA, code))


@pytest.mark.parametrize("code", CODES)
def test_no_word_of_a_page_stays_english(spoken: Flask, code: str) -> None:
    visitor = spoken.test_client()
    found = {path: left(visitor.get(f"/{code}{path}").text, code) for path in PAGES}
    assert {path: words for path, words in found.items() if words} == {}


def test_the_reader_sees_what_was_left_in_a_text_and_in_an_attribute() -> None:
    page = '<p>ķļɱ <b>Left</b></p><img alt="Also left"><input placeholder="x1"><pre>curl</pre><p>Canary7x Majo 2017</p>'
    assert left(page, "eo") == ["Left", "Also left", "x1"]
