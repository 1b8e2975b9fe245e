"""Every public page of the demonstration, read as somebody would who looks for one sentence that does not hold."""

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.cases.dates import doubts
from campaign.demo.reading import people
from tests import tables
from tests.truth.test_truth import NEVER_BOTH, words

BASE = "http://127.0.0.1:5099"
# Who is told of on a page is its person: others are named by nobody, however close (relation and what they did).
KIN = re.compile(r"\b(brother|sister|aunt|uncle|cousin|grand(son|daughter|child|children)|niece|nephew)s?\b", re.I)


@pytest.fixture(scope="module")
def pages(seeded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The markup of every public page, from the name to the sources."""
    from campaign.commands.demo import prepared
    from campaign.settings import read

    home = shutil.copytree(seeded_home, tmp_path_factory.mktemp("pages") / "home")
    app = prepared(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_LOG_LEVEL": "WARNING"}), 5099)
    client = app.test_client()
    listed = client.get("/api/v1/profiles?limit=100", base_url=BASE).json["profiles"]
    told = {row["ref"]: client.get(f"/profiles/{row['slug']}", base_url=BASE).text for row in listed}
    yield {ref: page.partition("<article")[2].partition("History and citation")[0] for ref, page in told.items()}
    tables.close(app)


def test_no_two_lines_of_a_page_exclude_each_other(pages: dict[str, str]) -> None:
    assert len(pages) == 35
    for ref, page in pages.items():
        said = words(page)
        found = [pair for pair in NEVER_BOTH if all(re.search(one, said[:900]) for one in pair)]
        assert found == [], (ref, found)


def test_how_sure_we_are_is_carried_by_the_numbers_beside_it(pages: dict[str, str]) -> None:
    for ref, page in pages.items():
        for item in re.findall(r"<li class=\"(?:day|open|span)[^>]*>.*?</li>", page, re.DOTALL):
            numbers = len(re.findall(r'class="ref"', item))
            if "one source cited" in item.lower():
                assert numbers == 1, (ref, item)
            if re.search("two independent|confirmed by|sources disagree", item.lower()):
                assert numbers >= 2, (ref, item)


def test_of_who_was_not_heard_of_for_a_year_nothing_is_asked_as_of_today(pages: dict[str, str]) -> None:
    for ref, page in pages.items():
        status = words(re.search(r'<p class="status">(.*?)</p>', page, re.DOTALL)[1])  # type: ignore[index]
        if "when last heard of" in status:
            assert not re.search(r"Is the family in contact|Do the authorities admit", page), ref


def test_nobody_is_recognised_by_what_stands_beside_the_person(pages: dict[str, str]) -> None:
    for ref, page in pages.items():
        said = re.sub(r'<ul class="also kin">.*?</ul>', "", page, flags=re.DOTALL)
        assert not KIN.search(html.unescape(said)), (ref, KIN.search(html.unescape(said)))


def test_no_source_is_older_than_what_it_is_cited_for() -> None:
    assert {person.key: list(doubts(person.file)) for person in people() if list(doubts(person.file))} == {}
