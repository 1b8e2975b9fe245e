"""One place under every spelling; the tree of places; the campaign's own rows."""

import re

import pytest

from campaign.places.current import gazetteer, read_places
from campaign.places.gazetteer import BadPlace
from campaign.places.index import Place


def codes(text):
    return [hit.place.code for hit in gazetteer().find(text)]


@pytest.mark.parametrize(
    "spelling",
    [
        "Ghulja (Yining)",
        "Yining",
        "غۇلجا",
        "伊宁",
        "伊宁市",
        "Kulja",
        "GHULJA",
        "Gulja",
        "Ghulja city",
        "Кульджа",
        "Qulja",
        "غـۇلجا",  # a tatweel between two letters
        "Ghul\u200bja",
        "غۇلجا\u200f",
        "Кульджa",  # the last letter is a Latin one
    ],
)
def test_every_spelling_of_ghulja_finds_the_city_first(spelling):
    assert codes(spelling)[0] == "654002"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ghulja county", "654021"),
        ("伊宁县", "654021"),
        ("Kashgar", "6531"),
        ("Kashgar city", "653101"),
        ("喀什市", "653101"),
        ("Kashgar prefecture", "6531"),
        ("Hotan county", "653221"),
        ("Urumqi county", "650121"),
        ("Shufu", "653121"),
        ("Shule", "653122"),
        ("Tumxuk", "659003"),
        ("石河子", "659001"),
        ("Aral", "659002"),
        ("Wujiaqu", "659004"),
        ("Kashi, Ghulja county", "g1538369"),
    ],
)
def test_the_unit_and_the_neighbours_decide_between_places_of_a_name(text, code):
    assert codes(text)[0] == code


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Urumtschi", "6501"),  # German
        ("Tachkourgan", "653131"),  # French
        ("Konaxahar", "653121"),  # maps of 1976: x is sh
        ("Hsin-yüan", "654025"),  # Wade and Giles
        ("A-k'o-su", "6529"),
        ("Синьюань", "654025"),  # Palladius
        ("Дабаньчэн", "650107"),
    ],
)
def test_the_spelling_of_another_system_sounds_like_the_place(spelling, code):
    assert next((hit.place.code, hit.how) for hit in gazetteer().find(spelling)) == (code, "sounds")


def test_two_places_of_a_name_are_said_to_be_ambiguous():
    ghulja = gazetteer().find("Ghulja")

    assert {"654002", "654021"} <= {hit.place.code for hit in ghulja}
    assert all(hit.is_ambiguous for hit in ghulja)
    assert [hit.is_ambiguous for hit in gazetteer().find("Onsu")] == [False]


def test_a_wrong_letter_still_finds_the_place_and_says_so():
    hits = gazetteer().find("Maralbesha")

    assert [(hit.place.code, hit.how) for hit in hits] == [("653130", "typo")]


def test_another_romanisation_finds_the_place_and_says_so():
    assert [(hit.place.code, hit.how) for hit in gazetteer().find("Khoorla")] == []
    assert gazetteer().find("Qaraqax")[0].place.code == "653222"


@pytest.mark.parametrize("text", ["", " ", "()", "zzzzzz", "county", "!"])
def test_nothing_is_found_for_nothing(text):
    assert gazetteer().find(text) == []


def test_the_parents_of_a_town_lead_to_the_country():
    assert [place.code for place in gazetteer().parents("g13196618")] == ["653121", "6531", "65", "CN"]


def test_a_filter_by_place_asks_for_all_that_lies_in_it():
    assert {"6531", "653101", "653121", "g13196618"} <= set(gazetteer().within("6531"))
    assert "653201" not in gazetteer().within("6531")


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "Konasheher"),
        ("ug", "كوناشەھەر"),
        ("zh", "疏附县"),
        ("zh-Hans", "疏附县"),
        ("zh-Latn", "Shufu"),
        ("ru", "Кона-Шахр"),
    ],
)
def test_a_place_is_named_in_the_language_asked(language, name):
    assert gazetteer().name("653121", language) == name


@pytest.mark.parametrize(("code", "language"), [("36", "ug"), ("654002", "kk"), ("654002", "ky"), ("6505", "tr")])
def test_a_place_without_a_name_in_a_language_is_shown_in_latin(code, language):
    assert gazetteer().name(code, language) == ""
    assert gazetteer().called(code, language) == gazetteer().name(code, "en")


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("654325", "kk", "Шіңгіл"),
        ("654325", "ru", "Чингиль"),
        ("654025", "ru", "Кунес"),
        ("654025", "ug-Cyrl", "Күнәс"),
        ("654025", "kk", ""),
        ("6531", "ug-Cyrl", "Қәшқәр"),
        ("6531", "kk", ""),
        ("CN", "kk", "Қытай"),
        ("CN", "ky", "Кытай"),
        ("TR", "tr", "Türkiye"),
        ("TR", "ug", "تۈركىيە"),
        ("TR", "xx", ""),
        ("TR", "not a tag", ""),
    ],
)
def test_a_name_is_of_its_language_or_absent(code, language, name):
    assert gazetteer().name(code, language) == name


# Letters that a language does not write: a name with one is another language's.
FOREIGN = {
    "ug": re.compile(r"[A-Za-zА-я一-鿿ةأإآحصضطظعثذیکہ]"),
    "ru": re.compile(r"[A-Za-zәғқңөүұһҗіґ\u0600-\u06ff一-鿿]", re.IGNORECASE),
    "kk": re.compile(r"[A-Za-zҗґ\u0600-\u06ff一-鿿]", re.IGNORECASE),
    "ky": re.compile(r"[A-Za-zқғәұһіҗ\u0600-\u06ff一-鿿]", re.IGNORECASE),
    "zh": re.compile(r"[A-Za-zА-я\u0600-\u06ff]"),
}


@pytest.mark.parametrize("language", FOREIGN)
def test_no_place_has_another_languages_letters_in_its_name(language):
    named = {place.code: gazetteer().name(place.code, language) for place in gazetteer()}
    assert {code: name for code, name in named.items() if FOREIGN[language].search(name)} == {}
    if language in {"kk", "ky"}:
        russian = {code for code in named if gazetteer().by_code(code).level != "country"}
        assert [code for code in russian if named[code] and named[code] == gazetteer().name(code, "ru")] == []


def test_labels_tell_a_city_from_its_prefecture():
    assert [gazetteer().label(code) for code in ("6531", "653101", "65")] == [
        "Kashgar Prefecture",
        "Kashgar City",
        "Xinjiang",
    ]
    assert gazetteer().label("653101", "ug") == "قەشقەر شەھىرى"


def test_an_unknown_code_is_an_error():
    with pytest.raises(KeyError):
        gazetteer().by_code("999999")


def test_the_campaign_adds_a_place_and_the_shipped_gazetteer_stays_as_it_is():
    sheet = read_places(["\ufeffCode;Level;Parent;Latin\n", "x-1;town;653121;Bahar"])

    wider = gazetteer().extended(sheet.places)

    assert [hit.place.code for hit in wider.find("Bahar")] == ["x-1"]
    assert "x-1" not in gazetteer()


def test_a_row_of_a_known_code_replaces_the_shipped_one():
    wider = gazetteer().extended([Place("654002", "county", "city", "6540", latin=("Ghulja", "Almazar"))])

    assert [hit.place.code for hit in wider.find("Almazar")] == ["654002"]
    assert wider.by_code("654002").chinese == ()


@pytest.mark.parametrize("parent", ["nowhere", "x-1"])
def test_a_place_in_nothing_or_in_itself_is_refused(parent):
    with pytest.raises(BadPlace):
        gazetteer().extended([Place("x-1", "town", "town", parent, latin=("Bahar",))])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x-2,planet,,Bahar,,", "level"),
        ("x-2,town,,,,", "no name"),
        (",town,,Bahar,,", "code"),
        ("x-2,town,,Bahar,abc,", "not a number"),
        ("x-2,town,,Bahar,99,", "beyond 90"),
        ("x-1,town,,Bahar,,", "twice"),
        ("x-2,town,,Bahar,nan,", "beyond 90"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_the_rest_is_read(row, reason):
    sheet = read_places(["code,level,parent,latin,lat,lon", "x-1,town,653121,Gulzar,39.4,75.9", row])

    assert [place.code for place in sheet.places] == ["x-1"]
    assert [fault.row for fault in sheet.refused] == [3]
    assert reason in sheet.refused[0].reason


def test_an_empty_sheet_holds_nothing():
    assert read_places([]).places == []
