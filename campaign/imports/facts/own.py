"""What a row states by itself so far. It is put together once all its cells are read, and outweighs the sheet."""

from dataclasses import dataclass, field

from campaign.cases.file import Source
from campaign.dates.edtf import PartialDate


@dataclass
class Own:
    """What the cells of one row state of the row itself, until it is put together.

    `status` is a code, "" where the row says none; `withholds` are the parts of the map ("status", "consent", "risk")
    that are not given to this row, because its own words say something else or something that could not be read.
    """

    name_parts: list[tuple[str, str]] = field(default_factory=list)
    address: list[str] = field(default_factory=list)
    status: str = ""
    status_words: str = ""
    status_column: str = ""
    status_date: PartialDate = field(default_factory=PartialDate)
    is_dead: bool = False
    source: dict[str, str] = field(default_factory=dict)
    source_date: PartialDate = field(default_factory=PartialDate)
    source_urls: list[str] = field(default_factory=list)
    source_people: list[str] = field(default_factory=list)
    further_sources: list[Source] = field(default_factory=list)
    status_sources: list[str] = field(default_factory=list)
    consent: dict[str, str] = field(default_factory=dict)
    consent_columns: list[str] = field(default_factory=list)
    risk: str = ""
    withholds: set[str] = field(default_factory=set)
