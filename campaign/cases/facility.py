"""The table of facilities: places of detention as the desk knows them. What is done with it: cases.facilities."""

from datetime import datetime

from sqlalchemy import JSON, Float, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.clock import now
from campaign.database import Base, Instant


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
