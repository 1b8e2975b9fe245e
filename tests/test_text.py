"""Folded texts meet what is written, and stored keys of earlier releases are still found."""

import pytest

from campaign.text import folded, folded_for_search, folded_words, visible, without_marks


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
