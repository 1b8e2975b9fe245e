"""What staff say to each other at the desk: who may, what stays closed, what is settled."""

from flask import Flask
from sqlalchemy import text

from campaign.database import db
from tests.staff.conftest import Person
from tests.staff.reading import without_moment
from tests.staff.writing import written

EVENT = "episodes/90000001/events/e0000001"


def test_a_comment_on_one_fact_stands_beside_its_words_until_it_is_settled(
    edo: Person, noor: Person, sana: Person
) -> None:
    ref = written(edo, sana)
    noor.posts(f"/cases/{ref}/comments", path=EVENT, body="Which garden?")
    noor.posts(f"/cases/{ref}/comments", path="", body="Shall we wait?")
    page = edo.sees(f"/cases/{ref}/comments")
    assert "Events: Arrest" in page
    assert "Which garden?" in page
    assert "Comments (2 open)" in edo.sees(f"/cases/{ref}")
    assert "1 open comment" in edo.sees(f"/cases/{ref}")
    edo.posts(f"/cases/{ref}/comments/1/settle")
    assert "settled" in edo.sees(f"/cases/{ref}/comments")
    assert "Comments (1 open)" in edo.sees(f"/cases/{ref}")


def test_an_empty_comment_is_refused_and_one_on_nothing_too(edo: Person, sana: Person) -> None:
    ref = written(edo, sana)
    assert "Write the comment first." in edo.posts(f"/cases/{ref}/comments", 422, path=EVENT, body=" ").text
    page = edo.posts(f"/cases/{ref}/comments", 422, path="events/gone", body="Which of the two gardens?").text
    assert "This fact is no longer in the case." in page
    assert "Which of the two gardens?" in page


def test_what_is_said_of_a_confidential_field_is_shown_on_request_alone(
    edo: Person, noor: Person, sana: Person, vito: Person
) -> None:
    ref = written(edo, sana)
    edo.sees(f"/cases/{ref}")  # what was said once is said no more
    # Whether a confidential row is there is not told to who has not opened them.
    there, gone = (
        edo.posts(f"/cases/{ref}/comments", 422, path=f"consents/{row}", body="Is it hers?").text
        for row in ("c0000001", "c0000009")
    )
    assert without_moment(there) == without_moment(gone)
    edo.posts(f"/cases/{ref}/comments", path="consents/c0000001", body="Is it hers?", confidential="1")
    for person in (noor, vito):
        page = person.sees(f"/cases/{ref}/comments")
        assert "Is it hers?" not in page
        assert "1 comment is about confidential fields" in page
    assert "Is it hers?" in noor.sees(f"/cases/{ref}/comments?confidential=1")
    vito.sees(f"/cases/{ref}/comments?confidential=1", 403)


def test_a_viewer_reads_comments_and_writes_none(edo: Person, sana: Person, vito: Person) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/comments", body="Which garden?")
    page = vito.sees(f"/cases/{ref}/comments")
    assert "Which garden?" in page
    assert "Add the comment" not in page
    vito.posts(f"/cases/{ref}/comments", 403, body="Mine")
    vito.posts(f"/cases/{ref}/comments/1/settle", 403)


def test_a_comment_is_settled_on_its_own_case_alone(edo: Person, sana: Person) -> None:
    ref, other = written(edo, sana), edo.opens_case("Serik Altayuly")
    edo.posts(f"/cases/{ref}/comments", body="Which garden?")
    edo.posts(f"/cases/{other}/comments/1/settle", 404)


def test_the_database_holds_no_word_of_a_comment(app: Flask, edo: Person, sana: Person) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/comments", body="Which garden?")
    with app.app_context():
        kept = db.session.execute(text("SELECT body FROM comment")).scalar_one()
    assert b"garden" not in (kept if isinstance(kept, bytes) else str(kept).encode())


def test_comments_of_a_restricted_case_do_not_exist(edo: Person, sana: Person, noor: Person) -> None:
    ref = written(edo, sana)
    sana.posts(f"/cases/{ref}/access", deed="restrict")
    noor.sees(f"/cases/{ref}/comments", 404)
    noor.posts(f"/cases/{ref}/comments", 404, body="Words")
