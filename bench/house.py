"""`python -m bench house`: how large the program is, how it is cut up, and how many files one request passes.

A code line is a line that holds a token of code: no blank line, no comment, no docstring.
"""

import ast
import io
import tokenize
from dataclasses import dataclass
from pathlib import Path

from bench.walks import Walk, walks

ROOT = Path(__file__).parent.parent
NOT_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
LONGEST_SHOWN = 5


@dataclass(frozen=True)
class Sizes:
    """The files of a package: code lines of each file and each function, and the code lines of imports."""

    files: dict[str, int]
    functions: dict[str, int]
    import_lines: int

    @property
    def code_lines(self) -> int:
        """Return the code lines of all files."""
        return sum(self.files.values())


def sizes(folder: Path) -> Sizes:
    """Return the sizes of the Python files under a folder."""
    files: dict[str, int] = {}
    functions: dict[str, int] = {}
    import_lines = 0
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text()
        tree = ast.parse(text)
        lines = code_lines(text, tree)
        name = str(path.relative_to(ROOT))
        files[name] = len(lines)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions[f"{name}:{node.name}"] = len(lines & _span(node))
            elif isinstance(node, ast.Import | ast.ImportFrom):
                import_lines += len(lines & _span(node))
    return Sizes(files, functions, import_lines)


def code_lines(text: str, tree: ast.Module) -> set[int]:
    """Return the numbers of the code lines of a file."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in NOT_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    return lines - docstring_lines(tree)


def docstring_lines(tree: ast.Module) -> set[int]:
    """Return the numbers of the lines on which docstrings stand."""
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and (
            ast.get_docstring(node, clean=False) is not None
        ):
            lines |= _span(node.body[0])
    return lines


def _span(node: ast.stmt) -> set[int]:
    return set(range(node.lineno, (node.end_lineno or node.lineno) + 1))


def percentile(values: list[int], share: float) -> int:
    """Return the value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def report(folder: Path = ROOT / "campaign") -> str:
    """Return the sizes of the program and its walks, as lines of text."""
    found = sizes(folder)
    total = found.code_lines
    lengths = {name: len((ROOT / name).read_text().splitlines()) for name in found.files}
    functions = list(found.functions.values())
    lines = [
        f"files                  {len(found.files)}",
        f"code lines             {total}",
        f"lines of imports       {found.import_lines} ({found.import_lines / total:.1%})",
        f"lines a file           median {percentile(list(lengths.values()), 0.5)}, "
        f"p90 {percentile(list(lengths.values()), 0.9)}, longest {max(lengths.values())}",
        f"code lines a function  p90 {percentile(functions, 0.9)}, longest {max(functions)}",
        "",
        "rooms (files, code lines)",
        *_rooms(found.files),
        "",
        "longest files",
        *_longest(lengths),
        "",
        "longest functions",
        *_longest(found.functions),
        "",
        "walks (files, rooms, SQL statements)",
        *(_told(walk) for walk in walks()),
    ]
    return "\n".join(lines)


def _rooms(files: dict[str, int]) -> list[str]:
    rooms: dict[str, list[int]] = {}
    for name, lines in files.items():
        parts = name.split("/")
        rooms.setdefault(parts[1] if len(parts) > 2 else "(ground floor)", []).append(lines)
    return [f"  {room:<16} {len(counts):>4} {sum(counts):>7}" for room, counts in sorted(rooms.items())]


def _longest(lengths: dict[str, int]) -> list[str]:
    top = sorted(lengths.items(), key=lambda pair: -pair[1])[:LONGEST_SHOWN]
    return [f"  {lines:>4}  {name}" for name, lines in top]


def _told(walk: Walk) -> str:
    return f"  {walk.name:<44} {len(walk.files):>4} {len(walk.rooms):>4} {walk.statements:>4}"
