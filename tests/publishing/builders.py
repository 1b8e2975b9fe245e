"""Invented case files with honest defaults: complete enough to pass the gate, so that a test can break one thing."""

import datetime
from typing import TypeVar

import msgspec

from campaign.cases.file import (
    CaseFile,
    Citation,
    Consent,
    Decision,
    Episode,
    Event,
    Image,
    Name,
    Relative,
    Risk,
    Source,
    Testimony,
    Text,
    Violation,
)
from campaign.cases.fingerprints import fingerprint
from campaign.dates.edtf import PartialDate, parse
from campaign.ledger.documents import Rendition
from campaign.publishing.consent.scopes import SCOPES, in_force
from campaign.publishing.gate.question import Question
from campaign.publishing.projection.profile import project
from campaign.publishing.projection.values import Kind, Meta
from tests.ledger.samples import made

R = TypeVar("R", Consent, Risk, Decision)
DAY = datetime.date(2026, 5, 4)
NOW = datetime.datetime(2026, 5, 4, 12, 0, tzinfo=datetime.UTC)
OFFICER = 7
WRITER = 3
REVIEWER = 5
DIGEST = "a" * 64
FORM = "f" * 32  # the name of a signed form in the vault


def day(text: str) -> PartialDate:
    """Return a date in the notation, without words as written."""
    return msgspec.structs.replace(parse(text), written="")


def bound(row: R) -> R:
    """Return a row whose signatures are bound to what it says, as the door binds them."""
    marks = {
        "fingerprint": ("confirmed_by", "assessed_by", "signed_by"),
        "second_fingerprint": ("second_signature", "second_by"),
    }
    taken = fingerprint(row)
    for mark, signatures in marks.items():
        if any(getattr(row, name, None) for name in signatures):
            setattr(row, mark, taken)
    return row


def consent(**changes: object) -> Consent:
    """Return a confirmed consent of the family to everything, its signed form attached."""
    row = Consent(
        id="c0000001",
        giver="Orunjan Sadirova",
        giver_kind="relative",
        basis="family",
        how="signed",
        obtained_on=day("2026-01-10"),
        scopes=list(SCOPES),
        form=FORM,
        form_name="signed form.pdf",
        confirmed_by=OFFICER,
        confirmed_on=day("2026-01-11"),
    )
    if changes.get("basis") in {"self", "lawyer"}:
        row.giver_kind = str(changes["basis"])
    return bound(msgspec.structs.replace(row, **changes))


def risk(**changes: object) -> Risk:
    """Return an assessment that lets a profile leave."""
    row = Risk(
        id="d0000001",
        to="person",
        level="moderate",
        assessed_by=OFFICER,
        assessed_on=day("2026-01-11"),
        review_by=day("2026-12-31"),
    )
    return bound(msgspec.structs.replace(row, **changes))


def decision(**changes: object) -> Decision:
    """Return a paper that an officer and a reviewer signed this spring."""
    row = Decision(
        id="20000001",
        text="In writing.",
        signed_by=OFFICER,
        signed_on=day("2026-04-01"),
        second_by=REVIEWER,
        second_on=day("2026-04-02"),
    )
    return bound(msgspec.structs.replace(row, **changes))


def event(**changes: object) -> Event:
    """Return an arrest from one source."""
    row = Event(id="e0000001", type="arrest", date=day("2018-04"), place="653121", confidence="single_source")
    return msgspec.structs.replace(row, **changes)


def image(**changes: object) -> Image:
    """Return a picture that lacks nothing."""
    row = Image(
        id="b0000001",
        digest_list=DIGEST,
        digest_page=DIGEST,
        digest_print=DIGEST,
        credit="The family",
        provenance="family",
        likeness_confirmed_by="a cousin",
        likeness_confirmed_on=day("2026-01-10"),
        others_cleared=True,
        alt="A woman in a garden",
        is_portrait=True,
    )
    return msgspec.structs.replace(row, **changes)


def a_file(**changes: object) -> CaseFile:
    """Return an invented person's file that passes every rule but the four eyes."""
    file = CaseFile(
        names=[Name(id="a0000001", text="Tursunay Sadirova", script="Latn", is_preferred=True)],
        gender="female",
        birth=day("1974-04-12"),
        origin_place="653121",
        ethnicities=["uyghur"],
        occupation="Teacher",
        texts=[
            Text(id="f0000001", kind="summary", text="A teacher, taken from a school."),
            Text(id="f0000002", kind="story", text="She taught for twenty years."),
        ],
        episodes=[Episode(id="90000001", start=day("2018-04"), events=[event()], held_place="653121")],
        status_basis="family",
        images=[image()],
        health_line="Needs care that is denied.",
        violations=[Violation(id="70000001", kind="incommunicado_detention")],
        relatives=[Relative(id="80000001", relation="sibling", name="Polat Sadirov", case_ref="FXD-20000")],
        testimonies=[
            Testimony(
                id="60000001",
                witness="Gheni Orazov",
                anonymised_text="They came at night.",
                language="en",
                is_public=True,
            )
        ],
        sources=[
            Source(id="50000001", type="media", title="An article", url="https://news.example/1"),
            Source(id="50000002", type="relative", author="Polat Sadirov", is_confidential=True),
        ],
        citations=[
            Citation(id="40000001", source_id="50000001", fact="episodes/90000001/events/e0000001"),
            Citation(id="40000002", source_id="50000002", fact="status", quote="My sister was taken."),
            Citation(id="40000003", source_id="50000002", fact="texts/f0000001"),
            Citation(id="40000004", source_id="50000001", fact="texts/f0000002"),
            Citation(id="40000007", source_id="50000001", fact="violations/70000001"),
            Citation(id="40000008", source_id="50000001", fact="health_line"),
        ],
        consents=[consent()],
        risks=[risk()],
    )
    return msgspec.structs.replace(file, **changes)


def a_meta(file: CaseFile, *, kind: Kind = "first", version: int = 1, day: datetime.date = DAY) -> Meta:
    """Return what the door would say of a first publication of a file, with one relative who is public."""
    return Meta(
        ref="FXD-10001",
        version=version,
        slug="FXD-10001-tursunay-sadirova",
        kind=kind,
        note="",
        clearance=in_force(file, day),
        day=day,
        salt="0" * 32,
        first_published_at=NOW,
        published_at=NOW,
        linkable=frozenset({"FXD-20000"}),
        renditions={
            DIGEST: [made(Rendition, size="page", digest=DIGEST, width=960, height=1200, media_type="image/jpeg")]
        },
    )


def a_question(file: CaseFile, *, day: datetime.date = DAY, **changes: object) -> Question:
    """Return the question to the gate of a file that somebody else approved."""
    asked: dict[str, object] = {
        "ref": "FXD-10001",
        "file": file,
        "now": NOW,
        "day": day,
        "clearance": in_force(file, day),
        "writers": frozenset({WRITER}),
        "approved_by": REVIEWER,
        "would_neighbour_know": False,
        "embargo_until": None,
        "holds": (),
        "document": project(file, a_meta(file, day=day)).document,
        "cannot_project": "",
    }
    return Question(**{**asked, **changes})
