"""The lines of a CSV as cells: what parts the cells is found by evidence, and a quote left open is refused by its line.

One rule: a line that was cut wrongly is never a person.
"""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator

from campaign.sheets.limits import refuse_extent
from campaign.sheets.workbook import Grid, Unreadable

DELIMITERS = ",;\t|؛،，；^~"
SNIFFED_LINES = 60
WHOLE_LINE = re.compile(r'"((?:[^"]|"")*)"[,;\t]*')
WRAPPED = (
    "Every line of the file stands between quotation marks as if it were one cell; what is inside was read as the line."
)
OPEN_QUOTE = (
    "Line {line} opens a quotation mark that is not closed rightly, so that nobody can tell where its cell ends. "
    "Close or delete the mark there, or save the list as .xlsx."
)


def grid_of(text: str) -> Grid:
    """Return the lines of a CSV. Raises Unreadable, naming the line, for a quote that swallows lines."""
    delimiter, skipped = _stated(text)
    rest = text[skipped:]
    if delimiter == "":
        delimiter = _likeliest(rest)
    told: tuple[str, ...] = ()
    if unwrapped := _unwrapped(rest):
        rest, told = unwrapped, (WRAPPED,)
        delimiter = _likeliest(rest)
    quote = _quote(rest, delimiter)
    lines = list(_lines(rest, delimiter, quote, before=bool(skipped)))
    return Grid("", lines, first=2 if skipped else 1, is_text=True, told=told)


def _unwrapped(text: str) -> str:
    """Return the lines of a file whose lines were each made one quoted cell, "" for any other."""
    start = [line for line in itertools.islice(io.StringIO(text), SNIFFED_LINES) if line.strip()]
    # The first line may have escaped it; without a separator it is the header of the one column there is.
    is_list = len(start) > 1 and any(delimiter in start[0] for delimiter in DELIMITERS)
    if not is_list or not all(map(_inside, start[1:])):
        return ""
    return "\n".join(_inside(line) or line for line in text.splitlines())


def _inside(line: str) -> str:
    """Return what a line that is one quoted cell holds, "" where it is not, or holds no separator."""
    found = WHOLE_LINE.fullmatch(line.strip())
    inside = found[1].replace('""', '"') if found else ""
    return inside if any(delimiter in inside for delimiter in DELIMITERS) else ""


def _quote(text: str, delimiter: str) -> str:
    """Return the mark around cells that hold a separator: an apostrophe where lines have it so, and no other mark."""
    start = [line for line in itertools.islice(io.StringIO(text), SNIFFED_LINES) if line.strip()]
    between = re.escape(delimiter)
    marked = re.compile(rf"(?:^|{between})\s*'[^']*{between}[^']*'\s*(?:{between}|$)")
    is_apostrophe = '"' not in "".join(start) and any(marked.search(line) for line in start)
    return "'" if is_apostrophe else '"'


def _stated(text: str) -> tuple[str, int]:
    """Return the separator that a first line `sep=;` states and the length of that line, else "" and 0."""
    first, end, _ = text[:20].partition("\n")
    words = first.strip("\r").strip('"')
    if words.lower().startswith("sep=") and len(words) == 5 and words[4] not in '"\r\n':
        return words[4], len(first) + len(end)
    return "", 0


def _likeliest(text: str) -> str:
    """Return the separator under which most of the first lines have the same number of cells, and more than one."""
    start = list(itertools.islice(io.StringIO(text, newline=""), SNIFFED_LINES * 4))
    return max(DELIMITERS, key=lambda delimiter: _evidence(start, delimiter))


def _evidence(start: list[str], delimiter: str) -> tuple[float, int]:
    try:
        lines = itertools.islice(csv.reader(start, delimiter=delimiter, skipinitialspace=True), SNIFFED_LINES)
        lengths = [len(line) for line in lines if line]
    except csv.Error:
        lengths = [line.count(delimiter) + 1 for line in start]
    several = Counter(length for length in lengths if length > 1).most_common(1)
    if not several:
        return 0.0, 0
    length, count = several[0]
    # Headers rarely hold another separator; free text often does.
    return count / len(lengths) + (lengths[0] == length) / 2, length


class _Window:
    """The lines of a text one by one, with those kept that were taken since the last record."""

    def __init__(self, text: str) -> None:
        self.lines = io.StringIO(text, newline="")
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.taken.append(line)
            yield line


def _lines(text: str, delimiter: str, quote: str, *, before: int) -> Iterator[list[str]]:
    window = _Window(text.replace("\x00", ""))
    reader = csv.reader(window, delimiter=delimiter, quotechar=quote, skipinitialspace=True, strict=True)
    cells, begun, width = 0, before + 1, 0
    for rows in itertools.count(1):
        window.taken.clear()
        try:
            line = next(reader, None)
        except csv.Error as error:
            raise Unreadable(OPEN_QUOTE.format(line=begun)) from error
        if line is None:
            return
        cells += len(line) - line.count("")
        refuse_extent(rows=rows, columns=len(line), cells=cells)
        width = width or (len(line) if len(line) > 1 else 0)
        if len(window.taken) > 1 and _are_lines_of_their_own(window.taken, delimiter, width):
            raise Unreadable(OPEN_QUOTE.format(line=begun))
        begun = before + reader.line_num + 1
        yield line


def _are_lines_of_their_own(lines: list[str], delimiter: str, width: int) -> bool:
    """Tell whether every line inside one record has as many separators as a whole line: a quote swallowed them."""
    return width > 1 and all(line.count(delimiter) == width - 1 for line in lines)
