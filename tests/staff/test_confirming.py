"""Confirming many: each row is read and ticked by itself; what asks for more care is opened singly."""

import re

from flask import Flask

from campaign.audit.log import AuditRow
from campaign.cases.file import Consent, Risk
from campaign.database import db
from campaign.dates.edtf import parse
from campaign.publishing.consent.standing import is_assessed, is_confirmed, is_signed
from tests.staff.conftest import Opens, Person
from tests.staff.test_consents import head
from tests.staff.test_together import results

LATER = parse("2199-12-31")


def asks(opens: Opens, name: str, *, level: str = "low", risks: int = 1, **stated: object) -> str:
    """Open a case with one consent and its risk, neither signed; return its reference."""
    words = {
        "giver": "Orunjan", "giver_kind": "relative", "basis": "family", "how": "signed", "obtained_by": "A friend",
        "obtained_on": parse("2020-05-03"), "scopes": ["store", "publish_name"], "state": "given",
    }  # fmt: skip
    born = stated.pop("born", "1961")
    consent = Consent(**{**words, **stated})  # type: ignore[arg-type]
    told = [Risk(level=level, review_by=LATER) for _ in range(risks)]
    return opens(name, consents=[consent], risks=told, birth=parse(str(born)))


def boxes(page: str) -> list[str]:
    return re.findall(r'name="row" value="([^"]+)"', page)


def test_each_row_is_told_and_ticked_by_itself_and_signed_in_one_save(
    app: Flask, edo: Person, sana: Person, opens: Opens
) -> None:
    one, two = asks(opens, "Semet Örükzar"), asks(opens, "Nigar Anarbag", giver="Patem")
    page = sana.sees(f"/confirming?ref={one}&ref={two}")
    assert len(boxes(page)) == 4
    for told in ("Patem", "3 May 2020", "A friend", "Limits", "Low"):
        assert told in page, told
    assert "ticked=all" not in page
    assert "checked" not in page
    chosen = [value for value in boxes(page) if value.startswith(one)]
    assert results(sana.posts("/confirming", 200, row=chosen).text) == {one: "done"}
    signed, other = head(app, one), head(app, two)
    assert (is_confirmed(signed.consents[0]), is_assessed(signed.risks[0])) == (True, True)
    assert signed.consents[0].confirmed_by == signed.risks[0].assessed_by == sana.id
    assert (is_signed(other.consents[0]), is_assessed(other.risks[0])) == (False, False)
    again = sana.sees(f"/confirming?ref={one}&ref={two}")
    assert [value.split(" ")[0] for value in boxes(again)] == [two, two]


def test_what_asks_for_more_care_is_not_ticked_and_not_signed_by_force(app: Flask, sana: Person, opens: Opens) -> None:
    careful = {
        asks(opens, "Semet Örükzar", limits="Not her town"): "limits in words",
        asks(opens, "Nigar Anarbag", level="high"): "A risk is high",
        asks(opens, "Tursun Bulaq", level="not_assessed"): "not assessed",
        asks(opens, "Aynur Derya", born="2015"): "may be under 18",
        asks(opens, "Ghopur Qum", giver="", scopes=[]): "does not say who gave it or to what",
    }
    for ref, why in careful.items():
        page = sana.sees(f"/confirming?ref={ref}")
        consent = head(app, ref).consents[0]
        assert why in page
        assert "Open it by itself" in page
        assert consent.id not in " ".join(boxes(page))
        forced = sana.posts("/confirming", 200, row=[f"{ref} 1 {consent.id}"]).text
        assert "refused" in results(forced)[ref]
        assert not is_signed(head(app, ref).consents[0])


def test_the_risk_beside_a_limit_in_words_is_ticked(app: Flask, sana: Person, opens: Opens) -> None:
    ref = asks(opens, "Semet Örükzar", limits="Not her town")
    (box,) = boxes(sana.sees(f"/confirming?ref={ref}"))
    sana.posts("/confirming", 200, row=[box])
    assert is_assessed(head(app, ref).risks[0])


def test_what_was_saved_since_it_was_read_is_refused(app: Flask, edo: Person, sana: Person, opens: Opens) -> None:
    ref, other = asks(opens, "Semet Örükzar"), asks(opens, "Nigar Anarbag")
    ticks = boxes(sana.sees(f"/confirming?ref={ref}&ref={other}"))
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | {"occupation": "Poet"})
    told = results(sana.posts("/confirming", 200, row=ticks).text)
    assert "was saved since you opened it" in told[ref]
    assert told[other] == "done"
    assert not is_signed(head(app, ref).consents[0])
    for nonsense in ("", ref, f"{ref} x c1", f"{other} 2 nothing", "a b c d e"):
        sana.posts("/confirming", 200, row=[nonsense])


def test_the_second_officer_signs_beside_and_the_first_does_not(
    app: Flask, sana: Person, signed_in: type[Person], opens: Opens
) -> None:
    sam = signed_in("Sam", "safety_officer")
    ref = asks(opens, "Semet Örükzar", obtained_by="Sana")
    said = results(sana.posts("/confirming", 200, row=boxes(sana.sees(f"/confirming?ref={ref}"))).text)[ref]
    assert said.startswith("done Confirmed. You obtained or entered it yourself")
    page = sana.sees("/confirming?consent=yes")
    assert boxes(page) == []
    assert "has to come from a second person" in page
    row = head(app, ref).consents[0]
    assert "refused" in results(sana.posts("/confirming", 200, row=[f"{ref} 2 {row.id}"]).text)[ref]
    page = sam.sees("/confirming?consent=yes")
    assert "Sign beside the officer" in page
    assert results(sam.posts("/confirming", 200, row=boxes(page)).text) == {ref: "done"}
    assert is_confirmed(head(app, ref).consents[0])
    assert head(app, ref).consents[0].second_signature == sam.id


def test_each_reading_is_recorded_and_only_officers_read(
    app: Flask, edo: Person, pia: Person, sana: Person, opens: Opens
) -> None:
    ref = asks(opens, "Semet Örükzar")
    opens("Nigar Anarbag")
    for person in (edo, pia):
        person.sees("/confirming", 403)
        person.posts("/confirming", 403, row=[f"{ref} 1 x"])
    sana.sees("/confirming")
    with app.app_context():
        read = db.session.query(AuditRow).filter_by(action="case.confidential_read").all()
    assert [(row.actor_id, row.subject) for row in read] == [(sana.id, ref)]
