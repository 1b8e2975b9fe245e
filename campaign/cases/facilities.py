"""The campaign's facilities: places of detention, as staff imported them, and which of them a case names.

In a case file a facility stands as its reference and its name of that day ("F-0042 Bahar Prison"), so that it can
still be read when the facility is called otherwise; or, where nobody knows which one it is, in the words told to us.
Coordinates and names stay at the desk; what may be told of a facility is decided in publishing.projection.places.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

from sqlalchemy import JSON, Float, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from campaign.cases.file import CaseFile
from campaign.clock import now
from campaign.database import Base, Instant, db
from campaign.places.facilities import Facility as Read
from campaign.places.facilities import Spotted, spot
from campaign.places.reading import parse
from campaign.places.scanning import fold
from campaign.web.context import keyring

UNLISTED = "~"
REF = re.compile(r"F-(\d{4,9})(?!\d)")
Outcome = Literal["created", "updated", "unchanged"]


class Facility(Base):
    """A place of detention that staff imported (cases.facilities). `place` is a code of the gazetteer.

    `precision` says how finely it may be told in public; names and coordinates are the desk's. `scheme` and
    `outside_id` are the list it came from and its number there. The first name is the one to show.
    """

    __tablename__ = "facility"
    __table_args__ = (UniqueConstraint("scheme", "outside_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    names: Mapped[list[str]] = mapped_column(JSON)
    type: Mapped[str] = mapped_column(String(40), default="unknown", index=True)
    place: Mapped[str] = mapped_column(String(80), default="", index=True)
    precision: Mapped[str] = mapped_column(String(12))
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    source: Mapped[str] = mapped_column(Text, default="")
    scheme: Mapped[str] = mapped_column(String(40))
    outside_id: Mapped[str] = mapped_column(String(200))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(Instant(), default=now)
    changed_at: Mapped[datetime] = mapped_column(Instant(), default=now)

    @property
    def ref(self) -> str:
        """The number by which staff and case files name it."""
        return f"F-{self.id:04}"

    @property
    def name(self) -> str:
        """The name to show."""
        return self.names[0]


def every() -> list[Facility]:
    """Return all facilities, in the order in which they came."""
    return list(db.session.scalars(select(Facility).order_by(Facility.id)))


def by_refs(refs: Iterable[str]) -> dict[str, Facility]:
    """Return the facilities of several references, in one statement."""
    numbers = {int(found[1]) for ref in refs if (found := REF.fullmatch(ref))}
    query = select(Facility).where(Facility.id.in_(numbers))
    return {one.ref: one for one in db.session.scalars(query)} if numbers else {}


def by_ref(ref: str) -> Facility | None:
    """Return the facility of a reference such as "F-0042"."""
    found = REF.fullmatch(ref)
    return db.session.get(Facility, int(found[1])) if found else None


def find(text: str, among: Iterable[Facility] | None = None) -> list[tuple[Facility, bool]]:
    """Return the facilities that some words may name, the likeliest first, and whether they do so exactly."""
    known = {one.ref: one for one in (every() if among is None else among)}
    return [(known[hit.facility.code], hit.is_exact) for hit in spotted(text, known.values())]


def spotted(text: str, among: Iterable[Facility]) -> list[Spotted]:
    """Return what campaign.places.facilities finds among facilities; their codes are references."""
    return spot(text, [Read(one.ref, tuple(one.names), one.type, one.place, one.precision) for one in among])


def in_file(facility: Facility) -> str:
    """Return a facility as a case file names it."""
    return f"{facility.ref} {facility.name}"


def keep(read: Read, *, scheme: str, key: str, by: int) -> Outcome:
    """Create the facility of a sheet's row, or bring the one of the same number to what the sheet says.

    What the row leaves empty stays as it is: a sheet without coordinates takes none away, and one that states no
    precision neither widens nor narrows what may be told.
    """
    found = db.session.scalar(select(Facility).where(Facility.scheme == scheme, Facility.outside_id == key))
    if found is None:
        new = Facility(scheme=scheme, outside_id=key, by_id=by, precision=read.precision)
        _fill(new, read)
        db.session.add(new)
        return "created"
    before = _told(found)
    _fill(found, read)
    if read.is_precision_stated:
        found.precision = read.precision
    if _told(found) == before:
        return "unchanged"
    found.changed_at, found.by_id = now(), by
    return "updated"


def _fill(facility: Facility, read: Read) -> None:
    facility.names = list(read.names)
    facility.type = read.type if read.type != "unknown" else facility.type or "unknown"
    facility.place = read.place or facility.place or ""
    facility.source = read.source or facility.source or ""
    if read.lat is not None:
        facility.latitude, facility.longitude = read.lat, read.lon


def _told(one: Facility) -> tuple[object, ...]:
    return (*one.names, one.type, one.place, one.precision, one.latitude, one.longitude, one.source)


def words_of(file: CaseFile) -> Iterator[str]:
    """Yield what a file says of facilities: a reference and a name, or the words told to us."""
    for episode in file.episodes:
        yield from (event.facility_name for event in episode.events if event.facility_name)
        yield from (stay.facility_name for stay in episode.stays if stay.facility_name)
        if episode.held_words and (named := parse(episode.held_words).facility_name):
            yield named


def named_in(file: CaseFile) -> dict[str, list[Facility]]:
    """Return the facilities that a file names, by its own words: by reference, or by a name exactly; two of one name
    are both named."""
    numbers = _numbers_of(set(words_of(file)))
    wanted = set[int]().union(*numbers.values())
    query = select(Facility).where(Facility.id.in_(wanted))
    known = {one.id: one for one in db.session.scalars(query)} if wanted else {}
    found = {words: [known[number] for number in sorted(some & known.keys())] for words, some in numbers.items()}
    return {words: named for words, named in found.items() if named}


def _numbers_of(words: set[str]) -> dict[str, set[int]]:
    """Return the numbers that words for facilities mean; the whole list is read only where a name is to be found."""
    refs = {said: REF.match(said) for said in words}
    numbers = {said: {int(ref[1])} for said, ref in refs.items() if ref}
    told = words - numbers.keys()
    for number, names in db.session.execute(select(Facility.id, Facility.names)) if told else ():
        keys = {fold(name) for name in names}
        for said in told:
            if fold(said) in keys:
                numbers.setdefault(said, set()).add(number)
    return numbers


def ref_in(words: str) -> str:
    """Return the reference with which the words for a facility begin, "" for words told to us."""
    found = REF.match(words)
    return found[0] if found else ""


def key_of(words: str) -> str:
    """Return the words of a facility that is in no list, as a hold compares them: a keyed hash, for they are no more
    public than the case (decision 0004)."""
    return hashed(UNLISTED + fold(words)[:70])


def hashed(key: str) -> str:
    """Return the keyed hash of words that begin with UNLISTED, as releases before 0.3 kept them in clear."""
    return UNLISTED + keyring().token(f"facility/{key.removeprefix(UNLISTED)}")
