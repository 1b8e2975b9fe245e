"""No text makes the reading fail, nor lose a word."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.places.current import gazetteer
from campaign.places.reading import parse
from campaign.places.scanning import WORD

NAMES = sorted({name for place in gazetteer() for name in place.names()})
PIECES = st.sampled_from(
    [*NAMES, "prison", "county", "town", "or", "(", ")", ",", "unknown", "near", "home", "村", "12"]
)


@given(st.text(alphabet=st.characters(codec=None), max_size=300))
@settings(deadline=None)
def test_any_text_is_read(text):
    reading = parse(text)

    assert reading.written == text
    gazetteer().find(text)


@given(st.lists(PIECES, max_size=12).map(" ".join))
@settings(deadline=None)
def test_places_in_any_order_lose_no_word(text):
    reading = parse(text)

    assert WORD.findall(" ".join(part.text for part in reading.parts)) == WORD.findall(text)
    assert not reading.code or gazetteer().by_code(reading.code).level != "town"


def test_ten_thousand_words_half_a_surrogate_and_nul_are_read_at_once():
    begun = time.perf_counter()

    for text in (
        "Kashgar " * 10_000,
        "(" * 100_000,
        "\ud800 Kashgar",
        "\0Kashgar",
        "'; DROP TABLE places; --",
        "喀" * 599,
    ):
        assert parse(text).written == text
        gazetteer().find(text)

    assert time.perf_counter() - begun < 2
