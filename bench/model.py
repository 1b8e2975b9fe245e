"""`python -m bench model`: docs/data-model.svg, an entity-relationship diagram made from the SQLAlchemy models.

A column of boxes for each room; in a box every column of the table, with its key (PK, FK) and what it refers to.
"""

from dataclasses import dataclass
from html import escape
from itertools import groupby

from sqlalchemy import Table

from campaign.database import Base

# From left to right, the confidential side first; what stands in one tuple shares columns. Any other room comes last.
ORDER = ("accounts", "audit", "cases", "duplicates", "imports", "publishing", "ledger", "search")
WIDTH, GAP, LINE, HEAD, TOP = 250, 36, 14, 22, 70
TALLEST = 1300
COLOURS = {"ledger": "#1b6b5a", "search": "#1b6b5a", "publishing": "#8a4b08"}
CONFIDENTIAL = "#7a1f3d"
STYLE = (
    "text{font:11px system-ui,sans-serif;fill:#222}.room{font-size:17px;font-weight:700}"
    ".name{fill:#fff;font-weight:700;font-size:12px}.key{font-weight:700}.to{fill:#666}"
    ".line{fill:none;stroke:#9a9a9a;stroke-width:1;opacity:.55}.box{fill:#fff;stroke-width:1.2}"
)


@dataclass(frozen=True)
class Box:
    """A table where it is drawn."""

    table: Table
    room: str
    x: int
    y: int

    @property
    def height(self) -> int:
        """Return the height of the box."""
        return height_of(self.table)


def tables() -> list[tuple[str, Table]]:
    """Return every table that a model stands for, with the room whose model it is."""
    found = [(mapper.class_.__module__.split(".")[1], mapper.local_table) for mapper in Base.registry.mappers]
    rooms = [(room, table) for room, table in found if isinstance(table, Table)]
    return sorted(rooms, key=lambda row: (_place(row), row[1].name))


def _place(row: tuple[str, Table]) -> int:
    return ORDER.index(row[0]) if row[0] in ORDER else len(ORDER)


def height_of(table: Table) -> int:
    """Return the height of the box of a table."""
    return HEAD + LINE * len(table.columns) + 8


def boxes() -> list[Box]:
    """Return every table where it is drawn: rooms from left to right, a new column where one would be too tall."""
    placed: list[Box] = []
    x = GAP
    for room, rows in groupby(tables(), key=lambda row: row[0]):
        y = TOP
        for _, table in rows:
            if y > TOP and y + height_of(table) > TALLEST:
                x, y = x + WIDTH + GAP, TOP
            placed.append(Box(table, room, x, y))
            y += height_of(table) + 16
        x += WIDTH + GAP
    return placed


def svg() -> str:
    """Return the picture."""
    placed = boxes()
    by_name = {box.table.name: box for box in placed}
    width = max(box.x for box in placed) + WIDTH + GAP
    height = max(box.y + box.height for box in placed) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        "<title>The tables of Byname, by room</title>",
        f"<style>{STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#faf8f4"/>',
        f'<text x="{GAP}" y="24">Made from the models by `make docs`. '
        "Red: the confidential side. Brown: the door. Green: what the public side reads.</text>",
    ]
    parts += [_room(room, next(boxes_).x) for room, boxes_ in groupby(placed, key=lambda box: box.room)]
    parts += [_line(box, index, by_name[to]) for box in placed for index, to in _references(box.table)]
    parts += [part for box in placed for part in _box(box)]
    return "\n".join((*parts, "</svg>", ""))


def _references(table: Table) -> list[tuple[int, str]]:
    found = []
    for index, column in enumerate(table.columns):
        found += [(index, key.column.table.name) for key in column.foreign_keys]
    return found


def _room(room: str, x: int) -> str:
    return f'<text class="room" x="{x}" y="{TOP - 14}">campaign/{escape(room)}</text>'


def _line(box: Box, index: int, to: Box) -> str:
    """Return the curve from a column to the head of the table that it refers to."""
    y, end = box.y + HEAD + LINE * index + 9, to.y + HEAD // 2
    if box.x > to.x:
        x, target, bend = box.x, to.x + WIDTH, -60
    elif box.x < to.x:
        x, target, bend = box.x + WIDTH, to.x, 60
    else:
        x, target, bend = box.x, to.x, -30
        return f'<path class="line" d="M{x} {y} C{x + bend} {y} {target + bend} {end} {target} {end}"/>'
    return f'<path class="line" d="M{x} {y} C{x + bend} {y} {target - bend} {end} {target} {end}"/>'


def _box(box: Box) -> list[str]:
    colour = COLOURS.get(box.room, CONFIDENTIAL)
    parts = [
        f'<rect class="box" x="{box.x}" y="{box.y}" width="{WIDTH}" height="{box.height}" stroke="{colour}"/>',
        f'<rect x="{box.x}" y="{box.y}" width="{WIDTH}" height="{HEAD}" fill="{colour}"/>',
        f'<text class="name" x="{box.x + 8}" y="{box.y + 15}">{escape(box.table.name)}</text>',
    ]
    for index, column in enumerate(box.table.columns):
        y = box.y + HEAD + LINE * index + 13
        targets = ", ".join(sorted(key.column.table.name for key in column.foreign_keys))
        kind = f"{column.type.__class__.__name__}{'?' if column.nullable else ''}"
        said = f"{kind} &#8594; {escape(targets)}" if targets else escape(kind)
        style = ' class="key"' if column.primary_key else ""
        parts.append(f'<text{style} x="{box.x + 8}" y="{y}">{escape(column.name)}</text>')
        parts.append(f'<text class="to" x="{box.x + WIDTH - 8}" y="{y}" text-anchor="end">{said}</text>')
    return parts
