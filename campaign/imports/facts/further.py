"""Rows of further sheets: each becomes a relative or a source of the person; what it says besides is kept as a note."""

from collections.abc import Mapping

from campaign.cases.age import has_signs_of_minor
from campaign.cases.file import CaseFile, Relative
from campaign.cases.wording import says
from campaign.clock import now
from campaign.dates import columns
from campaign.dates.ages import GROWN_UP, allowed_ages
from campaign.imports.cells import UNKNOWN
from campaign.imports.draft import Draft, clean
from campaign.imports.facts import comments, family, sources
from campaign.imports.facts.words import meaning
from campaign.imports.mapping.further import Place, of_relative, of_source, rows_in
from campaign.vocabulary.people import RELATION

NAME_ORDER = ("name", "name_given", "name_patronymic", "name_family")


def further(draft: Draft, cells: Mapping[str, str]) -> None:
    """Read the rows of further sheets among a person's cells."""
    for place, row in rows_in(cells, draft.map.further).items():
        said = {column: value for column, cell in row.items() if (value := clean(cell))}
        read = _relative if draft.map.further[place.sheet].kind == "relative" else _source
        if rest := read(draft, place, said) if said else {}:
            comments.note(draft, str(place), "; ".join(f"{column}: {value}" for column, value in rest.items()))


def _relative(draft: Draft, place: Place, said: Mapping[str, str]) -> Mapping[str, str]:
    """Write a relative; return the cells to keep as a note: all, where the file has no field for some of them."""
    named = {column: value for column, value in said.items() if of_relative(column).startswith("name")}
    telling = next((column for column, value in said.items() if _relation(column, value)), "")
    row = Relative(id=draft.id_for(f"relative {place}"))
    row.relation = _of_header(place.sheet, [*named])
    row.name = family.without_words_beside(row, _name(named))
    row.relation = _relation(telling, said[telling]) if telling else row.relation
    if any(_is_young(of_relative(column), value) for column, value in said.items()):
        row.is_minor = True
    if row.name or telling:
        draft.file.relatives.append(row)
        if row.is_minor:
            draft.warn(str(place), row.name, family.MINOR)
    return {} if set(said) == {*named, *filter(None, [telling])} else said


def _name(named: Mapping[str, str]) -> str:
    """Return the name of a relative: the whole one where there is one, else its parts."""
    told = {column: value for column, value in named.items() if not UNKNOWN.match(value)}
    whole = [value for column, value in told.items() if of_relative(column) == "name"]
    parts = sorted(told, key=lambda column: NAME_ORDER.index(of_relative(column)))
    return whole[0] if whole else " ".join(told[column] for column in parts)


def _of_header(sheet: str, named: list[str]) -> str:
    return next(filter(None, (family.relation_of(header)[0] for header in (*named, sheet.replace("_", " ")))), "")


def _relation(column: str, value: str) -> str:
    """Return the relation that a cell says as a whole, under a header of its own."""
    code = meaning("kinship", value)
    return code if code in RELATION and not of_relative(column) and not of_source(column) else ""


def _is_young(target: str, value: str) -> bool:
    """Whether an age or a birth leaves it possible that somebody is under 18."""
    if target == "birth":
        return has_signs_of_minor(CaseFile(birth=columns.read(value)), now().date())
    ages = allowed_ages(value) if target == "age" else None
    return (ages is not None and ages[0] < GROWN_UP) or (target == "age" and says(value, "minors"))


def _source(draft: Draft, place: Place, said: Mapping[str, str]) -> Mapping[str, str]:
    """Write the sources of a row; return the cells to keep as a note."""
    read = [(place.cell(column), of_source(column), value) for column, value in said.items() if of_source(column)]
    sources.further_source(draft, str(place), read)
    return {column: value for column, value in said.items() if not of_source(column)}
