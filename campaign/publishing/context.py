"""The publication context of a case and its preview: read, decoded and projected once for a request.

One rule: nothing is kept between requests, and whoever has changed the case builds another context.
Pictures are measured on the re-encoded copy that the world would be served.
"""

import datetime
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from PIL import Image as Picture
from sqlalchemy import or_, select

from campaign.cases import revisions, workflow
from campaign.cases.facilities import Facility, named_in
from campaign.cases.file import CaseFile, Image
from campaign.cases.models import Case, Review
from campaign.cases.revisions import Save
from campaign.clock import now, today
from campaign.database import db
from campaign.ledger.documents import Profile, Rendition
from campaign.ledger.models import Listing
from campaign.ledger.reader import is_current
from campaign.media import copies
from campaign.publishing import mentions
from campaign.publishing.authorship import writers_among
from campaign.publishing.consent.scopes import Clearance, in_force
from campaign.publishing.errors import CannotProject
from campaign.publishing.models import Hold
from campaign.publishing.narrowing import BOOKKEEPING
from campaign.publishing.projection.profile import Projection, project
from campaign.publishing.projection.values import Kind, Meta, Site, Withheld, slug_of
from campaign.publishing.published import Published, originals_in, outdated_by, outdated_of, published
from campaign.web.context import settings

MEDIA_TYPE = "image/jpeg"
NO_SALT = "0" * 32


def renditions_of(image: Image) -> list[Rendition]:
    """Return the copies of a picture for a list, a page and print, those left out that are not kept."""
    wanted = (("list", image.digest_list), ("page", image.digest_page), ("print", image.digest_print))
    return [found for size, digest in wanted if digest and (found := _rendition(size, digest.removesuffix(".jpg")))]


def _rendition(size: str, digest: str) -> Rendition | None:
    if not copies.exists(digest):
        return None
    width, height = _measured(digest)
    return Rendition(size=size, digest=digest, width=width, height=height, media_type=MEDIA_TYPE, url="")


@lru_cache(maxsize=4096)
def _measured(digest: str) -> tuple[int, int]:
    """Return width and height of a copy; its digest names its content, so that it is unsealed once."""
    with Picture.open(io.BytesIO(copies.content(digest)), formats=("JPEG",)) as picture:
        return picture.size


@dataclass(frozen=True)
class PublicationContext:
    """A case on its way out: its file, what was published so far, and what would leave now.

    `facilities` are those that the file names, by its own words. `projection` is None where nothing can be told of
    the case; `cannot_project` is then the sentence that says why.
    """

    case: Case
    file: CaseFile
    now: datetime.datetime
    day: datetime.date
    clearance: Clearance
    published: Published
    facilities: Mapping[str, list[Facility]]
    projection: Projection | None
    cannot_project: str

    @property
    def document(self) -> Profile | None:
        """What would leave, None where that can't be told."""
        return self.projection.document if self.projection else None

    @property
    def projected(self) -> Projection:
        """What would leave, and what stays behind. Raises CannotProject."""
        if self.projection is None:
            raise CannotProject(self.cannot_project)
        return self.projection


@dataclass(frozen=True)
class CaseContext:
    """The same with what the desk knows around it: who wrote it, the steps of its reviews, the holds that touch it.

    `saved_at` is when its newest file was saved, `digest` the one by which this content is approved. `writers` are the
    accounts whose work would leave, `ever_wrote` those who wrote any of it; `spelling` are the saves since the last
    publication that changed spelling alone, and make nobody a writer. `holds` lie on the case itself, or on whom
    or what it names; `holds_in_the_way` are those that keep it from leaving.
    """

    publication: PublicationContext
    saved_at: datetime.datetime
    digest: str
    writers: frozenset[int]
    ever_wrote: frozenset[int]
    spelling: tuple[Save, ...]
    reviews: tuple[Review, ...]
    holds: tuple[Hold, ...]
    holds_in_the_way: tuple[Hold, ...]

    @property
    def own_holds(self) -> list[Hold]:
        """The holds that lie on the case itself, oldest first."""
        return [hold for hold in self.holds if hold.subject == self.publication.case.ref]


def publication_of(
    case: Case, file: CaseFile | None = None, *, kind: Kind | None = None, note: str = "", salt: str = NO_SALT
) -> PublicationContext:
    """Return what would leave of a case now: of its newest file, unless another one is given.

    `kind` is by default that of the next plain publication. A correction leaves behind the translations of what it
    corrects.
    """
    file = revisions.head(case) if file is None else file
    moment, day = now(), today()
    past, facilities, clearance = published(case.ref), named_in(file), in_force(file, day)
    meta = Meta(
        ref=case.ref,
        version=past.count + 1,
        slug=slug_of(case.ref, file),
        kind=kind or past.next_kind,
        note=note,
        clearance=clearance,
        day=day,
        salt=salt,
        first_published_at=past.first_at or moment.replace(microsecond=0),
        published_at=moment.replace(microsecond=0),
        linkable=_linkable(file, day),
        renditions={image.digest_page: renditions_of(image) for image in file.images if image.digest_page},
        facilities=sites_of(facilities),
        address=settings().address,
        outdated=outdated_of(case.ref) if past.is_corrected else frozenset(),
    )
    if meta.kind == "correction" and past.document is not None:
        older = outdated_by(past.document, originals_in(file, meta))
        meta = replace(meta, outdated=meta.outdated | older)
    projection, fault = _projected(file, meta)
    if past.unreadable:
        # What is public can't be compared with what would leave.
        projection, fault = None, f"{past.unreadable} Withdraw the profile; then have it read and published anew."
    return PublicationContext(case, file, moment, day, clearance, past, facilities, projection, fault)


def context_of(
    case: Case, file: CaseFile | None = None, *, kind: Kind | None = None, note: str = "", salt: str = NO_SALT
) -> CaseContext:
    """Return what the desk knows of a case on its way out; the arguments are those of `publication_of`."""
    saves, newest = revisions.saves_and_head(case)
    publication = publication_of(case, newest if file is None else file, kind=kind, note=note, salt=salt)
    holds, in_the_way = _holds(publication)
    return CaseContext(
        publication=publication,
        saved_at=saves[-1].at,
        digest=revisions.digest_of(case, publication.file, newest=newest, stored=saves[-1].digest),
        writers=writers_among(case, saves, publication.facilities, publication.published.last),
        spelling=tuple(one for one in saves if one.is_spelling and one.number > publication.published.revision),
        ever_wrote=frozenset(workflow.writers_among(saves)),
        reviews=tuple(workflow.reviews(case)),
        holds=holds,
        holds_in_the_way=in_the_way,
    )


def sites_of(facilities: Mapping[str, list[Facility]]) -> dict[str, list[Site]]:
    """Return facilities as far as what leaves depends on them."""
    return {
        words: [Site(one.ref, one.type, one.place, one.precision) for one in found]
        for words, found in facilities.items()
    }


def _projected(file: CaseFile, meta: Meta) -> tuple[Projection | None, str]:
    try:
        return project(file, meta), ""
    except CannotProject as refusal:
        return None, str(refusal)


def _linkable(file: CaseFile, day: datetime.date) -> frozenset[str]:
    """Return the relatives of a file who are public and whose own consents cover the family."""
    refs = {relative.case_ref for relative in file.relatives} - {""}
    public = select(Listing.ref).where(Listing.ref.in_(refs), is_current(Listing.ref))
    found = revisions.with_files(Case.ref.in_(public)) if refs else ()
    return frozenset(case.ref for case, its in found if in_force(its, day).clears("relatives"))


def _holds(publication: PublicationContext) -> tuple[tuple[Hold, ...], tuple[Hold, ...]]:
    """Return the holds that touch a case, and of them those that keep it from leaving."""
    ref, file, document = publication.case.ref, publication.file, publication.document
    subjects = mentions.of_file(file, publication.facilities) | (mentions.mentioned(document) if document else set())
    # A relative's own pause counts like one for the relative: it covers every document that names the person.
    relatives = {relative.case_ref for relative in file.relatives} - {""}
    subjects |= {(reach, relative) for relative in relatives for reach in ("relative", "case")} | {("case", ref)}
    touching = [(Hold.reach == reach) & (Hold.subject == subject) for reach, subject in sorted(subjects)]
    query = select(Hold).where(
        Hold.lifted_at.is_(None), or_(Hold.reach == "everything", Hold.subject == ref, *touching)
    )
    holds = tuple(db.session.scalars(query.order_by(Hold.id)))
    return holds, tuple(hold for hold in holds if hold.reach == "everything" or (hold.reach, hold.subject) in subjects)


NOT_SHOWN = BOOKKEEPING | {"first_published_at", "ref"}


@dataclass(frozen=True)
class Preview:
    """What a publication would do. `public_now` is None where nothing is public."""

    document: Profile
    public_now: Profile | None
    withheld: tuple[Withheld, ...]


def preview(context: PublicationContext) -> Preview:
    """Return what would leave if a case were published now. Raises CannotProject."""
    projection = context.projected
    return Preview(projection.document, context.published.listed, projection.withheld)
