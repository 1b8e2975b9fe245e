"""What a place cell of a sheet comes to: never more than it says, and a question where it says two things."""

import pytest
from flask import Flask

from campaign.imports.draft import Draft
from campaign.imports.mapping import Map
from campaign.imports.rows import build

COLUMNS = {"from": "home_town", "taken": "last_contact_place", "held": "held_place"}


def draft(**cells: str) -> Draft:
    return build(cells, Map(COLUMNS), key="7", number=2, sheet_year=None)


def said(one: Draft, column: str) -> str:
    return " ".join(warning.message for warning in one.warnings if warning.column == column)


@pytest.mark.parametrize("words", ["Ghulja", "غۇلجا", "伊宁", "Kulja"])
def test_a_cell_that_may_mean_two_counties_is_asked_about_and_neither_is_taken(words: str) -> None:
    one = draft(**{"from": words, "taken": words, "held": f"Prison, {words}"})
    (episode,) = one.file.episodes

    assert (one.file.origin_place, one.file.origin_words) == ("6540", words)
    assert (episode.last_contact_place, episode.held_place) == ("6540", "6540")
    assert (episode.held_words, episode.held_facility_types) == (f"Prison, {words}", ["prison"])
    assert [note.text for note in one.file.notes] == [words]
    question = (
        "This may mean Ghulja City, Ili Prefecture, Xinjiang or Ghulja County, Ili Prefecture, Xinjiang. "
        "Read as Ili Prefecture, Xinjiang until somebody chooses in the case."
    )
    assert {said(one, column) for column in COLUMNS} == {question}


def test_a_name_of_a_prefecture_and_its_city_is_the_prefecture_and_a_question() -> None:
    one = draft(**{"from": "Kashgar"})

    assert one.file.origin_place == "6531"
    assert "Kashgar City" in said(one, "from")


def test_namesakes_that_share_a_country_alone_leave_the_place_open() -> None:
    one = draft(**{"from": "Yiwu", "taken": "Korla or Istanbul"})

    assert (one.file.origin_place, one.file.origin_words) == ("", "Yiwu")
    assert "No place is taken; choose one in the case." in said(one, "from")
    assert [episode.last_contact_place for episode in one.file.episodes] in ([], [""])
    assert "Korla or Istanbul" in [note.text for note in one.file.notes]


def test_a_cell_that_names_one_place_is_that_place_and_no_question() -> None:
    one = draft(**{"from": "Ghulja city", "taken": "Korla", "held": "Prison, Konasheher (Shufu) county"})
    (episode,) = one.file.episodes

    assert (one.file.origin_place, episode.last_contact_place, episode.held_place) == ("654002", "652801", "653121")
    assert one.warnings == []


@pytest.mark.parametrize("words", ["Khashgar", "Nowhere at all", "Zzzz"])
def test_a_misprint_or_a_name_nobody_knows_invents_no_place(words: str) -> None:
    one = draft(**{"from": words})

    assert one.file.origin_place == ""
    assert words in (one.file.origin_words, one.file.last_address)
    assert said(one, "from")


def test_a_place_that_the_campaign_added_is_read_from_the_next_sheet(app: Flask) -> None:
    (app.extensions["settings"].home / "places.csv").write_text("code,level,parent,latin\nx-1,county,6540,Bahar\n")
    with app.app_context():
        assert draft(**{"from": "Bahar county, Ili"}).file.origin_place == "x-1"
    assert draft(**{"from": "Bahar county, Ili"}).file.origin_place == "6540"


@pytest.mark.parametrize(
    "words",
    ["Camp No. 16, Perm province", "Camp in Mongolia", "Mandela camp, Kenya", "Strict regime camp, Krasnoyarsk",
     "Camp No. 5, Mordovia"],
)  # fmt: skip
def test_a_camp_outside_the_region_is_of_no_kind_that_we_know_and_said_so(words: str) -> None:
    one = draft(held=words)
    assert one.file.episodes[0].held_facility_types == ["unknown"]
    assert "its kind is not known" in said(one, "held")
    assert [note.text for note in one.file.notes] == [words]


@pytest.mark.parametrize("words", ["Internment camp, Kashgar", "Kashgar camp", "Re-education camp", "Camp, Xinjiang"])
def test_a_camp_in_the_region_or_without_a_place_is_one_of_internment(words: str) -> None:
    assert draft(held=words).file.episodes[0].held_facility_types == ["internment_camp"]


@pytest.mark.parametrize("words", ["No charge disclosed", "Reason unknown", "不详", "причина неизвестна"])
def test_a_cell_that_says_that_there_is_no_reason_is_kept_and_is_none(words: str) -> None:
    one = build({"charges": words, "held": "Kashgar"}, Map({"charges": "reason_stated", "held": "held_place"}),
                key="7", number=2, sheet_year=None)  # fmt: skip
    assert one.file.episodes[0].reason_stated == ""
    assert [note.text for note in one.file.notes] in ([words], [])


@pytest.mark.parametrize("words", ["Camp Nghe An", "Camp Bucca", "Camp No. 6, Nghe An province", "Freedom camp"])
def test_a_camp_at_a_place_that_nobody_knows_is_of_no_kind_that_we_know(words: str) -> None:
    one = draft(held=words)
    assert one.file.episodes[0].held_facility_types == ["unknown"]
    assert "its kind is not known" in said(one, "held")


@pytest.mark.parametrize("words", ["Camp No. 6", "Re-education camp", "Political re-education camp No. 4"])
def test_a_camp_without_a_place_or_with_a_number_alone_is_one_of_internment(words: str) -> None:
    assert draft(held=words).file.episodes[0].held_facility_types == ["internment_camp"]


@pytest.mark.parametrize(
    "words",
    ["released", "Released in 2019", "at home", "Home", "deceased", "released from Kashgar prison in 2019",
     "Kashgar prison (released 2019)", "Kashgar prison, deceased", "на свободе", "умер", "已释放", "在家", "serbest",
     "أفرج عنه", "آزاد", "en libertad", "décédé", "freigelassen", "missing", "detained", "in custody", "задержан",
     "transferred home", "sent home in 2019"],
)  # fmt: skip
def test_a_cell_that_tells_a_situation_is_no_place_and_told(words: str) -> None:
    one = draft(held=words)
    assert one.file.episodes == []
    assert "not where they are held" in said(one, "held")
    assert [note.text for note in one.file.notes] == [words]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("in prison", ["prison"]),
        ("Under house arrest, Kashgar", ["home"]),
        ("Free Street Prison", ["prison"]),
        ("Late Moon Prison, Kashgar", ["prison"]),
    ],
)
def test_a_place_beside_a_word_of_being_held_is_a_place(words: str, kinds: list[str]) -> None:
    assert draft(held=words).file.episodes[0].held_facility_types == kinds


def test_a_town_that_nobody_knows_is_not_said_to_be_finer_than_a_county() -> None:
    assert "It may be finer than a county" in said(draft(**{"from": "Minsk"}), "from")
