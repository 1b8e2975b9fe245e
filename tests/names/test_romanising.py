"""Scripts told, names in plain letters for addresses and labels."""

import pytest

from campaign.names.reading import fold, romanise, slug_tail
from campaign.names.scripts import first_letter, script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Nurel", "Latn"),
        ("Нурел", "Cyrl"),
        ("نۇرېل", "Arab"),
        ("魏兰英", "Hani"),
        ("魏兰英 W.", "Hani"),
        ("Нурeл", "Cyrl"),
        ("ნურელ", "Geor"),
        ("נור", "Hebr"),
        ("ሀብታሙ", "Ethi"),
        ("အောင်ဆန်း", "Mymr"),
        ("បុប្ផា", "Khmr"),
        ("ສົມພອນ", "Laoo"),
        ("সালমা", "Beng"),
        ("ਗੁਰਪ੍ਰੀਤ", "Guru"),
        ("முருகன்", "Taml"),
        ("ܐܒܪܗܡ", "Syrc"),
        ("ⵣⵉⵔⵉ", "Tfng"),
        ("𐌰𐌱", "Zzzz"),
        ("123 !", "Zyyy"),
        ("", "Zyyy"),
        ("\ud800", "Zyyy"),
    ],
)
def test_the_script_of_a_text_is_that_of_most_of_its_letters(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("ئابلىمىت سادىر", "ئا"),
        ("ئىلشات", "ئى"),
        ("نۇرېل", "ن"),
        ("(ötkür)", "Ö"),
        ("é\u0301", "É\u0301"),
        ("魏兰英", "魏"),
        ("нурел", "Н"),
        ("12", ""),
    ],
)
def test_the_first_letter_keeps_what_belongs_to_it(text: str, letter: str) -> None:
    assert first_letter(text) == letter


@pytest.mark.parametrize(
    ("text", "roman", "tail"),
    [
        ("ئابلىمىت توختىئاخۇن", "ablimit tokhtiakhun", "ablimit-tokhtiakhun"),
        ("Нурел Бакриев", "nurel bakriev", "nurel-bakriev"),
        ("魏兰英", "wei lanying", "wei-lanying"),
        ("阿布力米提·萨迪尔", "abulimiti sadier", "abulimiti-sadier"),
        ("محمد نورزاد", "muhammad nurzad", "muhammad-nurzad"),
        ("مەمەت سادىر", "memet sadir", "memet-sadir"),
        ("Elşan Kərimoğlu", "elshan kerimoghlu", "elshan-kerimoghlu"),
        ("Rustemjan Sadir (Bahar)", "rustemjan sadir", "rustemjan-sadir"),
        ("🙂", "", ""),
    ],
)
def test_names_of_every_script_have_a_readable_address(text: str, roman: str, tail: str) -> None:
    assert (romanise(text), slug_tail(text)) == (roman, tail)


@pytest.mark.parametrize("text", ["Nurell BAKRIYEV", "nurel-bakriyev", "Nurel\u200bBakriyev"])
def test_folding_forgets_case_marks_and_doubled_letters(text: str) -> None:
    assert fold(text) == "nurelbakriyev"
