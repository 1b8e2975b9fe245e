"""Decoding errors turned into sentences that name the field as people know it."""

import re

import msgspec

from campaign.cases.classification import fields_of
from campaign.formats import NOT_JSON, Damaged

_WHERE = re.compile(r" - at `\$(?P<where>[^`]*)`$")
_STEP = re.compile(r"\.(?P<name>\w+)|\[(?P<index>\d+|\.\.\.)\]")
_WRONG_TYPE = re.compile(r"Expected `(?P<expected>[^`]+)`(?:, got `(?P<got>[^`]+)`)?")
_KIND = {"str": "text", "int": "a whole number", "bool": "yes or no", "array": "a list", "object": "a group of fields"}


class Malformed(Damaged):
    """Content that is no case file: `path` says where, `sentence` what is wrong there."""

    def __init__(self, path: str, sentence: str, name: str = "") -> None:
        super().__init__(f"The file of {name} is damaged. {sentence}" if name else sentence)
        self.path = path
        self.sentence = sentence


def sentence_for(fault: Damaged, struct: type[msgspec.Struct], name: str = "") -> Malformed:
    """Return the refusal that says where and what, never quoting the content: it may be confidential."""
    error = fault.__cause__
    if not isinstance(error, NOT_JSON):
        return Malformed("", "This is not a case file of the format that it says.", name)
    text = str(error)
    if not isinstance(error, msgspec.ValidationError):
        return Malformed("", "This is not a case file: it cannot be read as JSON in UTF-8.", name)
    found = _WHERE.search(text)
    steps = list(_STEP.finditer(found["where"])) if found else []
    path = "/".join(step["name"] or step["index"] for step in steps)
    label = _label(struct, [step["name"] or "" for step in steps])
    return Malformed(path, f"{label}: {_reason(_WHERE.sub('', text))}", name)


def _label(struct: type[msgspec.Struct], steps: list[str]) -> str:
    labels: list[str] = []
    here: type[msgspec.Struct] | None = struct
    for name in filter(None, steps):
        field = next((field for field in fields_of(here) if field.name == name), None) if here else None
        labels.append(field.label if field else name)
        here = field.struct if field else None
    return ", ".join(labels) or "Case file"


def _reason(text: str) -> str:
    wrong = _WRONG_TYPE.match(text)
    if wrong:
        expected = " or ".join(_KIND.get(part.strip(), "nothing") for part in wrong["expected"].split("|"))
        return f"this must be {expected}."
    if text.startswith("Object contains unknown field"):
        return f"there is no field called {text.split('`')[1]!r} here."
    return f"{text.rstrip('.')}."
