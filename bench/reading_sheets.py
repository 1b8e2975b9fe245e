"""Benchmark of reading a workbook as the desk does, in the process apart, beside its values read by calamine alone."""

import io
import random
import zipfile
from collections.abc import Callable
from time import perf_counter, process_time

import python_calamine

from bench.figures import Figure
from campaign import sandbox, sheets
from campaign.sandbox.worker import cpu_seconds
from campaign.sheets.rehearsal import MAIN, PARTS

COLUMNS = 20
RUNS = 3


def measure(*, rows: int) -> list[Figure]:
    """Return what reading a workbook of 20 columns takes: processor time of both processes, and the clock."""
    content = workbook(rows)
    alone = min(cpu_of(lambda: values_alone(content)) for _ in range(RUNS))
    with sandbox.running() as worker:
        before = cpu_seconds(worker.pid)
        started = perf_counter()
        ours = sum(cpu_of(lambda: read(content, rows)) for _ in range(RUNS)) / RUNS
        wall = (perf_counter() - started) / RUNS
        whole = ours + (cpu_seconds(worker.pid) - before) / RUNS
    what, anchor = f"workbook of {rows:,} x {COLUMNS}, read", "its values by calamine alone"
    return [
        Figure(f"{what}, processor", whole, "s CPU", anchor, alone, whole / alone, "10,000 in <= 1 s"),
        Figure(f"{what}, in the server's process", ours, "s CPU"),
        Figure(what, wall, "s"),
    ]


def cpu_of(deed: Callable[[], object]) -> float:
    """Return the processor time that a deed takes in this process."""
    started = process_time()
    deed()
    return process_time() - started


def values_alone(content: bytes) -> object:
    """Return the values of the first sheet."""
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def read(content: bytes, rows: int) -> None:
    """Read the workbook as the desk does."""
    table = sheets.read(content, "bench.xlsx").sheet
    assert (len(table.rows), len(table.headers)) == (rows, COLUMNS)


def workbook(rows: int) -> bytes:
    """Return a workbook: texts in two scripts kept as shared strings, and dates in every fourth column."""
    chance = random.Random(1)
    words = [f"Word {number} некий текст" for number in range(rows * 6)]
    lines = [_line(1, [f'<c r="{{}}" t="str"><v>Column {place}</v></c>' for place in range(COLUMNS)])]
    for number in range(2, rows + 2):
        texts = [f'<c r="{{}}" t="s"><v>{chance.randrange(len(words))}</v></c>' for _ in range(COLUMNS)]
        texts[3::4] = [f'<c r="{{}}" s="1"><v>{chance.randrange(20_000, 40_000)}</v></c>' for _ in texts[3::4]]
        lines.append(_line(number, texts))
    relations = PARTS["xl/_rels/workbook.xml.rels"]
    shared = relations[relations.index("<Relationship ") : relations.index("</Relationships>")]
    shared = shared.replace('"a"', '"b"').replace("/worksheet", "/sharedStrings", 1)
    shared = shared.replace("worksheets/sheet1.xml", "sharedStrings.xml")
    parts = {
        **PARTS,
        "xl/_rels/workbook.xml.rels": relations.replace("</Relationships>", f"{shared}</Relationships>"),
        "xl/sharedStrings.xml": f"<sst {MAIN}>{''.join(f'<si><t>{word}</t></si>' for word in words)}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _line(number: int, cells: list[str]) -> str:
    placed = (cell.format(f"{chr(65 + place)}{number}") for place, cell in enumerate(cells))
    return f'<row r="{number}">{"".join(placed)}</row>'
