"""Rule 9: a death in whatever field or words, and a release judged by its citations."""

import pytest

from campaign.cases.file import CaseFile, Citation, Death, Episode, Source, StateResponse, Text, Violation
from campaign.cases.status import status
from campaign.ledger.documents import encode
from campaign.publishing.gate.checklist import check, open_findings, stopping
from campaign.publishing.projection.profile import project
from tests.publishing.builders import DAY, a_file, a_meta, a_question, day, decision, event

BASE = "episodes/90000001"


def stops(file: CaseFile) -> list[int]:
    return [rule.number for rule in stopping(a_question(file))]


def summary(text: str) -> list[Text]:
    return [Text(id="f0000001", kind="summary", text=text)]


def with_citations(*rows: Citation, **changes: object) -> CaseFile:
    return a_file(citations=[*a_file().citations, *rows], **changes)


@pytest.mark.parametrize(
    "words",
    [
        "A teacher who died in custody in 2020.", "Killed in a camp.", "Она умерла в тюрьме.",
        "She passed away in the hospital.", "Его не стало в 2019 году.", "He lost his life there.", "شەھىت بولدى.",
        "قازا قىلدى.", "2019年离世。", "Hayatını kaybetti.", "Дүние салды.", "Скончался в 2019 году.",
        "Он погиб.", "她在狱中去世。", "据说已经死亡。", "توفيت في السجن.", "Hapiste öldü.", "Түрмеде қайтыс болды.",
        "U vapat boldi.", "ئۇ تۈرمىدە ۋاپات بولدى.", "Qamoqxonada vafot etdi.", "Он даргузашт, درگذشت.",
        "She passed away in detention.", "Her body was returned after her funeral.", "He succumbed.", "被折磨致死",
        "Ölü bulundu.", "قضى نحبه هناك", "d\u200bied there",
        "Sie ist gestorben.", "Elle est décédée.", "Murió en prisión.", "사망했다",
        "Her ashes were given to the family.", "His body was handed over.", "She took her own life.", "†2020",
        "He succumbed to illness.", "Rest in peace.", "Они отдали, тело отдали семье.", "骨灰交给家属。", "Каза болду.",
        "ئۇ تۈرمىدە ئۆلۈپ كەتتى", "They mourn her.",
        "They brought him home in a coffin.", "He was shot in the yard.", "The family received the body.",
        "She is survived by two daughters.", "An autopsy was refused.", "Расстрелян в 2018 году.", "Его больше нет.",
        "Царствие небесное.", "被枪决。", "与世长辞。", "尸检被拒绝。", "Toprağa verildi.", "Hayata veda etti.",
        "ئۇ جان ئۈزدى.", "Өмірден озды.", "Марқұм жазушы.", "Дүйнөдөн өттү.", "Olamdan o'tdi.", "وافته المنية.",
        "لفظ أنفاسه هناك.", "از دنیا رفت.", "བཀྲོངས", "Er wurde erschossen.", "Elle a succombé.", "Lo fusilaron.",
        "亡くなりました。", "세상을 떠났다.", "Đã qua đời.", "Zmarł w więzieniu.", "Morreu na prisão.",
        "Meninggal di penjara.",
    ],
)  # fmt: skip
def test_words_of_a_death_in_any_text_ask_whether_the_family_knows(words: str) -> None:
    assert stops(a_file(texts=summary(words))) == [9]
    episode = a_file().episodes[0]
    episode.events[0].account = words
    assert stops(a_file(episodes=[episode])) == [9]


@pytest.mark.parametrize(
    "words",
    [
        "She lives.", "Sentenced to death with reprieve.", "Under sentence of death.", "She became a teacher (oldu).",
        "她被判死刑，缓期执行。", "Казахская писательница.", "A diesel engine.", "Қазақ тілі мұғалімі.",
        "Reported to have died. Not confirmed.", "A deadline.", "Труппа театра.",
        "He passed a way station.", "The student body asked.", "He left for Turkey.", "They shot a film.",
        "他走了很远。",
        "Моргнул и ушёл.", "Өлке тарихы.", "ئۇ مەكتەپكە كەتتى", "Её не стали слушать.",
    ],
)  # fmt: skip
def test_other_words_ask_nothing(words: str) -> None:
    assert stops(a_file(texts=summary(words))) == []


def test_the_reviewer_answers_that_somebody_elses_death_is_meant() -> None:
    texts = summary("Her teacher died in 1999.")
    found = open_findings(a_question(a_file(texts=texts)))
    answer = decision(kind="answered", about=["died"], stands_on=[one.mark for one in found], second_by=None)
    assert stops(a_file(texts=texts, decisions=[answer])) == []
    assert stops(a_file(texts=summary("Her teacher died in 2020."), decisions=[answer])) == [9]


def test_a_claim_of_the_authorities_that_somebody_died_waits_for_the_family() -> None:
    for claim in (
        StateResponse(id="51000001", form="death_claim", claim="The person died of illness."),
        StateResponse(id="51000001", form="letter", claim="Умер от болезни."),
    ):
        cited = Citation(source_id="50000001", fact="state_responses/51000001")
        file = with_citations(cited, state_responses=[claim])
        assert stops(file) == [9]
        assert b"51000001" not in encode(project(file, a_meta(file)).document)
        told = with_citations(cited, state_responses=[claim], death=Death(next_of_kin_know=True))
        assert stops(told) == []
        assert b"51000001" in encode(project(told, a_meta(told)).document)


@pytest.mark.parametrize(
    "changes",
    [
        {"episodes": [Episode(id="90000001", start=day("2018-04"), events=[event()], end_reason="died")]},
        {"violations": [Violation(id="70000001", kind="death_in_custody")]},
        {"status_override": "died_in_custody", "status_override_reason": "told", "status_as_of": day("2020")},
    ],
)
def test_an_end_a_violation_and_a_status_are_deaths_too(changes: dict[str, object]) -> None:
    assert 9 in stops(a_file(**changes))


def test_a_death_told_as_a_fact_has_two_independent_sources_that_are_cited() -> None:
    sources = [Source(id=f"5200000{n}", type="media", publisher=f"Paper {n}") for n in (1, 2)]
    death = Death(
        is_reported=True, next_of_kin_know=True, independent_sources=["52000001", "52000002"], date=day("2020")
    )
    file = a_file(death=death, sources=[*a_file().sources, *sources], texts=summary("She died in 2020."))
    file.citations.append(Citation(source_id="52000001", fact="death"))
    assert stops(file) == [9]
    file.citations.append(Citation(source_id="52000002", fact="death"))
    assert stops(file) == []
    sources[1].reliability = "doubtful"
    assert stops(file) == [9]  # reported and not confirmed, and the text says it as a fact
    assert "not confirmed" in check(a_question(file))[8].sentence
    file.texts = summary("Taken at night.")
    assert stops(file) == []


@pytest.mark.parametrize("basis", ["media", "family", "official_notice", "other"])
def test_a_release_is_judged_by_its_citations_and_not_by_its_basis(basis: str) -> None:
    state = Source(id="53000001", type="official_statement", publisher="Office")
    freed = {
        "status_override": "released_conditions_unknown",
        "status_override_reason": "They say so.",
        "status_as_of": day("2021"),
        "status_basis": basis,
        "sources": [*a_file().sources, state],
    }
    only_theirs = [row for row in a_file().citations if row.fact != "status"]
    file = a_file(**freed, citations=[*only_theirs, Citation(source_id="53000001", fact="status")])
    assert 9 in stops(file)
    assert status(file, DAY).code != "released_conditions_unknown"
    both = a_file(**freed, citations=[*a_file().citations, Citation(source_id="53000001", fact="status")])
    assert 9 not in stops(both)
    assert status(both, DAY).code == "released_conditions_unknown"


def test_a_release_by_a_paper_of_the_court_alone_is_the_word_of_the_authorities() -> None:
    court = Source(id="53000001", type="court_document", publisher="The county court")
    freed = event(id="e0000009", type="release", date=day("2021"))
    file = with_citations(Citation(source_id="53000001", fact=f"{BASE}/events/e0000009"))
    file.sources.append(court)
    file.episodes[0].events.append(freed)
    assert stops(file) == [9]
    file.citations.append(Citation(source_id="50000001", fact=f"{BASE}/events/e0000009"))
    assert stops(file) == []


@pytest.mark.parametrize("reason", ["released", "term_served", "exchanged", "exiled"])
def test_an_end_reason_is_a_fact_with_a_citation_of_its_own(reason: str) -> None:
    ended = Episode(id="90000001", start=day("2018-04"), events=[event()], end=day("2020-05"), end_reason=reason)
    file = a_file(episodes=[ended])
    assert 3 in stops(file)
    assert "the release" in check(a_question(file))[2].sentence
    file.citations.append(Citation(source_id="50000001", fact=f"{BASE}/end_reason"))
    assert stops(file) == []
