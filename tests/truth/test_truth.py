"""No page says what the cited facts do not carry, and no two lines of it contradict each other."""

import datetime
import html
import re
from collections.abc import Iterator
from itertools import count

import pytest
import time_machine
from flask import Flask

from campaign.cases.checks import check
from campaign.cases.file import CaseFile
from campaign.ledger.documents import Profile
from campaign.ledger.situation import line, short, situation_of
from campaign.public.profiles import page_of
from campaign.publishing.gate.checklist import stopping
from campaign.publishing.projection.profile import project
from campaign.web.languages import render
from tests.publishing.builders import a_meta, a_question
from tests.truth import again
from tests.truth.files import drawn

EXAMPLES = 300  # pages that the gate lets out; each case is drawn by itself
FIRST_NUMBER = 20260504
YEAR = datetime.timedelta(days=366)
WHEN = r"(?:about |perhaps |perhaps about )?(?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4}"
FIRST = {
    "free": r"Released|Reported to have been released",
    "unknown": r"Last heard of",
    "held": r"(Held|In detention|Sent to work|Sentenced|Serving|Under sentence|Confined)",
    "restricted": r"Serving a sentence outside",
}
NEVER_BOTH = [
    (r"Died in custody|Died after release|Executed", r"We know of no release|when last heard of|Not confirmed|Latest"),
    (r"^Released", r"Held |In detention|We know of no release"),
    (r"Release is not confirmed", r"We know of no release|serving a sentence"),
    (r"Nobody independent could confirm it", r"We know of no release"),
    (r"whether in .* we do not know", r"^Held in an? (prison|internment camp|hospital)"),
    (r"we know of no sentence", r"Sentenced|In law .* Sentence"),
    (r"No news has reached us since", r"We know of no release"),
    (r"Acquitted", r"Held |on trial|awaiting trial"),
]


@pytest.fixture(scope="module")
def site() -> Iterator[Flask]:
    """A site whose pages are rendered, and that holds nobody."""
    import tempfile

    from app import create_app
    from campaign.settings import read
    from tests import tables

    with tempfile.TemporaryDirectory() as home:
        edges = {"CAMPAIGN_HOME": home, "CAMPAIGN_EDGES": "public", "CAMPAIGN_ADDRESS": "https://localhost"}
        app = create_app(read(edges))
        tables.create(app)
        yield app
        tables.close(app)


def page(site: Flask, document: Profile, today: datetime.date) -> dict[str, str]:
    """Return the words of a page: the status line, the line beneath, the whole up to its history, and its head."""
    with site.test_request_context("/profiles/x", base_url="https://localhost"):
        told = render("public/profile.html", **page_of(document, today=today))
    told = told if isinstance(told, str) else told.get_data(as_text=True)
    head, _, rest = told.partition("<article")
    body = rest.partition("History and citation")[0]

    def one(kind: str) -> str:
        return words(re.search(rf'<p class="{kind}">(.*?)</p>', body, re.DOTALL)[1])  # type: ignore[index]

    return {"status": one("status"), "known": one("known label"), "body": words(body), "head": html.unescape(head)}


def words(markup: str) -> str:
    """Return what a reader sees, in one line; the numbers of sources are left out."""
    plain = re.sub(r'<a class="ref".*?</a>', "", markup, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", plain)).split())


def test_every_line_follows_from_the_cited_facts(site: Flask) -> None:
    let_out = 0
    for number in count(FIRST_NUMBER):
        file, today = drawn(number)
        try:
            let_out += is_told_truly(site, file, today)
        except AssertionError as error:
            raise AssertionError(f"drawn({number}), read on {today}: {error}") from error
        if let_out >= EXAMPLES:
            break
    # What is drawn is mostly sound: a gate that keeps nearly everything back tells the test nothing.
    assert let_out > (number - FIRST_NUMBER) * 0.7


def is_told_truly(site: Flask, file: CaseFile, today: datetime.date) -> bool:
    """Say whether a file is let out; where it is, its page says what follows from it and nothing else."""
    with time_machine.travel(datetime.datetime.combine(today, datetime.time(9), datetime.UTC), tick=False):
        if newest_of(file) > today or check(file):
            return False
        with site.app_context():
            document = project(file, a_meta(file, day=today)).document
            if stopping(a_question(file, day=today, document=document)):
                return False
        told = page(site, document, today)
        status_says_what_is_known(file, document, told, today)
        ages_are_those_of_public_years(file, document, told)
        dates_are_those_of_the_file(file, told, today)
        quotation_marks_hold_their_words_alone(file, told)
        no_two_lines_contradict_each_other(file, told)
        everywhere_alike(document, told, today)
    return True


def newest_of(file: CaseFile) -> datetime.date:
    """Return the last day of all that a file tells: nothing of it lies in the future."""
    dates = [file.status_as_of, file.last_verified_on, file.death.date, *(row.date for row in file.state_responses)]
    dates += [event.date for episode in file.episodes for event in episode.events]
    return max(date.latest for date in dates if date.latest)


def status_says_what_is_known(file: CaseFile, document: Profile, told: dict[str, str], today: datetime.date) -> None:
    """The tense follows the last news, the end the term, the kind of place the evidence."""
    said, group = told["status"], again.group(file)
    if again.is_dead(file):
        assert re.match(r"Died (in custody|after release)", said), said
        return
    heard = again.news(file)
    assert heard is not None
    ends = again.term_ends(file)
    kind = file.episodes[-1].sentence.kind
    is_over = ends is not None and ends < today and not heard[0] > ends
    sentenced = kind in {"term", "administrative", "suspended"} and "By the sentence known to us" in said
    assert not sentenced or (ends is not None and ends < today), (said, ends)
    if document.status.code in {"serving_sentence", "sentence_over_release_unconfirmed"} and kind == "term":
        assert ("By the sentence known to us" in said) == (ends is not None and (is_over or heard[0] > ends)), said
    if "Release is not confirmed" not in said and "Acquitted" not in said:
        first = FIRST[group]
        assert re.match(first, said), (group, said)
    if group == "held" and not today - heard[0] <= YEAR and "By the sentence" not in said:
        assert re.search(rf"when last heard of, {WHEN}|Last news: {WHEN}", said), said
    assert not re.search(r"\b(was|were) (held|in)", said)
    for words_, code in again.KIND_WORDS.items():
        assert f"in {words_}" not in said or code in again.kinds(file), (said, again.kinds(file))
    claimed = any(row.form == "released_claim" for row in file.state_responses)
    assert ("is free" in said) == (claimed and group != "free" and not file.death.is_reported), said


def ages_are_those_of_public_years(file: CaseFile, document: Profile, told: dict[str, str]) -> None:
    """Each age on the page is that of every birthday in the public years."""
    heard = document.status.last_news
    for low, high, which in re.findall(r"(\d+)(?: (?:or|to) (\d+))? when (last heard of|detained)", told["body"]):
        at = heard.edtf if which == "last heard of" and heard else ""
        if which == "detained":
            assert (int(low), int(high or low)) in {again.ages(file, row.start.edtf) for row in file.episodes}
            continue
        assert again.ages(file, at) == (int(low), int(high or low)), (file.birth.edtf, at)
    if mark := re.search("[~?%]", file.birth.edtf):
        doubt = {"~": "about", "?": "perhaps", "%": "perhaps about"}[mark[0]]
        assert f"Born {doubt} {file.birth.edtf[:4]}" in told["body"]


def dates_are_those_of_the_file(file: CaseFile, told: dict[str, str], today: datetime.date) -> None:
    """No year stands on the page that no fact has, and the last news is the newest of others than the authorities."""
    years = {int(year) for year in re.findall(r"\b(?:19|20)\d{2}\b", told["body"])}
    neighbours = {int(file.birth.edtf[-4:])} if ".." in file.birth.edtf and file.birth.edtf[-4:].isdigit() else set()
    assert years <= again.years(file, today) | neighbours, (years - again.years(file, today), told["body"])
    heard = again.news(file)
    if latest := re.search(rf"Latest information: ({WHEN})\.", told["known"]):
        assert heard
        assert latest[1][-4:] in {str(heard[1].year), str((heard[1] - datetime.timedelta(days=365)).year)}, (
            latest[1],
            heard,
        )
    assert "Hunger strike" not in told["body"]
    row = re.search(rf"({WHEN}) Latest information\.", told["body"])
    assert row is None or latest is None or row[1][-4:] == latest[1][-4:], (row, latest)
    checked = re.search(r"Last checked by us: ([A-Z][a-z]+ \d{4})(.*)", told["known"])
    if checked:
        assert file.last_verified_means
        assert ("press" in checked[2], "orchards" in checked[2]) == (
            file.last_verified_means == "press", file.last_verified_means == "named_list",
        )  # fmt: skip
        day = file.last_verified_on.earliest
        assert heard is None or day is None or day >= heard[0] - datetime.timedelta(days=31)


def quotation_marks_hold_their_words_alone(file: CaseFile, told: dict[str, str]) -> None:
    """What stands in quotation marks was marked as the authorities' own, or is the title of a source."""
    own = {charge.text for row in file.episodes for charge in row.charges} | {
        row.sentence.text for row in file.episodes
    }
    said = [row.reason_stated for row in file.episodes if row.reason_is_verbatim]
    own |= {*said, *(words_.strip('"«»') for words_ in said)}
    own |= {row.claim for row in file.state_responses if row.is_verbatim}
    own |= {source.title for source in file.sources} | {row.quote for row in file.citations}
    assert {words_.strip() for words_ in re.findall(r"“([^”]*)”", told["body"])} <= own | {""}
    assert "No charge disclosed" not in told["body"]


def no_two_lines_contradict_each_other(file: CaseFile, told: dict[str, str]) -> None:
    """No pair of words that exclude each other stands on a page, and no two sources where there are not two."""
    both = f"{told['status']} {told['known']}"
    for one, other in NEVER_BOTH:
        assert not (re.search(one, both) and re.search(other, both)), both
    whole = told["body"]
    if again.is_dead(file):
        assert "The family knows, and two independent sources agree." in whole
        assert "Reported to have died" not in whole
    elif file.death.is_reported:
        assert whole.count("Not confirmed") >= 2
    publishers = {source.publisher or source.author for source in file.sources}
    assert "two independent sources" not in whole or len(publishers) > 1


def everywhere_alike(document: Profile, told: dict[str, str], today: datetime.date) -> None:
    """The head says what the page says; the words that a document keeps are those of no day."""
    head = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), told["head"])
    assert head.count(told["status"]) >= 3
    facts = situation_of(document)
    assert document.status.sentence == line(facts, None)
    assert re.fullmatch(r"[A-Z][^{}]+", short(facts, today))
    assert not re.search(r"\bNo news has reached us\b", document.status.sentence)
