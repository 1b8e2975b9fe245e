"""Styles travel as one file for each audience, at an address that names its content."""

import re

import pytest
from flask.testing import FlaskClient

from campaign.web.context import STATIC_FOLDER
from campaign.web.system import PRINT, SHEETS, style_sheet

LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)"')


@pytest.mark.parametrize(
    ("path", "audience"), [("/about", "public"), ("/profiles", "public"), ("/staff/sign-in", "accounts")]
)
def test_a_page_has_one_style_sheet(visitor: FlaskClient, path: str, audience: str) -> None:
    assert LINK.findall(visitor.get(path).text) == [f"/static/{style_sheet(audience).name}"]


@pytest.mark.parametrize("audience", SHEETS)
def test_it_holds_every_sheet_in_order_and_paper_last(visitor: FlaskClient, audience: str) -> None:
    answer = visitor.get(f"/static/{style_sheet(audience).name}", headers={"Accept-Encoding": "identity"})
    places = [answer.text.index((STATIC_FOLDER / name).read_text()) for name in (*SHEETS[audience], PRINT)]
    assert places == sorted(places)
    assert answer.text[: places[-1]].endswith("@media print {\n")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.mimetype == "text/css"


def test_it_travels_compressed_and_is_not_asked_for_twice(visitor: FlaskClient) -> None:
    path = f"/static/{style_sheet('public').name}"
    packed = visitor.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < 20_000
    assert (
        visitor.get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}).status_code
        == 304
    )


def test_styles_of_another_day_are_gone(visitor: FlaskClient) -> None:
    assert [visitor.get(f"/static/{name}").status_code for name in ("public.0000000000.css", "public.css")] == [
        404,
        404,
    ]
