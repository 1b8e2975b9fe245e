"""What a page says of its sources: never more than the sources that stand beside a statement carry."""

import re

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign.ledger.documents import Charge, Citation, Death, Profile, Source, Stay, Whereabouts
from campaign.public.law import reasons
from campaign.public.profiles import what_it_rests_on
from campaign.public.sources import Evidence, independent
from campaign.vocabulary.protection import PUBLIC_SOURCE_LINE, SOURCE_TYPE
from tests.ledger.samples import MORNING, a_profile, an_episode, made
from tests.public.people import publish
from tests.public.test_timeline import event, line, on

PAGE = "/profiles/FXD-40718-nurlan-example"
PERSON = PUBLIC_SOURCE_LINE.label("person_with_knowledge")
SEEN = PUBLIC_SOURCE_LINE.label("document_seen")


def source(number: int, kind: str = "media", **changes: str) -> Source:
    fields = {"publisher": f"Paper {number}", "reliability": "reliable"} | changes
    return made(Source, number=number, type=kind, **fields)


def closed(number: int, line: str = PERSON) -> Source:
    return source(number, "other", publisher="", public_line=line)


def cited(*sources: Source, fact: str = "status", confidence: str = "corroborated", **changes: object) -> Profile:
    """Return somebody whose situation is told by these sources, and is said to rest on the family."""
    citations = [made(Citation, source=row.number, fact=fact) for row in sources]
    status = msgspec.structs.replace(a_profile().status, confidence=confidence)
    return a_profile(sources=list(sources), citations=citations, status=status, our_view=[], **changes)


def rests_on(document: Profile) -> str:
    return what_it_rests_on(document, Evidence(document))


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ([closed(1)], "Known from a person with knowledge of the case; one source cited."),
        ([closed(1), closed(2)], "Known from people with knowledge of the case."),
        ([closed(1, SEEN)], "Known from a document seen by the campaign; one source cited."),
        ([source(1)], "Known from the press; one source cited."),
        ([source(1), source(2)], "Known from the press; two independent sources agree."),
        ([source(1), closed(2)],
         "Known from the press and a person with knowledge of the case; two independent sources agree."),
        ([source(1, "relative")], "Known from a relative; one source cited."),
        ([source(1, "testimony", author="Nurlan Example")], "Known from the person’s own word; one source cited."),
        ([source(1, "testimony", author="A former colleague")], "Known from a testimony; one source cited."),
        ([source(1, "of_no_list")], "Known from another source; one source cited."),
        ([], "Known from the family."),
    ],
)  # fmt: skip
def test_the_situation_rests_on_what_its_sources_are(sources: list[Source], said: str) -> None:
    assert rests_on(cited(*sources)) == said


def test_every_kind_of_source_and_every_public_line_has_words() -> None:
    for kind in SOURCE_TYPE.codes:
        assert kind == "other" or "another source" not in rests_on(cited(source(1, kind))), kind
    said = {rests_on(cited(closed(1, PUBLIC_SOURCE_LINE.label(code)))) for code in PUBLIC_SOURCE_LINE.codes}
    assert len(said) == len(PUBLIC_SOURCE_LINE.codes)


def test_only_documents_and_the_person_confirm() -> None:
    press = cited(source(1), source(2), confidence="confirmed")
    assert rests_on(press).endswith("two independent sources agree.")
    for proof in (source(2, "court_document"), closed(2, SEEN), source(2, "testimony")):
        assert rests_on(cited(source(1), proof, confidence="confirmed")).endswith("documents or by the person.")


@pytest.mark.parametrize("retelling", ["media", "social_media", "official_database"])
def test_the_authorities_and_who_retells_them_are_one_source(retelling: str) -> None:
    pair = [source(1, retelling), source(2, "official_statement")]
    assert len(independent(pair)) == 1
    assert "two independent" not in rests_on(cited(*pair))
    assert len(independent([source(1, "ngo_report"), pair[1]])) == 2


def test_where_two_numbers_stand_nobody_reads_one_source_cited() -> None:
    summons, whole = event(1, "summons", "2018-02", confidence="single_source"), "episodes/000000e1"
    document = cited(source(1), fact=f"{whole}/events/{summons.id}", episodes=[an_episode(events=[summons])])
    assert line(document)[0].aside == "One source cited"
    more = [*document.citations, made(Citation, source=2, fact=whole)]
    document = msgspec.structs.replace(document, citations=more, sources=[source(1), source(2)])
    assert (line(document)[0].support.numbers, line(document)[0].aside) == ((1, 2), "")


def test_sources_disagree_where_there_are_two() -> None:
    strike = event(1, "hunger_strike", "2018-05", confidence="contested")
    document = cited(source(1), fact=f"episodes/000000e1/events/{strike.id}", episodes=[an_episode(events=[strike])])
    assert line(document)[1].aside == "Contested"
    more = [*document.citations, msgspec.structs.replace(document.citations[0], source=2)]
    document = msgspec.structs.replace(document, citations=more, sources=[source(1), source(2)])
    assert line(document)[1].aside == "Sources disagree"


def test_a_stay_of_one_month_has_one_date() -> None:
    stay = made(Stay, id="000000b1", start=on("2018-06"), end=on("2018-06"))
    told = line(a_profile(episodes=[an_episode(stays=[stay])]))
    assert [moment.when for moment in told if moment.shape == "span"] == ["June 2018"]


def test_an_end_and_a_last_contact_are_told_once() -> None:
    exile = event(2, "exile", "2024-11-03", "Left with one bag.")
    call = event(1, "call_or_letter", "2022-07-15", "The last call.")
    episode = an_episode(
        events=[call, exile], end=on("2024-11"), end_reason="exiled", last_contact=on("2022-07-15"), start=on("2018-03")
    )
    words = [moment.words for moment in line(a_profile(episodes=[episode]))]
    assert [text for text in words if not text.startswith("No news")] == [
        "Taken into detention.", "The last call.", "Left with one bag.",
    ]  # fmt: skip
    apart = msgspec.structs.replace(episode, end=on("2023-01"), last_contact=on("2022-09"))
    words = [moment.words for moment in line(a_profile(episodes=[apart]))]
    assert {"Exiled.", "Last contact."} <= set(words)


def test_words_of_the_authorities_are_not_told_as_reported_and_as_quoted() -> None:
    charge = made(Charge, id="000000c1", text="Illegal gathering of funds")
    episode = an_episode(reason_stated="Illegal gathering of funds.", charges=[charge], reason_suspected="Teaching.")
    document = a_profile(episodes=[episode])
    told = reasons(document, Evidence(document))[0]
    assert (told.stated, told.charges[0].claimed) == ("", "Illegal gathering of funds")
    assert (told.suspected, told.activities) == ("", "Teaching")


def seen(app: Flask, visitor: FlaskClient, document: Profile) -> str:
    publish(app, document)
    return " ".join(re.sub(r"<[^>]+>", " ", visitor.get(PAGE).text).split())


@pytest.mark.parametrize(
    ("scopes", "said"),
    [
        ([], ""),
        (["write_home"], "Write to your member of parliament and your government: ask where"),
        (["write_home", "write_embassy"], "your government and the embassy: ask where"),
    ],
)
def test_letters_are_asked_to_those_alone_whom_the_consents_name(
    app: Flask, visitor: FlaskClient, scopes: list[str], said: str
) -> None:
    told = seen(app, visitor, a_profile(write_to=scopes))
    assert said in told
    assert ("Write to" in told) == bool(scopes)
    assert ("the embassy" in told) == ("write_embassy" in scopes)


def test_of_who_is_free_nothing_is_asked_as_of_today(app: Flask, visitor: FlaskClient) -> None:
    near = made(Whereabouts, is_acknowledged=True, has_family_contact=False)
    status = msgspec.structs.replace(a_profile().status, code="released_unconditional", as_of=on(f"{MORNING:%Y-%m}"))
    told = seen(app, visitor, a_profile(status=status, episodes=[an_episode(whereabouts=near)]))
    assert "Did the authorities admit it?" in told
    assert not re.search(r"Is the family in contact|Do the authorities", told)


def test_a_reported_death_stands_apart_from_the_latest_information(app: Flask, visitor: FlaskClient) -> None:
    death = made(Death, date=on("2025"), is_confirmed=False)
    told = seen(app, visitor, a_profile(death=death))
    assert "Reported to have died. Not confirmed." in told
    assert "Latest information, apart from that report: January 2021." in told
