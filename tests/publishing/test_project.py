"""What the world may know of a case, and what stays."""

import msgspec
import pytest

from campaign.cases.file import CaseFile, Citation, Consent, Death, Episode, Event, Name, OutsideId, Text
from campaign.ledger.documents import Profile, encode
from campaign.publishing.errors import CannotProject
from campaign.publishing.projection.profile import project
from tests.publishing.builders import DAY, a_file, a_meta, consent, day, event, image


def told(file: CaseFile) -> Profile:
    return project(file, a_meta(file)).document


def withheld(file: CaseFile) -> dict[str, str]:
    return {row.path: row.reason for row in project(file, a_meta(file)).withheld}


def only(*scopes: str) -> list[Consent]:
    return [consent(scopes=["store", "publish_name", *scopes])]


def test_a_birth_leaves_as_years_and_an_age_at_detention() -> None:
    birth = told(a_file()).birth
    assert (birth.year_earliest, birth.year_latest, birth.age_earliest, birth.age_latest) == (1974, 1974, 43, 44)
    assert b"1974-04" not in encode(told(a_file()))


def test_words_as_written_stay_at_the_desk() -> None:
    written = msgspec.structs.replace(day("2018-04"), written="spring, her aunt thinks")
    file = a_file(episodes=[Episode(id="90000001", start=written, events=[event(date=written)])])
    assert b"her aunt thinks" not in encode(told(file))


def test_a_place_leaves_no_finer_than_its_county() -> None:
    from campaign.places.current import gazetteer

    town = next(place for place in gazetteer() if place.level == "town")
    file = a_file(origin_place=town.code)
    origin = told(file).origin
    assert origin is not None
    assert origin.code == gazetteer().public(town.code).code != town.code


@pytest.mark.parametrize(
    ("scope", "field"),
    [
        ("publish_photo", "images"),
        ("publish_story", "story"),
        ("publish_story", "testimonies"),
        ("publish_health", "health"),
        ("publish_health", "violations"),
        ("publish_family", "relatives"),
    ],
)
def test_a_group_leaves_with_its_scope_and_stays_without(scope: str, field: str) -> None:
    assert getattr(told(a_file(consents=only(scope))), field)
    behind = a_file(consents=only())
    assert not getattr(told(behind), field)
    assert scope in withheld(behind)[field]


def test_a_confidential_source_leaves_as_its_public_line_alone() -> None:
    source = next(row for row in told(a_file()).sources if row.public_line)
    assert source.public_line == "A person with knowledge of the case, to the campaign"
    assert (source.type, source.title, source.author, source.url, source.date) == ("other", "", "", "", None)
    assert b"My sister was taken" not in encode(told(a_file()))


def test_citations_are_numbered_by_first_use_and_name_facts_of_the_document() -> None:
    document = told(a_file())
    assert [(row.source, row.fact) for row in document.citations] == [
        (1, "episodes/90000001/events/e0000001"),
        (2, "status"),
        (2, "summary/f0000001"),
        (1, "story/f0000002"),
        (1, "violations/70000001"),
        (1, "health"),
    ]


def test_two_fields_that_become_one_fact_are_cited_once() -> None:
    cited = [
        Citation(id="40000001", source_id="50000001", fact="status_override"),
        Citation(id="40000002", source_id="50000001", fact="status_as_of"),
        Citation(id="40000003", source_id="50000001", fact="status", page="4"),
    ]
    told_of = [(row.source, row.fact, row.page) for row in told(a_file(citations=cited)).citations]
    assert told_of == [(1, "status", ""), (1, "status", "4")]


def test_a_citation_of_what_stays_stays_with_its_source() -> None:
    file = a_file(
        texts=[Text(id="f0000002", kind="story", text="She taught.")],
        citations=[Citation(id="40000001", source_id="50000001", fact="texts/f0000002", quote="taught")],
        consents=only(),
    )
    document = told(file)
    assert document.citations == []
    assert document.sources == []


def test_a_citation_of_a_hidden_event_does_not_fall_back_to_its_episode() -> None:
    hidden = event(is_public=False)
    file = a_file(episodes=[Episode(id="90000001", start=day("2018-04"), events=[hidden])])
    document = told(file)
    assert document.episodes[0].events == []
    assert all(row.fact != "episodes/90000001" for row in document.citations)


def test_a_machines_draft_never_leaves() -> None:
    draft = Text(id="f0000009", kind="summary", language="de", text="Eine Lehrerin.", translation_state="machine_draft")
    file = a_file(texts=[draft])
    assert told(file).summary == []
    assert "texts/f0000009" in withheld(file)


def test_a_picture_without_confirmed_likeness_stays_and_the_profile_goes() -> None:
    file = a_file(images=[image(likeness_confirmed_by="")])
    assert told(file).images == []
    assert "confirm" in withheld(file)["images/b0000001"]


def test_a_picture_made_by_the_captors_is_never_a_portrait() -> None:
    assert told(a_file(images=[image(made_by_captors=True)])).images == []


def test_a_name_that_is_not_public_stays_and_none_public_is_an_error() -> None:
    secret = Name(id="a0000009", text="Home Name", is_public=False)
    file = a_file(names=[*a_file().names, secret])
    assert b"Home Name" not in encode(told(file))
    with pytest.raises(CannotProject, match="FXD-10001"):
        told(a_file(names=[secret]))


def test_another_gender_leaves_by_the_persons_own_word_alone() -> None:
    file = a_file(gender="another", gender_words="in her own words")
    assert (told(file).gender, told(file).gender_words) == ("not_stated", "")
    own = a_file(gender="another", gender_words="in her own words", consents=[consent(basis="self")])
    assert told(own).gender_words == "in her own words"


def test_a_death_stays_until_the_next_of_kin_know() -> None:
    file = a_file(
        episodes=[
            Episode(
                id="90000001",
                start=day("2018"),
                end=day("2020-02"),
                end_reason="died",
                events=[event(), event(id="e0000002", type="death", date=day("2020-02"), confidence="confirmed")],
            )
        ],
        death=Death(is_reported=True, date=day("2020-02")),
    )
    document = told(file)
    assert document.death is None
    assert document.status.code == "detained_form_unknown"
    assert b"2020-02" not in encode(document)


def test_a_death_from_one_source_is_reported_and_moves_no_status() -> None:
    death = Death(is_reported=True, next_of_kin_know=True, independent_sources=["50000001"])
    document = told(a_file(death=death, status_override="died_in_custody"))
    assert document.death is not None
    assert not document.death.is_confirmed
    assert document.status.code == "detained_form_unknown"


def test_a_release_hides_the_present_place() -> None:
    released = event(id="e0000002", type="release", date=day("2021-01"), confidence="confirmed")
    file = a_file(episodes=[Episode(id="90000001", start=day("2018"), events=[event(), released], held_place="653121")])
    assert told(file).held_at is None


def test_somebody_who_may_be_a_minor_leaves_without_portrait_birth_or_school() -> None:
    document = told(a_file(birth=day("2010"), employer="A school", occupation="Pupil", episodes=[]))
    assert document.images == []
    assert document.birth.year_latest is None
    assert document.employer == ""


def test_a_code_that_nobody_knows_is_an_error_and_no_silence() -> None:
    with pytest.raises(CannotProject, match="nowhere"):
        told(a_file(origin_place="nowhere"))


def test_an_outside_id_leaves_only_where_chosen() -> None:
    ids = [OutsideId(scheme="xvd", value="12", is_public=True), OutsideId(scheme="sheet", value="row-77")]
    assert [row.value for row in told(a_file(outside_ids=ids)).outside_ids] == ["12"]


def test_a_disproved_event_stays() -> None:
    assert (
        told(a_file(episodes=[Episode(id="90000001", events=[Event(confidence="disproved")])])).episodes[0].events == []
    )


def test_the_day_decides_which_consent_counts() -> None:
    file = a_file(consents=[consent(until=day("2026-05-04"))])
    assert project(file, a_meta(file, day=DAY)).document.images


@pytest.mark.parametrize(
    ("kind", "is_confidential", "basis"),
    [
        ("relative", False, "family"),
        ("relative", True, "person_with_knowledge"),
        ("testimony", False, "person_with_knowledge"),
        ("media", False, "media"),
        ("ngo_report", False, "organisation"),
        ("official_statement", False, "official_notice"),
    ],
)
def test_a_status_rests_in_public_on_what_its_sources_are(kind: str, is_confidential: bool, basis: str) -> None:
    file = a_file(status_basis="family")
    for row in file.sources:
        row.type, row.is_confidential = kind, is_confidential
    assert told(file).status.basis == basis


def test_a_status_that_an_event_makes_sure_cites_what_the_event_cites() -> None:
    file = a_file()
    cited = [row.source for row in told(file).citations if row.fact == "status"]
    assert len(cited) == 1
    file.episodes[0].events[0].confidence = "corroborated"
    cited = [row.source for row in told(file).citations if row.fact == "status"]
    assert len(set(cited)) == 2
    later = told(msgspec.structs.replace(file, status_as_of=day("2020-01")))
    assert len({row.source for row in later.citations if row.fact == "status"}) == 1


def test_that_somebody_is_ill_leaves_by_the_consent_for_health_alone() -> None:
    file = a_file(groups=["women", "in_ill_health"])
    assert told(file).tags == ["women", "in_ill_health"]
    assert told(msgspec.structs.replace(file, consents=only("publish_story"))).tags == ["women"]
    assert "health" in withheld(msgspec.structs.replace(file, health_line="", consents=only("publish_story")))


def test_who_has_the_body_of_somebody_whose_death_is_not_confirmed_is_told_by_nobody() -> None:
    died = Death(is_reported=True, next_of_kin_know=True, body_returned="yes")
    file = a_file(death=died, citations=[*a_file().citations, Citation(source_id="50000001", fact="death")])
    death = told(file).death
    assert death is not None
    assert (death.is_confirmed, death.body_returned) == (False, None)
    assert "death/body_returned" in withheld(file)


@pytest.mark.parametrize(
    "code", ["", "forced_residence_or_exit_ban", "released_conditional", "in_prison_sentence_unknown"]
)
def test_the_place_of_a_release_is_that_of_the_home(code: str) -> None:
    freed = event(id="e0000002", type="release", date=day("2018-12"), place="653121")
    file = a_file(status_override=code, status_as_of=day("2019"), status_override_reason="As was told")
    file.episodes[0].events.append(freed)
    place = told(file).episodes[0].events[-1].place
    assert (place is None) == (code != "in_prison_sentence_unknown")
