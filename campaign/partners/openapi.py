"""The OpenAPI description of /api/v1, with the schema of every format of the documents."""

from typing import Any

from campaign.ledger import dictionary
from campaign.ledger.documents import PROFILES, TERMS, kept_schema
from campaign.ledger.facet_index import FILTERS
from campaign.partners.answers import CODES, DEFAULT_LIMIT, MAX_LIMIT
from campaign.search.query import LONGEST
from campaign.search.reasons import SENTENCES
from campaign.vocabulary import VOCABULARIES
from campaign.vocabulary.status import OF_MANY
from campaign.vocabulary.status_lines import LINES
from campaign.vocabulary.table import Term

Json = dict[str, Any]
FORMATS = range(1, len(PROFILES.every) + 1)
REFS: Json = {"type": "array", "items": {"type": "string"}}
INTEGER = {"type": "integer", "minimum": 0}
# What any address may refuse: bytes that are no text, an address beyond measure, too many questions.
ANYWHERE = (400, 414, 429)
LEDGER_ID: Json = {"type": "string", "pattern": "^([0-9a-f]{32})?$"}
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


def description(name: str, address: str) -> Json:
    """Return the description as an OpenAPI 3.1 document."""
    about = f"Read-only; needs no key. {TERMS} Pictures lie at /media/<digest>, as their `url` says."
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{name}: public profiles", "version": "1", "description": about},
        "servers": [{"url": address or "/"}],
        "paths": paths(),
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


def people() -> Json:
    """Return the schema of the list of profiles."""
    counts = {
        "matched": {
            **INTEGER,
            "description": "How many have every filter and answer `q`; the best 200 of these.",
        },
        "total": {**INTEGER, "description": "How many are public."},
    }
    many = listing("profiles", "Document", {"next": {"type": ["string", "null"]}, **counts, "head": INTEGER})
    many["properties"] |= {"found": {"type": "array", "items": {"$ref": "#/components/schemas/Found"}}}
    many["properties"] |= {"damaged": {**REFS, "description": "Public, but can't be given at present."}}
    return many


def in_path(name: str, schema: Json) -> Json:
    """Return a part of an address that changes."""
    return {"name": name, "in": "path", "required": True, "schema": schema}


def paths() -> Json:
    """Return what each address answers."""
    limit = parameter("limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT})
    page = [parameter("after", {"type": "string", "maxLength": 40}), limit]
    told = listing("changes", "LedgerChange", {"next": INTEGER, "head": INTEGER, "ledger_id": LEDGER_ID})
    one = {"$ref": "#/components/schemas/Document"}
    ref, digest = (in_path(name, {"type": "string"}) for name in ("ref", "digest"))
    number = in_path("number", {"enum": list(FORMATS)})
    anything: Json = {"type": "object"}
    chosen = [parameter(name, filter_schema(name)) for name in FILTERS]
    picture: Json = {"type": "string", "format": "binary"}
    query = parameter("q", {"type": "string", "maxLength": LONGEST})
    return {
        "/api/v1": get("Counts, head number and addresses.", [], anything),
        "/api/v1/profiles": get(
            "Public profiles in order of refs; with `q` those whom the site's search shows, the best first.",
            [*page, *chosen, query],
            people(),
            400,
        ),
        "/api/v1/profiles/{ref}": get("One profile as published.", [ref], one, 404, 410),
        "/api/v1/changes": get(
            "The newest entries above a number. Send the `ledger_id` of the last answer beside its `next`: 409 means "
            "that the ledger was put back from a copy. Start again from 0 then, and delete of your copies whatever it "
            "does not show.",
            [parameter("since", INTEGER), parameter("ledger_id", LEDGER_ID), limit],
            told,
            400,
            409,
        ),
        "/api/v1/export.jsonl": get("Every document, one a line.", [], anything, 503, media_type="application/jsonl"),
        "/api/v1/export.json": get("Every document in one object.", [], anything, 503),
        "/api/v1/export.csv": get("A table of all profiles.", [], {"type": "string"}, 503, media_type="text/csv"),
        "/api/v1/schema/profile-{number}.json": get(
            "The JSON Schema of a format of profiles.", [number], anything, 404
        ),
        "/api/v1/vocabulary": get("Every code with its label, and the sentences of situations.", [], anything),
        "/media/{digest}": get(
            "A copy of a picture, while a public profile shows it: the `url` of a rendition.",
            [digest],
            picture,
            404,
            media_type="image/jpeg",
        ),
        "/api/v1/openapi.json": get("This description.", [], anything),
        "/api/v1/ledger": get("Headers of entries.", [parameter("after", INTEGER), limit], anything, 400),
    }


def filter_schema(name: str) -> Json:
    """Return what a filter takes: one of its codes, or a year, a place, yes or no."""
    if name in CODES:
        return {"enum": [term.code for term in CODES[name].terms]}
    if name == "released":
        return {"enum": ["yes", "no"]}
    return {"type": "string", "pattern": "^[0-9]{4}$"} if name == "year" else {"type": "string"}


def vocabularies() -> Json:
    """Return the vocabularies whose codes a profile may hold, by name: title and terms in their order."""
    named = {row[3].removeprefix("?") for row in dictionary.FIELDS.values() if row[3]}
    return {
        name: {"title": VOCABULARIES[name].title, "terms": [_term(term) for term in VOCABULARIES[name].terms]}
        for name in sorted(named)
    }


def _term(term: Term) -> Json:
    told: Json = {"code": term.code, "label": term.label}
    if term.hur:
        told["huridocs"] = term.hur
    return told | ({"is_retired": True} if term.is_retired else {})


def sentences() -> Json:
    """Return, by status, the sentences that a situation is told in: with fresh news, and when last heard of."""
    return {
        code: {
            "of_many": OF_MANY[code],
            "fresh": list(dict.fromkeys(fresh for fresh, _ in lines.values())),
            "when_last_heard_of": list(dict.fromkeys(heard for _, heard in lines.values())),
        }
        for code, lines in LINES.items()
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
    """Return a GET operation: its answer, and the refusals it may give: problem details, a page for a picture."""
    answer = {"description": summary, "content": {media_type: {"schema": schema}}}
    refusal: Json = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    told = "Problem details"
    if media_type.startswith("image/"):
        refusal, told = {"text/html": {"schema": {"type": "string"}}}, "A page that says why"
    responses = {str(status): {"description": told, "content": refusal} for status in sorted({*refusals, *ANYWHERE})}
    return {"get": {"summary": summary, "parameters": parameters, "responses": {"200": answer, **responses}}}
