"""No string of a cell reaches a public document, unless the target of its column may be public."""

from typing import Any

import msgspec
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.imports import mapping
from campaign.imports.mapping.headers import LANGUAGES, words_of
from campaign.imports.rows import build
from campaign.imports.targets import TARGETS
from campaign.publishing.projection.profile import project
from campaign.sheets import Sheet
from tests.publishing.builders import a_file, a_meta

PHRASES = sorted({" ".join(phrase) for language in LANGUAGES for phrase in words_of(language).phrases} - {"no"})
HEADERS = st.lists(st.sampled_from([*PHRASES, "qzx", "of", "name", "date"]), min_size=1, max_size=4).map(" ".join)
WORDS = (
    "Marker",
    "prison Marker",
    "Marker 2017",
    "https://marker.example/",
    "1974-05-0",
    "6531011974041200",
    "yes Marker",
)


def strings(value: Any) -> list[str]:
    """Return every text in a document."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings(one)]
    if isinstance(value, list):
        return [text for one in value for text in strings(one)]
    return [value] if isinstance(value, str) else []


def published(cells: dict[str, str], chosen: mapping.Map) -> str:
    """Return all texts of what would be published of a row where everything is cleared."""
    made = build(cells, chosen, key="1", number=2, sheet_year=None).file
    cleared = a_file()
    file = msgspec.structs.replace(made, consents=cleared.consents, risks=cleared.risks)
    return "\n".join(strings(msgspec.to_builtins(project(file, a_meta(file)).document)))


@given(
    headers=st.lists(HEADERS, min_size=1, max_size=6, unique=True),
    seed=st.lists(st.sampled_from(WORDS), min_size=6, max_size=6),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_may_not_be_public_is_not(app: Flask, headers: list[str], seed: list[str]) -> None:
    headers = ["Name", *(header for header in headers if header != "Name")]
    pairs = zip(headers, ["Amina", *seed], strict=False)
    cells = {header: f"{word}x{place}q" for place, (header, word) in enumerate(pairs)}
    table = Sheet(tuple(cells), (tuple(cells.values()),), (2,))
    with app.app_context():
        chosen = mapping.propose(table)
        out = published(cells, chosen)
    for column, target, cell in mapping.arranged(cells, chosen):
        if not TARGETS[target].may_be_public:
            assert cell not in out, (column, target)


@given(
    target=st.sampled_from([code for code, target in TARGETS.items() if not target.may_be_public]),
    word=st.sampled_from(WORDS),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_reader_of_a_secret_target_lets_its_cell_out(app: Flask, target: str, word: str) -> None:
    cells = {"Name": "Amina Testova", "Other": f"{word}x1q"}
    with app.app_context():
        out = published(cells, mapping.Map({"Name": "name", "Other": target}))
    assert cells["Other"] not in out
