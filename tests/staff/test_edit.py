"""Writing a case: nothing typed is lost, nothing untouched changes."""

import re
from collections.abc import Callable

from flask import Flask

from campaign.cases import queries, revisions
from campaign.cases.models import Case
from tests.staff.conftest import Person, controls
from tests.staff.writing import written

NAME = "Mahire Bulaqbeg"


def head(app: Flask, ref: str) -> object:
    with app.app_context():
        return revisions.head(queries.any_by_ref(ref))


def test_a_form_that_nobody_touched_saves_nothing(edo: Person, case_of: Callable[[str], Case]) -> None:
    ref = edo.opens_case(NAME)
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref, confidential=True))
    assert case_of(ref).version == 1


def test_a_date_is_kept_as_written_and_read(app: Flask, edo: Person) -> None:
    ref = edo.opens_case(NAME)
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | {"birth": "June-July 1967"})
    birth = head(app, ref).birth
    assert (birth.written, birth.edtf) == ("June-July 1967", "1967-06/1967-07")


def test_a_row_is_added_and_removed_without_a_script_and_keeps_what_was_typed(edo: Person) -> None:
    ref = edo.opens_case(NAME)
    page = edo.posts(
        f"/cases/{ref}/edit", 200, **edo.typed(ref) | {"occupation": "botanist", "add-episodes": "1"}
    ).get_data(as_text=True)
    assert 'name="episodes-0-start"' in page
    assert 'value="botanist"' in page
    from tests.staff.conftest import controls

    inner = edo.posts(f"/cases/{ref}/edit", 200, **controls(page) | {"add-episodes-0-events": "1"})
    assert 'name="episodes-0-events-0-date"' in inner.get_data(as_text=True)
    gone = edo.posts(f"/cases/{ref}/edit", 200, **controls(inner.get_data(as_text=True)) | {"remove-episodes-0": "1"})
    assert 'name="episodes-0-start"' not in gone.get_data(as_text=True)
    assert 'value="botanist"' in gone.get_data(as_text=True)


def test_what_is_hidden_in_what_was_typed_is_not_kept(app: Flask, edo: Person) -> None:
    ref = edo.opens_case("Mahire\u200b \u202eBulaqbeg\u2069")
    typed = {"occupation": "bota\u00adnist", "birth": "\u200f1967", "names-0-pronunciation": "ma\ufeff-hi-re"}
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | typed | {"tags": "one\u2060, two", "reason": "To\u202dld."})
    file = head(app, ref)
    assert (file.names[0].text, file.names[0].pronunciation) == (NAME, "ma-hi-re")
    assert (file.occupation, file.birth.written, file.tags) == ("botanist", "1967", ["one", "two"])
    with app.app_context():
        assert revisions.history(queries.any_by_ref(ref))[0].reason == "Told."


def test_any_script_and_language_is_typed_by_its_name_or_its_code(app: Flask, edo: Person) -> None:
    ref = edo.opens_case("ሀብታሙ")
    page = edo.posts(f"/cases/{ref}/edit", 200, **edo.typed(ref) | {"add-texts": "1"}).get_data(as_text=True)
    offered = page[page.index('<datalist id="list-language"') :]
    assert offered.index("Uyghur") < offered.index("Amharic")
    typed = controls(page) | {"texts-0-language": " amharic ", "texts-0-text": "ሀ", "names-0-script": "ETHI"}
    edo.posts(f"/cases/{ref}/edit", **typed)
    file = head(app, ref)
    assert (file.names[0].script, file.texts[0].language) == ("Ethi", "am")
    again = edo.typed(ref)
    assert (again["names-0-script"], again["texts-0-language"]) == ("Ethiopic", "Amharic")
    edo.posts(f"/cases/{ref}/edit", **again)
    assert head(app, ref) == file
    wrong = edo.posts(f"/cases/{ref}/edit", 422, **again | {"names-0-script": "Moonish"}).get_data(as_text=True)
    assert "“Moonish” is not in the list." in wrong


def test_an_error_answers_422_with_a_link_to_its_field_and_everything_typed(edo: Person) -> None:
    ref = edo.opens_case(NAME)
    typed = edo.typed(ref) | {"origin_place": "Nowhere at all", "occupation": "botanist", "names-0-text": " "}
    page = edo.posts(f"/cases/{ref}/edit", 422, **typed).get_data(as_text=True)
    assert 'href="#origin_place"' in page
    assert 'aria-invalid="true"' in page
    assert 'value="Nowhere at all"' in page
    assert 'value="botanist"' in page


def test_what_the_file_itself_refuses_stands_beside_its_field(edo: Person) -> None:
    ref = edo.opens_case(NAME)
    page = edo.posts(f"/cases/{ref}/edit", 422, **edo.typed(ref) | {"names-0-text": ""}).get_data(as_text=True)
    assert 'href="#names-0-text"' in page
    assert 'id="names-0-text-error"' in page


def test_confidential_fields_stay_as_they_are_where_the_form_did_not_show_them(app: Flask, edo: Person) -> None:
    ref = edo.opens_case(NAME)
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref, confidential=True) | {"last_address": "12 Plane Tree Lane"})
    assert "last_address" not in edo.typed(ref)
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | {"occupation": "botanist"})
    assert head(app, ref).last_address == "12 Plane Tree Lane"
    assert head(app, ref).occupation == "botanist"


def test_what_only_one_of_two_changed_is_merged_without_asking(app: Flask, edo: Person, noor: Person) -> None:
    ref = edo.opens_case(NAME)
    mine, theirs = edo.typed(ref), noor.typed(ref)
    noor.posts(f"/cases/{ref}/edit", **theirs | {"employer": "A botanical garden"})
    edo.posts(f"/cases/{ref}/edit", **mine | {"occupation": "botanist"})
    assert (head(app, ref).employer, head(app, ref).occupation) == ("A botanical garden", "botanist")


def test_a_stale_save_shows_before_theirs_and_mine_and_saves_what_was_chosen(
    app: Flask, edo: Person, noor: Person
) -> None:
    ref = edo.opens_case(NAME)
    mine, theirs = edo.typed(ref), noor.typed(ref)
    noor.posts(f"/cases/{ref}/edit", **theirs | {"occupation": "teacher"})
    mine |= {"occupation": "botanist", "employer": "A school"}
    page = edo.posts(f"/cases/{ref}/edit", 409, **mine).get_data(as_text=True)
    assert "teacher" in page
    assert "botanist" in page
    assert 'name="employer" value="A school"' in page
    edo.posts(f"/cases/{ref}/edit", **mine | {"choice-occupation": "mine"})
    assert (head(app, ref).occupation, head(app, ref).employer) == ("botanist", "A school")


def test_a_third_save_that_the_editor_never_saw_is_not_overwritten_by_their_choice(
    app: Flask, edo: Person, noor: Person
) -> None:
    ref = edo.opens_case(NAME)
    mine = edo.typed(ref) | {"occupation": "botanist"}
    noor.posts(f"/cases/{ref}/edit", **noor.typed(ref) | {"occupation": "teacher"})
    page = edo.posts(f"/cases/{ref}/edit", 409, **mine).get_data(as_text=True)
    assert 'name="seen_version" value="2"' in page
    noor.posts(f"/cases/{ref}/edit", **noor.typed(ref) | {"occupation": "poet"})
    chosen = mine | {"choice-occupation": "mine", "seen_version": "2"}
    again = edo.posts(f"/cases/{ref}/edit", 409, **chosen).get_data(as_text=True)
    assert "poet" in again
    assert re.findall(r'name="seen_version" value="(\d+)"', again) == ["3"]
    assert head(app, ref).occupation == "poet"
    edo.posts(f"/cases/{ref}/edit", **chosen | {"seen_version": "3"})
    assert head(app, ref).occupation == "botanist"


def test_what_is_doubtful_about_dates_stands_at_its_field_and_may_be_saved(edo: Person, sana: Person) -> None:
    ref = written(edo, sana)
    older = {"sources-0-date": "2016"}
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | older)
    page = edo.sees(f"/cases/{ref}/edit")
    assert "is older than what it is cited for" in page
    assert "is older than what it is cited for" in edo.sees(f"/cases/{ref}")
    later = edo.posts(f"/cases/{ref}/edit", 422, **edo.typed(ref) | {"episodes-0-events-0-date": "2199-01-01"})
    assert "This day has not come yet" in later.get_data(as_text=True)
