"""A case written in the form by hand, complete enough to leave once it is confirmed and approved."""

from flask import Flask

from campaign.cases import queries, revisions
from campaign.cases.file import CaseFile
from tests.staff.conftest import Person

CITED = {"citations-0": ("50000001", "episodes/90000001/events/e0000001"), "citations-1": ("50000001", "status")}

COMPLETE: dict[str, object] = {
    "texts-0-id": "f0000001",
    "texts-0-kind": "summary",
    "texts-0-language": "en",
    "texts-0-text": "A botanist, taken from her garden.",
    "texts-0-our_view": "y",
    "episodes-0-id": "90000001",
    "episodes-0-start": "April 2018",
    "episodes-0-held_place": "653121",
    "episodes-0-events-0-id": "e0000001",
    "episodes-0-events-0-type": "arrest",
    "episodes-0-events-0-date": "April 2018",
    "episodes-0-events-0-confidence": "single_source",
    "episodes-0-events-0-is_public": "y",
    "sources-0-id": "50000001",
    "sources-0-type": "media",
    "sources-0-title": "An invented article",
    "sources-0-reliability": "not_known",
    "sources-0-public_line": "person_with_knowledge",
    "status_basis": "media",
    **{f"{row}-id": f"4000000{n}" for n, row in enumerate(CITED)},
    **{f"{row}-source_id": source for row, (source, _) in CITED.items()},
    **{f"{row}-fact": fact for row, (_, fact) in CITED.items()},
    "consents-0-id": "c0000001",
    "consents-0-giver": "Orunjan Sadirova",
    "consents-0-giver_kind": "relative",
    "consents-0-basis": "family",
    "consents-0-how": "signed",
    "consents-0-scopes": ["store", "publish_name", "publish_story"],
    "consents-0-state": "given",
    "risks-0-id": "d0000001",
    "risks-0-to": "person",
    "risks-0-level": "moderate",
    "risks-0-review_by": "2199-12-31",
}


def written(editor: Person, officer: Person, name: str = "Mahire Bulaqbeg") -> str:
    """Return the reference of a complete case that an editor wrote and a safety officer confirmed."""
    ref = editor.opens_case(name)
    editor.posts(f"/cases/{ref}/edit", **editor.typed(ref, confidential=True) | COMPLETE)
    officer.posts(f"/cases/{ref}/consents/c0000001/confirm", version=2)
    officer.posts(f"/cases/{ref}/risks/d0000001/assess", version=3)
    return ref


def approved(editor: Person, officer: Person, reviewer: Person, name: str = "Mahire Bulaqbeg") -> str:
    """Return the reference of a complete case that a second person approved."""
    ref = written(editor, officer, name)
    editor.posts(f"/cases/{ref}/submit", note="Please read")
    reviewer.posts(f"/cases/{ref}/approve", version=4, would_neighbour_know="no")
    return ref


def head(app: Flask, ref: str) -> CaseFile:
    """Return the newest file of a case."""
    with app.app_context():
        case = queries.any_by_ref(ref)
        assert case is not None
        return revisions.head(case)
