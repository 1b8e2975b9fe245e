"""The OpenAPI description of /api/v1, with the schema of every format of the documents."""

from typing import Any

from campaign.ledger.documents import PROFILES, kept_schema
from campaign.partners.answers import DEFAULT_LIMIT, MAX_LIMIT
from campaign.search.query import LONGEST
from campaign.search.reasons import SENTENCES

Json = dict[str, Any]
FORMATS = range(1, len(PROFILES.every) + 1)
REFS: Json = {"type": "array", "items": {"type": "string"}}
INTEGER = {"type": "integer", "minimum": 0}
# What any address may refuse: bytes that are no text, an address beyond measure, too many questions.
ANYWHERE = (400, 414, 429)
# Called LedgerChange beside a document's own Change (its kind and note), which the structs name.
CHANGE = {
    "type": "object",
    "description": "The newest entry of one subject. It replaces everything earlier of its ref.",
    "required": ["number", "kind", "subject", "ref", "at"],
    "properties": {
        "number": INTEGER,
        "kind": {"enum": ["publish", "withdraw"]},
        "subject": {"type": "string"},
        "ref": {"type": "string"},
        "at": {"type": "string", "format": "date-time"},
        "document": {"$ref": "#/components/schemas/Document"},
        "merged_into": {"type": "string"},
        "is_damaged": {
            "const": True,
            "description": "The document is public but can't be given at present: keep yours.",
        },
    },
}
FOUND = {
    "type": "object",
    "description": "Why a profile answers a search, in the order of the profiles. Only with `q`.",
    "required": ["ref", "score", "why"],
    "properties": {
        "ref": {"type": "string"},
        "score": {"type": "number", "description": "1 for the very name, 2 for the very number; shown from 0.3."},
        "why": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "sentence"],
                "properties": {"code": {"enum": sorted(SENTENCES)}, "sentence": {"type": "string"}},
                "additionalProperties": {"type": "string"},
            },
        },
    },
}
PROBLEM = {
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {"title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}},
}


def description(name: str, address: str, statuses: list[str]) -> Json:
    """Return the description as an OpenAPI 3.1 document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{name}: public profiles", "version": "1", "description": "Read-only; needs no key."},
        "servers": [{"url": address or "/"}],
        "paths": paths(statuses),
        "components": {"schemas": {**documents(), "LedgerChange": CHANGE, "Found": FOUND, "Problem": PROBLEM}},
    }


def documents() -> Json:
    """Return the schemas of profiles in every format ever published, and `Document`: any one of them."""
    parts = [(number, name, part) for number in FORMATS for name, part in (kept_schema(number) or {})["$defs"].items()]
    named = {component(number, name): placed(part, number) for number, name, part in parts}
    any_of = [{"$ref": f"#/components/schemas/{component(number, 'Profile')}"} for number in FORMATS]
    return {**named, "Document": {"description": "A profile in the format that its `schema` says.", "oneOf": any_of}}


def component(number: int, name: str) -> str:
    """Return what a part of one format is called among the components: of the newest, by its name alone."""
    return name if number == FORMATS[-1] else f"Profile{number}.{name}"


def placed(schema: Any, number: int) -> Any:
    """Return a part of one format's schema with its references leading to components."""
    if isinstance(schema, list):
        return [placed(inner, number) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    if isinstance(reference := schema.get("$ref"), str):
        return {**schema, "$ref": f"#/components/schemas/{component(number, reference.removeprefix('#/$defs/'))}"}
    return {key: placed(inner, number) for key, inner in schema.items()}


def paths(statuses: list[str]) -> Json:
    """Return what each address answers."""
    limit = parameter("limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT})
    page = [parameter("after", {"type": "string", "maxLength": 40}), limit]
    many = listing("profiles", "Document", {"next": {"type": ["string", "null"]}, "total": INTEGER, "head": INTEGER})
    many["properties"] |= {"found": {"type": "array", "items": {"$ref": "#/components/schemas/Found"}}}
    many["properties"] |= {"matched": {**INTEGER, "description": "How many answer `q`; the best 200 can be read."}}
    many["properties"] |= {"damaged": {**REFS, "description": "Public, but can't be given at present."}}
    told = listing("changes", "LedgerChange", {"next": INTEGER, "head": INTEGER})
    one = {"$ref": "#/components/schemas/Document"}
    ref = {"name": "ref", "in": "path", "required": True, "schema": {"type": "string"}}
    number = {"name": "number", "in": "path", "required": True, "schema": {"enum": list(FORMATS)}}
    anything: Json = {"type": "object"}
    status = parameter("status", {"enum": statuses})
    query = parameter("q", {"type": "string", "maxLength": LONGEST})
    return {
        "/api/v1": get("Counts, head number and addresses.", [], anything),
        "/api/v1/profiles": get(
            "Public profiles in order of refs; with `q` those whom the site's search shows, the best first.",
            [*page, status, query],
            many,
            400,
        ),
        "/api/v1/profiles/{ref}": get("One profile as published.", [ref], one, 404, 410),
        "/api/v1/changes": get(
            "The newest entries above a number.", [parameter("since", INTEGER), limit], told, 400, 409
        ),
        "/api/v1/export.jsonl": get("Every document, one a line.", [], anything, 503, media_type="application/jsonl"),
        "/api/v1/export.json": get("Every document in one object.", [], anything, 503),
        "/api/v1/export.csv": get("A table of all profiles.", [], {"type": "string"}, 503, media_type="text/csv"),
        "/api/v1/schema/profile-{number}.json": get(
            "The JSON Schema of a format of profiles.", [number], anything, 404
        ),
        "/api/v1/openapi.json": get("This description.", [], anything),
        "/api/v1/ledger": get("Headers of entries.", [parameter("after", INTEGER), limit], anything, 400),
    }


def parameter(name: str, schema: Json) -> Json:
    """Return an optional parameter of the query."""
    return {"name": name, "in": "query", "required": False, "schema": schema}


def listing(name: str, of: str, rest: Json) -> Json:
    """Return the schema of an object that holds many of one kind under a name."""
    many = {"type": "array", "items": {"$ref": f"#/components/schemas/{of}"}}
    return {"type": "object", "required": [name, *rest], "properties": {name: many, **rest}}


def get(
    summary: str, parameters: list[Json], schema: Json, *refusals: int, media_type: str = "application/json"
) -> Json:
    """Return a GET operation: its answer, and the refusals it may give as problem details."""
    answer = {"description": summary, "content": {media_type: {"schema": schema}}}
    refusal = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    responses = {
        str(status): {"description": "Problem details", "content": refusal} for status in sorted({*refusals, *ANYWHERE})
    }
    return {"get": {"summary": summary, "parameters": parameters, "responses": {"200": answer, **responses}}}
