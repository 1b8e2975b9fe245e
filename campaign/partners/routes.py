"""The addresses under /api/v1. Read-only, the same for everybody, without key or cookie."""

import hashlib

import msgspec
from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response as AnyResponse

from campaign.database import db
from campaign.ledger import bodies, browse, changes, documents, facet_index, identity, reader, search
from campaign.ledger.documents import TERMS
from campaign.ledger.facet_index import FILTERS
from campaign.ledger.stamp import public_stamp
from campaign.partners import answers, export, openapi
from campaign.partners.answers import LIMITED
from campaign.vocabulary.sentences import NOT_PUBLIC
from campaign.web.context import settings
from campaign.web.errors import problem
from campaign.web.limits import limiter, questions

A_MINUTE = 60  # the rate of the JSON is told a minute
PARAMETERS = {
    "profiles": ("after", "limit", "q", *FILTERS),
    "since": ("since", "ledger_id", "limit"),
    "ledger": ("after", "limit"),
}
blueprint = Blueprint("partners", __name__, url_prefix="/api/v1")
blueprint.after_request(answers.open_to_readers)
limiter.limit(lambda: settings().partner_rate)(blueprint)


@blueprint.before_request
def refuse_who_asks_too_often() -> None:
    """Refuse who was counted in front of Flask. Raises TooManyRequests."""
    if request.environ.get(LIMITED):
        raise TooManyRequests(retry_after=A_MINUTE)


@blueprint.before_request
def refuse_unknown_parameters() -> None:
    """Refuse a parameter that the address does not know. Raises Unanswerable."""
    if request.endpoint is not None:
        answers.refuse_unknown(PARAMETERS.get(request.endpoint.removeprefix("partners."), ()))


@blueprint.errorhandler(answers.Unanswerable)
def refuse(question: answers.Unanswerable) -> Response:
    """Say what could have been asked instead."""
    return problem(400, str(question))


@blueprint.errorhandler(changes.StartAgain)
def start_again(refusal: changes.StartAgain) -> Response:
    """Tell a follower of another ledger, or of a number that this one does not have, to start again from 0."""
    return problem(409, str(refusal), head=reader.head(), ledger_id=identity.current())


def written(answer: object) -> Response:
    """Return what was composed for this answer, under the hash of its bytes."""
    return composed(msgspec.json.encode(answer))


def composed(body: bytes) -> Response:
    """Return bytes made for this answer, under their hash."""
    return answers.stored(body, hashlib.sha256(body).hexdigest())


@blueprint.get("")
@blueprint.get("/", endpoint="index_with_slash")
def index() -> Response:
    """Say how many are public, how far the ledger is, and where the rest lies."""
    return written(
        {
            "name": settings().name,
            "counts": {"profiles": browse.total()},
            "head": reader.head(),
            "ledger_id": identity.current(),
            "schema": url_for("partners.schema", number=len(documents.PROFILES.every)),
            "profiles": url_for("partners.profiles"),
            "changes": f"{url_for('partners.since')}?since=0",
            "exports": [url_for(f"partners.export_{kind}") for kind in ("jsonl", "json", "csv")],
            "ledger": url_for("partners.ledger"),
            "openapi": url_for("partners.description"),
            "vocabulary": url_for("partners.vocabulary"),
            "terms": TERMS,
        }
    )


@blueprint.get("/profiles")
def profiles() -> Response:
    """Give public profiles in order of refs, a page at a time; or those who answer `q`, as the site ranks them."""
    if answers.query():
        return searched()
    filters, total = answers.filters(), browse.total()
    page, following = bodies.page(answers.after(), answers.limit(), filters)
    matched = facet_index.current().having(filters).bit_count() if filters else total
    return listed(page, {"next": following, "matched": matched, "total": total, "head": reader.head()})


@questions
def searched() -> Response:
    """Give the people that the site's search shows, in its order; how well and why stands beside the stored bytes."""
    results = search.people(answers.query(), answers.filters())
    hits, following = results.page(after=answers.after(), limit=answers.limit())
    rest: dict[str, object] = {
        "found": [hit_json(hit) for hit in hits],
        "next": following,
        "matched": results.total,
        "total": browse.total(),
        "head": reader.head(),
    }
    return listed(bodies.of([hit.number for hit in hits]), rest)


def listed(some: bodies.Some, rest: dict[str, object]) -> Response:
    """Give stored bytes beside the rest of an answer, which names those that are not what was published."""
    if some.damaged:
        rest |= {"damaged": some.damaged}
    return composed(b'{"profiles":[' + b",".join(some.bodies) + b"]," + msgspec.json.encode(rest)[1:])


def hit_json(hit: search.Hit) -> dict[str, object]:
    """Return how well somebody answers and why, in codes and in English."""
    why = [{"code": reason.code, "sentence": reason.sentence, **reason.parameters} for reason in hit.reasons]
    return {"ref": hit.card.ref, "score": hit.score, "why": why}


@blueprint.get("/profiles/<ref>")
def profile(ref: str) -> AnyResponse:
    """Give a profile's bytes as they were published; 410 once it is withdrawn, and never its name."""
    found = reader.stored(ref)
    if found is not None:
        return answers.stored(found.body, found.digest)
    state = reader.state(ref)
    if isinstance(state, reader.Merged):
        return redirect(url_for("partners.profile", ref=state.ref), 301)
    if state == "unknown":
        return problem(404, "No profile has this reference.")
    return problem(410, NOT_PUBLIC)


@blueprint.get("/changes")
def since() -> Response:
    """Give the newest entry of each subject above a number, in number order."""
    page = changes.since(answers.number("since", 0), answers.limit(), ledger_id=answers.ledger_id())
    rows = b",".join(change_json(change) for change in page.changes)
    where = {"head": page.head, "next": page.next, "ledger_id": page.ledger_id}
    return composed(b'{"changes":[%b],%b' % (rows, msgspec.json.encode(where)[1:]))


def change_json(change: changes.Change) -> bytes:
    """Return one change as JSON, its document as the stored bytes."""
    about: dict[str, object] = {
        "number": change.number,
        "kind": change.kind,
        "subject": change.subject,
        "ref": change.ref,
        "at": change.at,
    }
    if change.merged_into is not None:
        about["merged_into"] = change.merged_into
    if change.is_damaged:
        about["is_damaged"] = True
    encoded = msgspec.json.encode(about)
    return encoded if change.body is None else encoded[:-1] + b',"document":' + change.body + b"}"


@blueprint.get("/export.jsonl")
def export_jsonl() -> Response:
    """Give every public document, one a line."""
    chunks = export.as_json_lines(db.engine)
    return whole(answers.streamed(chunks, export_tag("jsonl"), mimetype="application/jsonl", filename="profiles.jsonl"))


@blueprint.get("/export.json")
def export_json() -> Response:
    """Give every public document as one JSON object."""
    chunks = export.as_json(db.engine, reader.head())
    return whole(answers.streamed(chunks, export_tag("json"), mimetype=answers.JSON, filename="profiles.json"))


@blueprint.get("/export.csv")
def export_csv() -> Response:
    """Give what fits into a table of every public profile."""
    chunks = export.as_csv(db.engine, settings().address)
    return whole(answers.streamed(chunks, export_tag("csv"), mimetype="text/csv", filename="profiles.csv"))


def export_tag(kind: str) -> str:
    """Return the ETag of an export: another one as soon as anything public changed."""
    return f"{kind}-{public_stamp()}"


def whole(response: Response) -> Response:
    """Return an export with the ledger's head as it was before: follow /changes from there."""
    response.headers["Ledger-Head"] = str(reader.head())
    return response


@blueprint.get("/schema/profile-<int:number>.json")
def schema(number: int) -> Response:
    """Give the JSON Schema of one format of a profile: each that was ever published has its own."""
    kept = documents.kept_schema(number)
    if kept is None:
        return problem(
            404, f"No profile was ever published as profile/{number}; the newest is {documents.PROFILES.newest}."
        )
    return written({"$id": settings().address + url_for("partners.schema", number=number), **kept})


@blueprint.get("/vocabulary")
def vocabulary() -> Response:
    """Give every code that a profile may hold, with its label, and the sentences that a situation is told in."""
    return written({"vocabularies": openapi.vocabularies(), "sentences": openapi.sentences()})


@blueprint.get("/openapi.json")
def description() -> Response:
    """Give the OpenAPI description of these addresses."""
    return written(openapi.description(settings().name, settings().address))


@blueprint.get("/ledger")
def ledger() -> Response:
    """Give the headers of the entries above a number, so that anybody can check the chain."""
    entries = changes.after(answers.number("after", 0), answers.limit())
    head = reader.head()
    return written({"entries": entries, "next": entries[-1]["number"] if entries else head, "head": head})
