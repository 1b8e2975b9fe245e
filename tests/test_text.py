"""Folded texts meet what is written, and stored keys of earlier releases are still found."""

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from campaign.text import (
    INVISIBLE,
    comparable,
    entered,
    folded,
    folded_for_search,
    folded_words,
    is_entered,
    readings,
    visible,
    without_marks,
)

# Direction controls, soft hyphen, zero-width space, word joiner, byte-order mark, a tag, a filler, a joiner of marks.
MEANINGLESS = (
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u00ad\u200b\u2060\ufeff\U000e0041"
)
MEANINGLESS += "\u3164\uffa0\u034f\u2063\u206f"
# Joiners of letters, variation selectors of emoji, of Han and of Mongolian, the Mongolian vowel separator.
SHAPING = "\u200c\u200d\ufe0f\U000e0100\u180b\u180e"
ANY_TEXT = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(MEANINGLESS + SHAPING)))
NAMES = st.sampled_from(
    ["Айгүл Қасым", "ئايگۈل قاسىم", "Aygül Qasim", "علی‌رضا", "阿依古丽", "བཀྲ་ཤིས", "အောင်", "ሀብታሙ", "김철수", "אילנה"]
)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("Élan", "elan"), ("ＧＨＵＬＪＡ", "ghulja"), ("Straße", "strasse"), ("İlham", "ilham"), ("ئالىم", "ئالىم")],
)
def test_case_accents_and_widths_are_no_difference(written, kept):
    assert folded(written) == folded(kept)


def test_words_stand_apart_whatever_stood_between_them():
    assert folded_words("  Abdu-Rehim,  ÉLAN\n") == "abdu rehim elan"


def test_the_search_index_keeps_one_form_of_a_letter_and_no_control():
    assert folded_for_search("یېزا") == folded_for_search("ييزا")
    assert folded_for_search("a\x00b\ud800c") == "a b c"


def test_invisible_characters_and_vowel_signs_are_left_out():
    assert visible("mu\u200bham\u00admad مُحَمَّد") == "muhammad محمد"


def test_marks_go_and_letters_stay():
    assert without_marks("Ürümçi") == "Urumci"


def test_what_is_invisible_is_what_unicode_calls_ignorable():
    ignorable = regex.compile(r"\p{Default_Ignorable_Code_Point}")
    letters = map(chr, range(0x110000))
    assert [hex(ord(one)) for one in letters if bool(ignorable.match(one)) != bool(INVISIBLE.match(one))] == []


@given(ANY_TEXT)
def test_a_text_comes_in_composed_and_without_what_means_nothing(text):
    kept = entered(text)
    assert unicodedata.is_normalized("NFC", kept)
    assert set(kept).isdisjoint(MEANINGLESS)
    assert [one for one in kept if one in SHAPING] == [one for one in text if one in SHAPING]
    assert entered(kept) == kept
    assert is_entered(text) == (kept == text)


@given(NAMES, st.lists(st.tuples(st.integers(0, 20), st.sampled_from(MEANINGLESS)), min_size=1, max_size=5))
def test_one_name_is_kept_in_one_form_whatever_is_hidden_in_it(name, hidden):
    typed = unicodedata.normalize("NFD", name)
    for place, sign in hidden:
        typed = typed[:place] + sign + typed[place:]
    assert entered(typed) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("form", [comparable, folded, folded_words, folded_for_search, visible])
@given(name=NAMES, hidden=st.lists(st.tuples(st.integers(0, 20), st.sampled_from(MEANINGLESS + SHAPING)), max_size=5))
def test_no_comparison_sees_what_is_hidden_in_a_name(form, name, hidden):
    typed = name
    for place, sign in hidden:
        typed = typed[:place] + sign + typed[place:]
    assert form(typed) == form(name)


def test_what_is_invisible_is_read_as_joining_and_as_parting():
    assert readings("علی\u200cرضا") == ("علیرضا", "علی رضا")
    assert readings("Ali Riza") == ("Ali Riza",)
