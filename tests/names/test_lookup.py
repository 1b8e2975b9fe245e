"""Keys of names: any string has some or none, in bounded time, the same in every process."""

import subprocess
import sys
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from campaign.names.blocking_keys import MAX_KEYS, MAX_QUERY_KEYS, keys, query_keys
from campaign.names.matching import score
from campaign.names.reading import fold, forms, romanise, slug_tail
from campaign.names.reasons import why
from campaign.names.scripts import first_letter, script_of

STRANGE = [
    "",
    " ",
    "\ud800",
    "Nurel \udc00 Bakriyev",
    "\x00\x01\x02",
    "' OR 1=1; DROP TABLE names; --",
    '"name" NEAR/2 (a* OR b)',
    "🙂🙂",
    "()[]{}",
    "((((" * 500,
    "word " * 10_000,
    "ا" * 10_000,
    "魏" * 10_000,
    "a" * 10_000,
    "а́" * 5_000,
    "x" * 400,
    "xq" * 200,
    "%_\\",
    "ཀུན་མཆོག",
    "\u202e\u200f",
]


@pytest.mark.parametrize("text", STRANGE, ids=lambda text: ascii(text[:12]))
def test_any_string_gets_an_answer_in_time(text: str) -> None:
    start = perf_counter()
    why(score(text, "Nurel Bakriyev"))
    assert (len(keys(text)) <= MAX_KEYS, len(query_keys(text)) <= MAX_QUERY_KEYS) == (True, True)
    assert slug_tail(text) == slug_tail(text).strip("-")
    assert perf_counter() - start < 2


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=80), st.text(max_size=40))
@example("'𠀀", "")  # an apostrophe beside a character that no table reads
def test_no_string_is_an_error(text: str, other: str) -> None:
    assert 0 <= score(text, other).score <= 1
    assert script_of(text).isalpha()
    assert (romanise(text) + fold(text)).isascii()
    assert isinstance(first_letter(text), str)
    assert set(slug_tail(text)) <= set("abcdefghijklmnopqrstuvwxyz-")


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_a_name_meets_its_own_keys(text: str) -> None:
    assert keys(text) <= set(query_keys(text)) or len(keys(text)) > 100
    assert bool(keys(text)) == bool(forms(text).names) or not any(
        token.folded for name in forms(text).names for token in name.tokens
    )


def test_keys_are_the_same_in_another_process() -> None:
    code = "from campaign.names.blocking_keys import keys; print(sorted(keys('Nurel Бакриев (魏兰英)')))"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert other == str(sorted(keys("Nurel Бакриев (魏兰英)")))


def test_a_process_that_has_seen_only_latin_stays_light() -> None:
    code = (
        "import sys; from campaign.names.blocking_keys import keys, query_keys; "
        "from campaign.names.matching import score; keys('Nurel Bakriyev');"
        "query_keys('Nurel Bakrijew'); score('Ali Haji', 'Nurel Bakrijew');"
        "print(sorted({'pypinyin', 'umsc', 'flask', 'sqlalchemy'} & set(sys.modules)))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == "[]"
