"""A case file with a canary in every text, so that a test can follow each of them out of the door, or not."""

from dataclasses import dataclass
from typing import Any

import msgspec

from campaign.cases.classification import Field, Visibility, closest, fields_of
from campaign.cases.file import CaseFile
from campaign.dates.edtf import PartialDate
from tests.publishing.builders import DIGEST, consent, day, risk

PLACE = "653121"
PLACES = {"place", "birth_place", "origin_place", "held_place", "last_contact_place"}


@dataclass
class Planted:
    """The file, and the path of every canary with how far it may go."""

    file: CaseFile
    canaries: dict[str, Visibility]


def planted() -> Planted:
    """Return a file whose every free text is a canary of its own, dates' words as written included."""
    canaries: dict[str, Visibility] = {}
    file = _filled(CaseFile, "", Visibility.PUBLIC, canaries)
    file.birth = msgspec.structs.replace(day("1974-04-12"), written=canary("birth/written"))
    file.gender = "another"
    file.consents = [consent(basis="self", giver="canary-consents-giver", limits="canary-consents-limits")]
    file.risks = [risk(mitigation="canary-risks-mitigation")]
    file.citations[0].source_id, file.citations[0].fact = file.sources[0].id, "occupation"
    file.texts = [msgspec.structs.replace(file.texts[0], kind=kind, id=f"f000000{n}") for n, kind in enumerate(KINDS)]
    file.images[0].digest_list = file.images[0].digest_page = file.images[0].digest_print = DIGEST
    return Planted(file, canaries)


KINDS = ("summary", "story", "quote", "details")


def canary(path: str) -> str:
    """Return the text planted at a path: one word, and backwards where it names somebody, so that no two are alike."""
    word = path.replace("/", "").replace("_", "")
    return "canary-" + (word[::-1] if path.endswith(("/counsel", "/judge")) else word)


def _filled(struct: type[Any], base: str, above: Visibility, canaries: dict[str, Visibility]) -> Any:
    values: dict[str, object] = {}
    for field in fields_of(struct):
        seen = closest(above, field.mark.visibility)
        path = f"{base}{field.name}"
        if field.shape == "rows":
            values[field.name] = [_filled(field.struct, f"{path}/", seen, canaries)] if field.struct else []
        elif field.shape == "part":
            values[field.name] = _filled(field.struct, f"{path}/", seen, canaries) if field.struct else None
        else:
            values[field.name] = _value(field, path, seen, canaries)
    return struct(**values)


def _value(field: Field, path: str, seen: Visibility, canaries: dict[str, Visibility]) -> object:
    if field.type is PartialDate:
        canaries[f"{path}/written"] = Visibility.STAFF
        return msgspec.structs.replace(day("2018-04-03"), written=canary(f"{path}/written"))
    if field.type is bool:
        return field.name not in {"made_by_captors", "is_confidential", "shows_minor"}
    if field.type not in (str, list[str]):
        return None
    text = _text(field, path, seen, canaries)
    return [text] if field.type == list[str] else text


def _text(field: Field, path: str, seen: Visibility, canaries: dict[str, Visibility]) -> str:
    if field.mark.vocabulary is not None:
        return "" if field.name in {"status_override", "translation_state"} else field.mark.vocabulary.codes[0]
    if field.name in PLACES:
        return PLACE
    if field.name == "age_reported":
        return "44"
    canaries[path] = seen
    return canary(path)
