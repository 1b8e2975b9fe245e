"""What the gate and the projection have to know of a case, read from the database. Writes nothing."""

import datetime
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, or_, select

from campaign.cases import workflow
from campaign.cases.facilities import named_in
from campaign.cases.file import CaseFile
from campaign.cases.models import Case, Review
from campaign.cases.queries import any_by_ref
from campaign.cases.revisions import digest_of, head
from campaign.clock import now, today, zone
from campaign.database import db
from campaign.ledger import documents, reader
from campaign.ledger.documents import Profile, Rendition
from campaign.ledger.models import Body
from campaign.publishing import clearance as consent
from campaign.publishing import reviewers, twins
from campaign.publishing.addressing import slug_of
from campaign.publishing.clearance import Clearance
from campaign.publishing.mentions import mentioned, of_file
from campaign.publishing.meta import Kind, Meta, Site
from campaign.publishing.models import Hold, Publication
from campaign.publishing.outdated import outdated_by, outdated_of
from campaign.publishing.picturing import renditions_of
from campaign.publishing.project import Projection, project
from campaign.publishing.refusals import CannotProject
from campaign.publishing.rules.question import Question

NO_SALT = "0" * 32


def question_of(case: Case, file: CaseFile | None = None) -> Question:
    """Return what the gate is asked about a case: about its newest file, unless another one is given."""
    file = file or head(case)
    clearance = consent.in_force(file, today())
    projection, fault = _try(case, file)
    document = projection.document if projection else None
    writers = writers_of(case)
    return Question(
        ref=case.ref,
        file=file,
        now=now(),
        day=today(),
        clearance=clearance,
        writers=writers,
        approved_by=approver_of(case, file),
        would_neighbour_know=_neighbour(case, file),
        # Told by the campaign's clocks, wherever the sentence of the rule is shown.
        embargo_until=case.embargo_until.astimezone(zone()) if case.embargo_until else None,
        holds=holds_on(case.ref, file, document),
        document=document,
        cannot_project=fault,
        ever_wrote=frozenset(workflow.writers(case)),
        nobody_left=case.state == "in_review" and not reviewers.left(case, writers),
        public=public_document(case.ref),
        # Asked last of all, once a second person has read it: before, an answer would tell who typed it.
        waits_for_officer=case.state == "approved" and twins.has_twin(case, file),
    )


def projection_of(case: Case, file: CaseFile, *, kind: Kind, note: str = "", salt: str = NO_SALT) -> Projection:
    """Return what would leave now. A correction leaves behind the translations of what it corrects.

    Raises CannotProject.
    """
    meta = _meta(case, file, kind=kind, note=note, salt=salt)
    found = project(file, meta)
    public = public_document(case.ref) if kind == "correction" else None
    older = outdated_by(public, found.document) - meta.outdated if public else frozenset()
    return project(file, replace(meta, outdated=meta.outdated | older)) if older else found


def new_salt() -> str:
    """Return 128 random bits in hex."""
    return secrets.token_hex(16)


def next_kind(ref: str) -> Kind:
    """Return the kind of the next plain publication."""
    return "first" if reader.first_published_at(ref) is None else "update"


def writers_of(case: Case) -> frozenset[int]:
    """Return the accounts whose work would leave: the writers of every revision since the last publication."""
    return frozenset(workflow.writers(case, published_revision(case)))


def published_revision(case: Case) -> int:
    """Return the number of the revision that was last published, 0 for none."""
    return db.session.scalar(select(func.max(Publication.revision)).where(Publication.case_id == case.id)) or 0


def approver_of(case: Case, file: CaseFile) -> int | None:
    """Return who approved exactly this content; None where nobody did."""
    is_approved = case.state == "approved" and case.approved_digest == digest_of(case, file)
    return case.approved_by_id if is_approved else None


def holds_on(ref: str, file: CaseFile, document: Profile | None) -> tuple[str, ...]:
    """Return a sentence for each cord that lies on a case, on a relative named in it or on a place in it."""
    subjects = of_file(file) | (mentioned(document) if document else set())
    # A relative's own pause counts like one for the relative: it covers every document that names the person.
    relatives = {relative.case_ref for relative in file.relatives} - {""}
    subjects |= {(reach, relative) for relative in relatives for reach in ("relative", "case")}
    reaches = [Hold.reach == "everything", (Hold.reach == "case") & (Hold.subject == ref)]
    reaches += [(Hold.reach == reach) & (Hold.subject == subject) for reach, subject in sorted(subjects)]
    pulled = db.session.scalars(select(Hold).where(Hold.lifted_at.is_(None), or_(*reaches)).order_by(Hold.id))
    return tuple(
        f"The cord was pulled on {hold.at:%Y-%m-%d} ({hold.reach}). Two people put it back." for hold in pulled
    )


def public_until(document: Profile, clearance: Clearance) -> datetime.datetime | None:
    """Return the instant at which readers stop showing a document by themselves, if a giver set an end."""
    if clearance.ends_on is None:
        return None
    return datetime.datetime.combine(clearance.ends_on, datetime.time(), zone())


def is_listed(ref: str) -> bool:
    """Whether a profile is in the ledger and not withdrawn, whatever the clock says."""
    entry = reader.newest_entry(ref)
    return entry is not None and entry.kind == "publish"


def public_document(ref: str) -> Profile | None:
    """Return the newest published document of a ref whatever the clock says, None where it is not in the ledger."""
    entry = reader.newest_entry(ref)
    body = db.session.get(Body, entry.number) if entry is not None and entry.kind == "publish" else None
    return documents.profile(body.body) if body is not None else None


def _try(case: Case, file: CaseFile) -> tuple[Projection | None, str]:
    try:
        return projection_of(case, file, kind=next_kind(case.ref)), ""
    except CannotProject as refusal:
        return None, str(refusal)


def _meta(case: Case, file: CaseFile, *, kind: Kind, note: str, salt: str) -> Meta:
    moment = now().replace(microsecond=0)
    return Meta(
        ref=case.ref,
        version=reader.next_version(case.ref),
        slug=slug_of(case.ref, file),
        kind=kind,
        note=note,
        clearance=consent.in_force(file, today()),
        day=today(),
        salt=salt,
        first_published_at=reader.first_published_at(case.ref) or moment,
        published_at=moment,
        linkable=_linkable(file),
        renditions=_renditions(file),
        facilities=sites_of(file),
        outdated=outdated_of(case.ref),
    )


def sites_of(file: CaseFile) -> dict[str, list[Site]]:
    """Return the facilities that a file names, by its own words, as far as what leaves depends on them."""
    return {
        words: [Site(one.ref, one.type, one.place, one.precision) for one in found]
        for words, found in named_in(file).items()
    }


def _linkable(file: CaseFile) -> frozenset[str]:
    refs = {relative.case_ref for relative in file.relatives if relative.case_ref}
    return frozenset(ref for ref in refs if reader.state(ref) == "public" and _covers_family(ref))


def _covers_family(ref: str) -> bool:
    case = any_by_ref(ref)
    return case is not None and consent.in_force(head(case), today()).clears("relatives")


def _renditions(file: CaseFile) -> Mapping[str, list[Rendition]]:
    return {image.digest_page: renditions_of(image) for image in file.images if image.digest_page}


def _neighbour(case: Case, file: CaseFile) -> bool | None:
    query = select(Review.would_neighbour_know).where(
        Review.case_id == case.id, Review.verdict == "approved", Review.digest == digest_of(case, file)
    )
    return db.session.scalar(query.order_by(Review.id.desc()).limit(1))


def pauses_today(account_id: int) -> int:
    """Return how many cords an account has pulled in the last day."""
    recent = (Hold.by_id == account_id, Hold.reach == "case", Hold.at > now() - timedelta(days=1))
    return db.session.scalar(select(func.count()).select_from(Hold).where(*recent)) or 0
