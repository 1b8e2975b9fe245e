"""security.md 49: who is erased is gone from every address, every file and every byte, its log aside."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.cases.models import Case
from campaign.database import db
from campaign.ledger import documents, reader
from campaign.media.copies import vault
from campaign.publishing import erase
from campaign.web.limits import limiter
from tests.cast import Browser
from tests.rules.crawling import crawl
from tests.web.walking import Sample, a_sample


@pytest.fixture
def sample(app: Flask) -> Sample:
    return a_sample(app)


def words_of(app: Flask, sample: Sample) -> set[str]:
    """Return the names and texts of the public person: what nobody may find afterwards."""
    with app.app_context():
        profile = documents.profile(reader.profile_body(sample.public) or b"")
    words = {profile.display_name, profile.slug, *(name.text for name in profile.names)}
    words |= {text.text for texts in (profile.summary, profile.story, profile.quote) for text in texts}
    return {word for word in words if len(word) > 8}


def erased(app: Flask, sample: Sample) -> erase.Files:
    """Erase both people of that name, as a safety officer does from a terminal; return the files of the first."""
    with app.app_context():
        officer = db.session.scalars(select(Account).where(Account.email == "sorana@example.org")).one()
        every = list(db.session.scalars(select(Case)))
        first = next(case for case in every if case.ref == sample.public)
        files = erase.erase(first, by=officer, reason="asked by the person")
        for case in every:
            if case is not first:
                erase.erase(case, by=officer, reason="asked by the person")
        db.session.commit()
        erase.finish(files)
        return files


def test_nothing_of_an_erased_person_is_in_any_answer_or_any_file(app: Flask, sample: Sample, home: Path) -> None:
    limiter.enabled = False
    words = words_of(app, sample)
    assert len(words) > 3
    visitor = Browser(app, app.response_class, use_cookies=True)
    before = crawl(app, visitor, [sample.public])
    assert all(before.naming(word) for word in words), "the crawl must see these words while they are public"
    files = erased(app, sample)
    after = crawl(app, visitor, [sample.public])
    assert {word: after.naming(word)[:3] for word in words if after.naming(word)} == {}
    assert visitor.get(f"/profiles/{sample.public}").status_code == 410
    assert visitor.get(f"/media/{sample.picture}.jpg").status_code == 404
    limiter.enabled = True
    kept = {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert {word: [name for name in kept if word.encode() in kept[name]] for word in words} == {
        word: [] for word in words
    }
    assert f"{sample.picture}.jpg" not in kept
    with app.app_context():
        assert not any(vault().exists(name) for name in files.originals if len(name) == 32)
