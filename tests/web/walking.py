"""Every address of the program with arguments that lead somewhere, and a home in which they do.

`a_sample(app)` publishes one person with a picture, leaves a case in review, and pauses a third; `addresses` walks
the map of routes, so that a new route is walked from the day it is there.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from flask import Flask
from PIL import Image as Picture

from campaign.cases.revisions import head
from campaign.cases.workflow import submit
from campaign.database import db
from campaign.ledger import documents, reader
from campaign.media import copies
from campaign.publishing import pausing
from campaign.web.context import FONTS
from tests.publishing.builders import a_file, image
from tests.publishing.desk import staffed

# Forms that end the very session that walks.
ENDING = {"accounts.sign_out", "accounts.end_session"}


@dataclass(frozen=True)
class Sample:
    """Whose addresses are walked: a public case, one in review, one paused; page and picture of the first."""

    public: str
    slug: str
    in_review: str
    paused: str
    picture: str


def a_sample(app: Flask) -> Sample:
    """Fill an empty home and return what can be asked for in it."""
    with app.app_context():
        desk = staffed(edo="edith", pia="petra", sana="sorana")
        digest = a_drawn_picture()
        row = msgspec.structs.replace(image(), digest_list=digest, digest_page=digest, digest_print=digest)
        public = desk.opens(msgspec.structs.replace(a_file(relatives=[]), images=[row]))
        desk.approves(public)
        desk.publishes(public)
        desk.saves(public, occupation="Something that is not public yet")
        waiting, paused = desk.opens(), desk.public()
        submit(waiting, by=desk.edo)
        pausing.pause(paused, by=desk.sana, reason="A threat", is_duress=False)
        db.session.commit()
        assert head(public).images
        slug = documents.profile(reader.profile_body(public.ref) or b"").slug
        return Sample(public.ref, slug, waiting.ref, paused.ref, digest)


def a_drawn_picture() -> str:
    """Keep a plain picture and return its digest."""
    out = io.BytesIO()
    Picture.new("RGB", (320, 400), "#445").save(out, "JPEG")
    return copies.keep(out.getvalue())


def addresses(app: Flask, sample: Sample, method: str = "GET") -> Iterator[tuple[str, str]]:
    """Yield (endpoint, address) for every route that takes a method, with each argument that leads somewhere.

    Posts leave out what would end the session that walks; assert afterwards that it still holds.
    """
    for rule in app.url_map.iter_rules():
        if method not in (rule.methods or set()) or (method == "POST" and rule.endpoint in ENDING):
            continue
        refs = [sample.public, sample.in_review, sample.paused, "FXD-00000"]
        refs += [sample.slug] if "slug" in rule.arguments else []
        for ref in refs if rule.arguments else [""]:
            path = rule.rule
            for argument in rule.arguments:
                value = value_of(argument, rule.endpoint, ref, sample)
                for kind in ("", "int:", "path:", "string:", "uuid:"):
                    path = path.replace(f"<{kind}{argument}>", value)
            assert "<" not in path, f"the walk knows no value for {path}"
            yield rule.endpoint, path


def value_of(argument: str, endpoint: str, ref: str, sample: Sample) -> str:
    """Return what stands for an argument in an address."""
    known = {"ref": ref, "slug": ref, "digest": sample.picture, "token": "guessed", "row_id": "c0000001", "code": "a"}
    if endpoint in {"static", "font"}:
        return "site.css" if endpoint == "static" else next(iter(FONTS))
    return known.get(argument, "1")
