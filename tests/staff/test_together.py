"""One deed on many ticked cases: a result for each, by the verbs and permissions of one case."""

import re

import pytest
from flask import Flask

from campaign.cases import revisions
from campaign.cases.models import Case
from campaign.database import db
from tests.accounts.test_freshness import later
from tests.staff.conftest import Opens, Person
from tests.staff.test_worklist import refs_on, restrict

__all__ = ["later"]


def states(app: Flask) -> dict[str, str]:
    with app.app_context():
        return {case.ref: case.state for case in db.session.query(Case)}


def results(page: str) -> dict[str, str]:
    """Return what a page of results says of each case."""
    found = re.findall(r'<li><a href="[^"]*"><bdi>[^<]*</bdi> ([A-Z]+-\d+)</a>\s*(.*?)</li>', page, re.DOTALL)
    return {ref: " ".join(re.sub(r"<[^>]+>", " ", said).split()) for ref, said in found}


def test_each_is_submitted_or_told_why_not(app: Flask, edo: Person, noor: Person, opens: Opens) -> None:
    one, two, sent = opens("Semet Örükzar"), opens("Nigar Anarbag"), opens("Tursun Bulaq")
    edo.posts(f"/cases/{sent}/submit")
    page = edo.posts("/cases/together", 200, deed="submit", ref=[one, two, sent, "FXD-00000", one]).text
    assert results(page) == {
        one: "done",
        two: "done",
        sent: "already so",
        "FXD-00000": "refused There is no such case.",
    }
    assert set(states(app).values()) == {"in_review"}
    asked = noor.posts("/cases/together", 200, deed="ask_changes", ref=[one, two], note="Where was he held?").text
    assert set(results(asked).values()) == {"done"}
    assert "Where was he held?" in edo.sees(f"/cases/{two}")
    assert states(app) == {one: "changes_asked", two: "changes_asked", sent: "in_review"}


@pytest.mark.parametrize("deed", ["ask_changes", "tag"])
def test_what_a_deed_needs_is_asked_for_and_nothing_is_done(app: Flask, edo: Person, opens: Opens, deed: str) -> None:
    ref = opens("Semet Örükzar")
    before = states(app)
    for sent in ({"ref": ref}, {"ref": ref, "note": "  ", "new_tag": "a, b"}, {"note": "Why?", "new_tag": "spring"}):
        answer = edo.posts("/cases/together", deed=deed, back="/staff/cases?tag=spring", **sent)
        assert answer.location.endswith("/staff/cases?tag=spring")
    assert states(app) == before
    assert refs_on(edo.sees("/cases?tag=spring")) == []


def test_a_tag_is_added_to_each_that_has_it_not(edo: Person, opens: Opens) -> None:
    one, two = opens("Semet Örükzar", tags=["spring"]), opens("Nigar Anarbag", tags=["old"])
    page = edo.posts("/cases/together", 200, deed="tag", ref=[one, two], new_tag="spring").text
    assert results(page) == {one: "already so", two: "done"}
    assert set(refs_on(edo.sees("/cases?tag=spring"))) == {one, two}
    assert refs_on(edo.sees("/cases?tag=old")) == [two]


def test_an_officer_gives_many_to_somebody_with_a_fresh_code(
    app: Flask, sana: Person, noor: Person, opens: Opens, later: object
) -> None:
    one, two = opens("Semet Örükzar"), opens("Nigar Anarbag")
    fields = {"deed": "assign", "ref": [one, two], "new_owner": str(noor.id)}
    asked = sana.posts("/cases/together", 403, **fields).text
    assert "Show that it is you" in asked
    assert asked.count('name="ref"') == 2
    assert refs_on(noor.sees("/cases?owner=me")) == []


def test_many_cases_change_their_owner(sana: Person, noor: Person, opens: Opens) -> None:
    one, two = opens("Semet Örükzar"), opens("Nigar Anarbag")
    page = sana.posts("/cases/together", 200, deed="assign", ref=[one, two], new_owner=str(noor.id)).text
    assert set(results(page).values()) == {"done"}
    assert set(refs_on(noor.sees("/cases?owner=me"))) == {one, two}
    sana.posts("/cases/together", 302, deed="assign", ref=[one], new_owner="999999")


def test_nobody_does_to_many_what_they_may_not_do_to_one(
    app: Flask, edo: Person, vito: Person, sana: Person, signed_in: type[Person], opens: Opens
) -> None:
    ref, hidden = opens("Semet Örükzar"), opens("Nigar Anarbag")
    restrict(app, hidden, sana)
    cora = signed_in("Cora", "contributor")
    assert results(cora.posts("/cases/together", 200, deed="submit", ref=[ref, hidden]).text) == {
        ref: "refused There is no such case.",
        hidden: "refused There is no such case.",
    }
    for deed in ("submit", "tag", "ask_changes", "assign"):
        vito.posts("/cases/together", 403, deed=deed, ref=ref, new_tag="x", note="x", new_owner=str(vito.id))
    edo.posts("/cases/together", 403, deed="assign", ref=ref, new_owner=str(edo.id))
    edo.posts("/cases/together", 400, deed="approve", ref=ref)
    assert set(states(app).values()) == {"draft"}
    assert 'name="ref"' not in vito.sees("/cases")


def test_all_of_a_page_are_ticked_without_script_too(edo: Person, opens: Opens) -> None:
    refs = {opens("Semet Örükzar"), opens("Nigar Anarbag")}
    plain, ticked = edo.sees("/cases"), edo.sees("/cases?ticked=all")
    boxes = re.findall(r'<input type="checkbox" name="ref" value="([^"]+)"[^>]*checked', ticked)
    assert set(boxes) == refs
    assert re.findall(r'name="ref" value="[^"]+"[^>]*checked', plain) == []
    assert 'href="/staff/cases?ticked=all"' in plain


def test_one_source_is_added_to_each_that_has_it_not(app: Flask, edo: Person, opens: Opens) -> None:
    one, two = opens("Semet Örükzar"), opens("Nigar Anarbag")
    told = {
        "source_title": "A report",
        "source_type": "ngo_report",
        "source_url": "https://example.org/r",
        "source_date": "2021",
    }
    assert set(results(edo.posts("/cases/together", 200, deed="source", ref=[one, two], **told).text).values()) == {
        "done"
    }
    again = results(edo.posts("/cases/together", 200, deed="source", ref=[one, two], **told).text)
    assert set(again.values()) == {"already so"}
    with app.app_context():
        for case in db.session.query(Case):
            (source,) = revisions.head(case).sources
            assert (source.title, source.type, source.url, source.date.edtf) == (
                "A report",
                "ngo_report",
                told["source_url"],
                "2021",
            )
            assert revisions.head(case).citations == []


@pytest.mark.parametrize(
    "told", [{}, {"source_title": "A report", "source_type": "gossip"}, {"source_url": "javascript:1"}]
)
def test_a_source_without_words_or_kind_is_asked_for(
    app: Flask, edo: Person, opens: Opens, told: dict[str, str]
) -> None:
    ref = opens("Semet Örükzar")
    edo.posts("/cases/together", deed="source", ref=ref, **{"source_type": "ngo_report", **told})
    with app.app_context():
        assert [revisions.head(case).sources for case in db.session.query(Case)] == [[]]
