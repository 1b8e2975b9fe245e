"""What a place cell of a sheet says. The cells are invented; each carries a trap of a real one."""

import re

import pytest

from campaign.places.current import gazetteer
from campaign.places.reading import parse


def words(text):
    return re.findall(r"\w+", text)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Ghulja (Yining) County", "654021"),
        ("Toqsu (Xinhe), Aksu prefecture", "652925"),
        ("Konasheher (Shufu) county, Kashgar", "653121"),
        ("Kona Sheher County, Kashgar Prefecture", "653121"),
        ("Qapqal county (Chábùchá'ěr Xībó Zìzhìxiàn)", "654022"),
        ("Kargilik, Kashgar province", "653126"),
        ("Kucha County", "652902"),
        ("Bole City", "652701"),
        ("Turpan region", "6504"),
        ("Kashgar city", "653101"),
        ("Shuimogou District, Urumqi", "650105"),
        ("新疆喀什地区疏附县", "653121"),
        ("قەشقەر ۋىلايىتى، كونىشەھەر ناھىيىسى", "653121"),
        ("Кульджа", "654002"),
        ("Beijing", "11"),
        ("Istanbul, Turkey", "TR-34"),
        ("Edirne, Turkey", "TR"),
        ("Xi'an", "6101"),
        ("city of Hotan", "653201"),
        ("Yiwu, Zhejiang", "330782"),
        ("Qeshqer", "6531"),
    ],
)
def test_a_cell_names_its_county_or_something_wider(cell, code):
    assert parse(cell).code == code


@pytest.mark.parametrize(
    ("cell", "code", "finer"),
    [
        ("Toqquzaq town, Konasheher (Shufu) county, Kashgar", "653121", "Toqquzaq town"),
        ("Toqquzaq town Konasheher county Kashgar", "653121", "Toqquzaq town"),
        ("Bahar Village, Tallik Town, Kashgar Prefecture", "6531", "Bahar Village, Tallik Town"),
        ("Ming Yol Lu, Onsu county (Wensu) ", "652922", "Ming Yol Lu"),
        ("Toli Zhen, Toli County, Tarbaghatay", "654224", "Toli Zhen"),
        ("Aksu Road 12, Urumqi", "6501", "Aksu Road 12"),
        ("Bayandai, Ghulja (Yining)", "654002", "Bayandai"),
        ("疏附县托克扎克镇", "653121", "托克扎克镇"),
        ("Awati town", "6531", "Awati town"),
    ],
)
def test_what_is_finer_than_a_county_goes_to_the_confidential_address(cell, code, finer):
    reading = parse(cell)

    assert (reading.code, reading.finer) == (code, finer)


def test_the_code_that_may_be_public_is_never_a_town():
    towns = [place for place in gazetteer() if place.level == "town"]

    for town in towns:
        read = parse(f"{town.latin[0]} town, {gazetteer().name(town.parent)}")
        assert not read.code or gazetteer().by_code(read.code).level != "town", town


@pytest.mark.parametrize(
    ("cell", "types", "name", "code"),
    [
        ("Prison", ("prison",), "", ""),
        ("Prison, Ghulja (Yining) ", ("prison",), "", "654002"),
        ("Internment camp or in prison", ("internment_camp", "prison"), "", ""),
        (
            "Internment camp or in prison, Kelpin County, Aksu Prefecture",
            ("internment_camp", "prison"),
            "",
            "652929",
        ),
        ("No.9 Women’s Prison, Ghulja (Yining) County", ("prison",), "No.9 Women’s Prison", "654021"),
        ("District Detention Centre, Midong ", ("pretrial_centre",), "District Detention Centre", "650109"),
        ("Toli People's Hospital, Toli County", ("hospital",), "Toli People's Hospital", "654224"),
        ("Prison, Turpan region", ("prison",), "", "6504"),
        ("乌鲁木齐第九监狱", ("prison",), "乌鲁木齐第九监狱", "6501"),
        ("تۈرمە، غۇلجا شەھىرى", ("prison",), "", "654002"),
        ("Unknown prison", ("prison",), "", ""),
        ("Re-education camp, Korla", ("internment_camp",), "", "652801"),
    ],
)
def test_a_facility_is_a_kind_of_place_and_never_a_sentence(cell, types, name, code):
    reading = parse(cell)

    assert (reading.facility_types, reading.facility_name, reading.code) == (types, name, code)
    assert not reading.is_sentence


def test_whose_home_it_is_stays_at_the_desk():
    reading = parse("At her aunt's house in Korla")

    assert (reading.code, reading.facility_types, reading.finer) == ("652801", ("home",), "At her aunt's house")
    assert parse("her home").finer == "her home"


@pytest.mark.parametrize("cell", ["Unknown", " unknown. ", "", "-", "N/A", "not known", "未知", "Неизвестно", "?"])
def test_unknown_is_not_a_place(cell):
    reading = parse(cell)

    assert reading.is_unknown
    assert not reading.code


@pytest.mark.parametrize(
    "cell",
    [
        "Deported from Thailand to Xinjiang",
        "She was asked by police to come to the station. She has not been seen since.",
        "被警察从家里带走，后来没有消息",
        "Arrested at work in Korla",
        "word " * 5000,
    ],
)
def test_a_story_in_a_place_column_is_a_note(cell):
    reading = parse(cell)

    assert reading.is_sentence
    assert not reading.code
    assert reading.parts[0].text == cell


def test_a_story_tells_which_places_it_mentions():
    assert parse("Deported from Thailand to Xinjiang").alternatives == ("TH", "65")


@pytest.mark.parametrize(
    ("cell", "code", "others"),
    [
        ("Ghulja (Yining)", "654002", ("654021",)),
        ("Kashgar", "6531", ("653101",)),
        ("Urumqi or Kashgar", "65", ("6501", "6531")),
        ("Urumqi", "6501", ()),
    ],
)
def test_a_name_of_two_places_says_so(cell, code, others):
    reading = parse(cell)

    assert (reading.code, reading.alternatives) == (code, others)
    assert reading.is_ambiguous == bool(others)


@pytest.mark.parametrize(
    ("cell", "certain"),
    [
        ("Ghulja", "6540"),
        ("Ghulja city", "654002"),
        ("Kashgar", "6531"),
        ("Toqquzaq town, Konasheher county", "653121"),
        ("Urumqi or Kashgar", "65"),
        ("Korla or Istanbul", ""),
        ("Urumqi", "6501"),
    ],
)
def test_what_is_certain_holds_whichever_place_is_meant(cell, certain):
    assert parse(cell).certain == certain


def test_a_misprint_is_suggested_and_not_taken():
    reading = parse("Khashgar")

    assert (reading.code, reading.finer) == ("", "Khashgar")
    assert reading.suggestions == ("6531", "653101")


def test_the_region_comes_before_a_namesake_elsewhere():
    assert (parse("Yiwu").code, parse("Yiwu").alternatives) == ("650522", ("330782",))


def test_a_unit_without_a_name_is_no_place_and_not_lost():
    assert (parse("the county").code, parse("the county").finer) == ("", "county")


def test_near_and_possibly_are_remembered():
    assert parse("Prison, near Urumqi").is_near
    assert parse("possibly Urumqi").is_doubtful
    assert parse("Urumqi?").is_doubtful
    assert not parse("Urumqi").is_doubtful


@pytest.mark.parametrize(
    ("cell", "precision"), [("Korla", "county"), ("Kashgar", "prefecture"), ("Turkey", "region"), ("Prison", "")]
)
def test_the_precision_is_that_of_the_code(cell, precision):
    assert parse(cell).precision == precision


@pytest.mark.parametrize(
    "cell",
    [
        "Almazar Prison, Ghulja (Yining) ",
        "At aunt's house in Korla",
        "Baren Zhen, Ming Ariq Village, Peyzawat County (Jiashi), Kashgar Prefecture",
        "Ghulja [Yining] — County / 伊宁县",
        "held in or near the prison of Xyzzy, possibly Atush; or Ürümqi (乌鲁木齐)",
    ],
)
def test_no_word_is_lost(cell):
    assert words(" ".join(part.text for part in parse(cell).parts)) == words(cell)
