"""The history says what each save changed; a revision, or one field of it, is put back with a reason."""

from collections.abc import Callable

import pytest
from flask import Flask

from campaign.cases import queries, revisions
from campaign.cases.models import Case
from tests.staff.conftest import Opens, Person
from tests.staff.test_edit import head
from tests.staff.writing import written

both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


@both
def test_one_field_is_put_back_and_its_writer_writes_again(app: Flask, edo: Person, noor: Person, opens: Opens) -> None:
    ref = opens("Mahire Bulaqbeg")
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | {"occupation": "botanist", "employer": "A garden"})
    noor.posts(f"/cases/{ref}/edit", **noor.typed(ref) | {"occupation": "poet", "employer": "A paper"})
    page = noor.sees(f"/cases/{ref}/difference?before=2&after=3")
    assert 'name="path" value="occupation"' in page
    noor.posts(f"/cases/{ref}/restore", number="2", path="occupation", reason="Her sister says so.")
    file = head(app, ref)
    assert (file.occupation, file.employer) == ("botanist", "A paper")
    with app.app_context():
        newest = revisions.history(queries.any_by_ref(ref))[0]
        assert (newest.author_id, newest.also_by, newest.kind) == (noor.id, [edo.id], "restore")
        assert newest.reason == "Occupation put back as in revision 2: Her sister says so."


def test_rows_come_back_and_go_as_they_did(app: Flask, edo: Person, opens: Opens) -> None:
    ref = opens("Mahire Bulaqbeg")
    edo.posts(
        f"/cases/{ref}/edit",
        **edo.typed(ref) | {"texts-0-id": "f0000001", "texts-0-kind": "quote", "texts-0-text": "A botanist."},
    )
    edo.posts(
        f"/cases/{ref}/edit",
        **edo.typed(ref) | {"texts-0-id": "f0000002", "texts-0-kind": "quote", "texts-0-text": "A poet."},
    )
    assert [text.id for text in head(app, ref).texts] == ["f0000002"]
    edo.posts(f"/cases/{ref}/restore", number="2", path="texts/f0000001/text", reason="Both")
    assert [text.text for text in head(app, ref).texts] == ["A poet.", "A botanist."]
    edo.posts(f"/cases/{ref}/restore", number="2", path="texts/f0000002/text", reason="That one was never there")
    assert [text.text for text in head(app, ref).texts] == ["A botanist."]


@pytest.mark.parametrize("fields", [{}, {"path": "occupation"}, {"reason": "  "}])
def test_nothing_is_put_back_without_a_reason(
    edo: Person, opens: Opens, case_of: Callable[[str], Case], fields: dict[str, str]
) -> None:
    ref = opens("Mahire Bulaqbeg")
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | {"occupation": "botanist"})
    answer = edo.posts(f"/cases/{ref}/restore", 302, number="1", **fields)
    assert "Say why, in one line" in edo.client.get(answer.location).text
    assert case_of(ref).version == 2


@pytest.mark.parametrize(
    ("path", "status"), [("nonsense", 400), ("names/a0/nonsense", 400), ("consents/c0000001/limits", 403)]
)
def test_what_is_no_field_or_was_signed_is_not_put_back(
    edo: Person, sana: Person, case_of: Callable[[str], Case], path: str, status: int
) -> None:
    ref = written(edo, sana)
    version = case_of(ref).version
    edo.posts(f"/cases/{ref}/restore", status, number="1", path=path, reason="Try")
    assert case_of(ref).version == version


def test_the_history_says_what_each_save_changed_and_names_no_confidential_part(
    edo: Person, sana: Person, vito: Person
) -> None:
    ref = written(edo, sana)
    page = edo.sees(f"/cases/{ref}/history")
    assert "Written: Names" in page
    assert "Changed: Consents" in page
    seen = vito.sees(f"/cases/{ref}/history")
    assert "confidential fields" in seen
    assert "Changed: Consents" not in seen
