"""The text of a map: TOML, to be edited, kept for the next time, or downloaded from the page."""

from collections.abc import Iterable

from campaign.dates.columns import Reading
from campaign.imports.mapping.further import Further
from campaign.imports.mapping.maps import Map
from campaign.imports.mapping.stated import PARTS
from campaign.imports.targets import TARGETS


def written(chosen: Map) -> str:
    """Return a map as TOML, to be edited, kept or downloaded; `parsed` reads the same map from it."""
    lines = ["# What each column means. Targets: " + ", ".join(TARGETS) + "."]
    lines += ["[columns]", *(_line(header, target, chosen) for header, target in chosen.columns.items())]
    lines += ["", "# Columns that are made of others, joined in this order.", "[join]"]
    lines += [f"{_quoted(made)} = {_listed(parts)}" for made, parts in chosen.joins.items()]
    if chosen.splits:
        lines += ["", '# Columns that are parted; at = "()" parts off what is in brackets.', "[split]"]
        lines += [
            f"{_quoted(header)} = {{at = {_quoted(split.at)}, into = {_listed(split.into)}}}"
            for header, split in chosen.splits.items()
        ]
    if chosen.dates:
        lines += ["", "# How the dates of a column are meant.", "[dates]"]
        lines += [f"{_quoted(header)} = {{{_answer(answer)}}}" for header, answer in chosen.dates.items()]
    lines += ["", *_rows(chosen)]
    if chosen.further:
        lines += ["", "# Sheets beside the list: relatives or sources of its people, or ignore. Whose, says a number."]
        lines += ["[sheets]", *(f"{_quoted(name)} = {_sheet(one)}" for name, one in chosen.further.items())]
    if chosen.sheet or chosen.encoding:
        lines += ["", "[file]", f"sheet = {_quoted(chosen.sheet)}", f"encoding = {_quoted(chosen.encoding)}"]
    for part in (*PARTS, "status"):
        if stated := getattr(chosen, part):
            lines += ["", f"[{part}]", *(f"{name} = {_value(value)}" for name, value in stated.items())]
    return "\n".join(lines) + "\n"


def _line(header: str, target: str, chosen: Map) -> str:
    remark = chosen.remarks.get(header, "")
    return f"{_quoted(header)} = {_quoted(target)}{f'  # {remark}' if remark else ''}"


def _sheet(one: Further) -> str:
    link = "" if one.kind == "ignore" else f", column = {_quoted(one.column)}, number = {_quoted(one.number)}"
    return f"{{as = {_quoted(one.kind)}{link}}}"


def _rows(chosen: Map) -> list[str]:
    person = f"person = {_listed(chosen.key)}" if chosen.gathers else "# person = []"
    return [
        "# The columns that name the same person again in the next sheet, and the list that their numbers belong to.",
        "[rows]",
        f"key = {_listed(() if chosen.gathers else chosen.key)}",
        "# Instead of key, where one person has several rows, such as one a year: they come in as one.",
        person,
        f"scheme = {_quoted(chosen.scheme)}",
        f"tag = {_quoted(chosen.tag)}",
        f"as_of = {_quoted(chosen.as_of)}",
        f"language = {_quoted(chosen.language)}",
    ]


def _answer(answer: Reading) -> str:
    said = [] if answer.day_first is None else [f"day_first = {_value(answer.day_first)}"]
    return ", ".join([*said, f"calendar = {_quoted(answer.calendar)}"] if answer.calendar else said)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return _listed([str(one) for one in value])
    return _quoted(value) if isinstance(value, str) else str(value)


def _listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _quoted(text: str) -> str:
    """Return a text as TOML's basic string: controls, quotes and backslashes escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(f"\\u{ord(sign):04x}" if sign < " " or sign == "\x7f" else sign for sign in escaped) + '"'
