"""What a partner's program reads over HTTP, and what it is told where there is nothing to read."""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import replace

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign.database import db
from campaign.hashchain import START
from campaign.ledger import writer
from campaign.ledger.browse import facets_of
from campaign.ledger.documents import encode
from campaign.ledger.search import entry_of
from campaign.partners import answers
from campaign.web.limits import limiter
from tests.ledger.samples import a_profile

REFS = ["FXD-10001", "FXD-10002", "FXD-10003"]
CANARY = "Canary Withdrawn"


@pytest.fixture
def partner(app: Flask) -> FlaskClient:
    """A program, over https, where three are public, one is withdrawn, and one was merged into the first."""
    with app.app_context():
        for ref in REFS:
            writer.append("publish", ref, a_profile(ref=ref, version=1))
        writer.append("publish", "FXD-20001", a_profile(ref="FXD-20001", name=CANARY))
        writer.append("withdraw", "FXD-20001")
        writer.append("publish", "FXD-20002", a_profile(ref="FXD-20002", name=CANARY))
        writer.append("withdraw", "FXD-20002", merged_into=REFS[0])
        db.session.commit()
    return app.test_client()


def ask(partner: FlaskClient, path: str, **headers: str):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return partner.get(f"/api/v1{path}", headers=named, base_url="https://localhost")


def test_the_index_counts_what_is_public_and_every_address_it_names_answers(partner):
    index = ask(partner, "").json
    assert (index["counts"], index["head"]) == ({"profiles": 3}, 7)
    for address in [*index["exports"], index["schema"], index["profiles"], index["changes"], index["ledger"]]:
        assert partner.get(address, base_url="https://localhost").status_code == 200, address


def test_a_profile_is_answered_as_the_bytes_that_were_published(partner):
    answer = ask(partner, "/profiles/FXD-10001")
    assert answer.data == encode(a_profile(ref="FXD-10001"))
    assert answer.headers["ETag"] == f'"{hashlib.sha256(answer.data).hexdigest()}"'
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers


def test_every_document_validates_against_the_schema_served(partner):
    schema = ask(partner, "/schema/profile-2.json").json
    for document in ask(partner, "/profiles").json["profiles"]:
        jsonschema.validate(document, schema, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("number", [0, 3])
def test_the_schema_of_a_format_that_never_was_is_not_found_in_words(partner, number):
    answer = ask(partner, f"/schema/profile-{number}.json")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert "the newest is profile/2" in answer.json["detail"]


@pytest.mark.parametrize(
    ("ref", "status", "words"),
    [("FXD-20001", 410, "not public at present"), ("FXD-99999", 404, "No profile has this reference")],
)
def test_what_is_not_public_is_told_as_a_problem_without_a_name(partner, ref, status, words):
    answer = ask(partner, f"/profiles/{ref}")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert words in answer.json["detail"]
    assert CANARY not in answer.text


def test_a_merged_reference_leads_to_the_other(partner):
    answer = ask(partner, "/profiles/FXD-20002")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/api/v1/profiles/FXD-10001")


@pytest.mark.parametrize("path", ["/profiles/FXD-10001", "/profiles", "/changes?since=0", "/export.jsonl", ""])
def test_who_has_it_already_is_told_so_gzip_apart(partner, path):
    plain, packed = ask(partner, path), ask(partner, path, Accept_Encoding="gzip")
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert ask(partner, path, If_None_Match=plain.headers["ETag"]).status_code == 304
    again = ask(partner, path, If_None_Match=packed.headers["ETag"], Accept_Encoding="gzip")
    assert (again.status_code, again.data) == (304, b"")
    assert "Accept-Encoding" in again.headers["Vary"]


def test_pages_of_profiles_meet_everybody_once(partner):
    met, path = [], "/profiles?limit=2"
    while path:
        page = ask(partner, path).json
        met += [document["ref"] for document in page["profiles"]]
        path = f"/profiles?limit=2&after={page['next']}" if page["next"] else ""
    assert met == REFS
    assert (page["matched"], page["total"]) == (3, 3)


def test_profiles_are_filtered_by_status(partner):
    found = ask(partner, "/profiles?status=disappeared").json
    assert (len(found["profiles"]), found["matched"], found["total"]) == (3, 3, 3)
    nobody = ask(partner, "/profiles?status=executed").json
    assert (nobody["profiles"], nobody["matched"], nobody["total"]) == ([], 0, 3)


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ("from=CN-XJ", REFS), ("held_in=65", []), ("released=no", REFS), ("released=yes", []), ("year=2018", REFS),
        ("ethnicity=kazakh&occupation_group=education&activity=teaching", REFS), ("tag=women", []),
        ("gender=female", []),
    ],
)  # fmt: skip
def test_the_filters_of_the_site_are_those_of_the_api(partner, query, refs):
    met, path = [], f"/profiles?limit=2&{query}"
    while path:
        page = ask(partner, path).json
        assert page["matched"] == len(refs)
        met += [document["ref"] for document in page["profiles"]]
        path = f"/profiles?limit=2&{query}&after={page['next']}" if page["next"] else ""
    assert met == refs
    assert ask(partner, f"/profiles?q=nurlan&{query}").json["matched"] == len(refs)


def test_no_list_leads_from_health_to_a_person(partner):
    answer = ask(partner, "/profiles?tag=in_ill_health")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    ill = a_profile(tags=["women", "in_ill_health"])
    assert [pair for pair in facets_of(ill) if pair[0] == "tag"] == [("tag", "women")]
    assert "ill health" not in str(entry_of(ill)).lower()


@pytest.mark.parametrize(
    "path",
    ["/profiles?place=653121", "/profiles?Status=disappeared", "/profiles?status=disappeared&x=1", "/changes?after=1",
     "/export.csv?status=disappeared", "/profiles/FXD-10001?v=2", "/ledger?since=0", "?format=csv",
     "/openapi.json?v=3"],
)  # fmt: skip
def test_a_parameter_that_nobody_knows_is_refused_with_those_that_are_known(partner, path):
    answer = ask(partner, path)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert "knows no parameter" in answer.json["detail"]
    if path.startswith("/profiles?"):
        assert "after, limit, q, status, released, from, held_in" in answer.json["detail"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("status=free", "detained_form_unknown"), ("ethnicity=Martian", "uyghur"), ("activity=crime", "teaching"),
        ("gender=f", "female"), ("released=maybe", "yes or no"), ("year=18", "four digits"),
        ("from=Kashgar", "code of a place"), ("status=disappeared&status=executed", "given 2 times"),
    ],
)  # fmt: skip
def test_a_value_that_no_filter_has_is_refused_with_what_it_takes(partner, query, words):
    answer = ask(partner, f"/profiles?{query}")
    assert answer.status_code == 400
    assert words in answer.json["detail"]


def test_the_vocabulary_has_every_code_of_the_schema_with_its_label(partner):
    told = ask(partner, "/vocabulary").json
    schema = ask(partner, "/schema/profile-2.json").json
    codes = [code for code in schema["$defs"]["Status"]["properties"]["code"]["enum"] if code]
    assert [term["code"] for term in told["vocabularies"]["status"]["terms"]] == codes
    assert set(told["sentences"]) == set(codes)
    assert told["vocabularies"]["event_type"]["terms"][2] == {"code": "arrest", "label": "Arrest"}
    assert not {"risk_level", "consent_basis", "decision"} & set(told["vocabularies"])
    assert "{where}" in told["sentences"]["internment_camp"]["when_last_heard_of"][1]


def test_every_property_of_the_schema_is_described(partner):
    schema = ask(partner, "/schema/profile-2.json").json
    words = [told.get("description", "") for part in schema["$defs"].values() for told in part["properties"].values()]
    assert len(words) > 180
    assert [one for one in words if not one.endswith(".")] == []


def test_changes_from_the_start_hold_no_withdrawn_name(partner):
    answer = ask(partner, "/changes?since=0")
    told = answer.json
    assert [(change["number"], change["kind"]) for change in told["changes"]] == [
        (1, "publish"),
        (2, "publish"),
        (3, "publish"),
        (5, "withdraw"),
        (7, "withdraw"),
    ]
    assert (told["next"], told["head"]) == (7, 7)
    assert set(told["changes"][3]) == {"number", "kind", "subject", "ref", "at"}
    assert told["changes"][4]["merged_into"] == REFS[0]
    assert CANARY not in answer.text


def test_a_follower_ahead_of_the_head_is_told_to_start_again(partner):
    answer = ask(partner, "/changes?since=8")
    assert (answer.status_code, answer.mimetype) == (409, "application/problem+json")
    assert "start again from 0" in answer.json["detail"]


@pytest.mark.parametrize(
    "query", ["since=-1", "since=x", "since=²", "limit=0", "limit=501", "since=" + "9" * 400, "since=1&limit=1e3"]
)
def test_a_question_that_cannot_be_read_is_refused_with_a_sentence(partner, query):
    answer = ask(partner, f"/changes?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


@pytest.mark.parametrize("query", ["status=free", "after=" + "x" * 41])
def test_an_unknown_status_or_an_endless_reference_is_refused(partner, query):
    assert ask(partner, f"/profiles?{query}").status_code == 400


def test_the_three_exports_hold_the_same_people(partner):
    lines = [json.loads(line) for line in ask(partner, "/export.jsonl").data.splitlines()]
    whole = ask(partner, "/export.json")
    table = list(csv.DictReader(io.StringIO(ask(partner, "/export.csv").data.decode("utf-8-sig"), newline="")))
    assert whole.json["profiles"] == lines
    assert [row["ref"] for row in table] == [line["ref"] for line in lines] == REFS
    assert whole.headers["Ledger-Head"] == "7"
    assert ask(partner, "/export.csv").data.startswith(b"\xef\xbb\xbfref,")
    assert table[0]["url"] == "https://localhost/profiles/FXD-10001"
    assert (table[0]["status_label"], table[0]["ethnicities_label"]) == ("Disappeared", "Kazakh")
    assert table[0]["status_sentence"].startswith("Disappeared; last heard of in January 2021.")
    assert "delete what is withdrawn" in table[0]["terms"]


def test_readers_who_stall_leave_threads_for_everybody_else(partner):
    stalled = [taking(partner, "/export.jsonl") for _ in range(answers.MOST_EXPORTS)]
    refused = ask(partner, "/export.csv")
    assert (refused.status_code, refused.mimetype) == (503, "application/problem+json")
    assert (refused.headers["Retry-After"], refused.headers["Cache-Control"]) == ("30", "no-store")
    assert ask(partner, "/profiles").status_code == 200
    stalled.pop().close()
    assert ask(partner, "/export.csv").status_code == 200


def taking(partner: FlaskClient, path: str) -> Iterator[bytes]:
    """Begin to read an answer."""
    chunks = ask(partner, path).iter_encoded()
    next(chunks)
    return chunks


def test_no_export_and_no_header_names_who_was_withdrawn(partner):
    for path in ("/export.jsonl", "/export.json", "/export.csv", "/profiles", "/ledger", "/changes"):
        answer = ask(partner, path)
        assert CANARY not in answer.text + str(answer.headers), path


def test_an_outsider_can_reckon_the_chain_from_the_headers(partner):
    before = START
    for entry in ask(partner, "/ledger").json["entries"]:
        covered = {name: value for name, value in entry.items() if name not in {"chain", "merged_into"}}
        canonical = json.dumps(covered, sort_keys=True, separators=(",", ":"))
        assert entry["chain"] == hashlib.sha256((before + canonical).encode()).hexdigest()
        before = entry["chain"]


def test_another_site_may_ask_whether_it_may_read(partner):
    answer = partner.options("/api/v1/profiles", base_url="https://localhost")
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]


def test_the_description_names_every_address(app, partner):
    described = ask(partner, "/openapi.json").json
    served = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("partners.")}
    named = {path.replace("{ref}", "<ref>").replace("{number}", "<int:number>") for path in described["paths"]}
    assert named == (served - {"/api/v1/"}) | {"/media/{digest}"}


def test_too_many_questions_are_refused_for_a_while(app, partner):
    app.extensions["settings"] = replace(app.extensions["settings"], partner_rate="3 per minute")
    answers = [ask(partner, "/ledger") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert int(answers[3].headers["Retry-After"]) > 0
    assert answers[3].mimetype == "application/problem+json"
    assert answers[3].headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("control", ["\u202e", "\u202a", "\u2067", "\u2069", "\u200f", "\u061c"])
def test_a_control_of_direction_in_an_old_document_stays_the_bytes_that_were_published(app, control):
    told = a_profile(ref="FXD-30001", occupation=f"a {control}teacher of {control}songs")
    with app.app_context():
        writer.append("publish", "FXD-30001", told)
        db.session.commit()
    partner = app.test_client()
    assert ask(partner, "/profiles/FXD-30001").data == encode(told)
    assert encode(told) + b"\n" in ask(partner, "/export.jsonl").data
    (row,) = csv.DictReader(io.StringIO(ask(partner, "/export.csv").text, newline=""))
    assert row["occupation"] == told.occupation


def test_a_question_in_words_costs_more_than_a_page(app, partner):
    app.extensions["settings"] = replace(app.extensions["settings"], visitor_rate="15 per minute")
    statuses = [ask(partner, f"/profiles?q=a{number}").status_code for number in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert ask(partner, "/profiles").status_code == 200


def test_no_address_of_a_partner_is_kept_by_the_limiter(partner):
    answer = partner.get("/api/v1/ledger", base_url="https://localhost", environ_base={"REMOTE_ADDR": "192.0.2.77"})
    assert answer.status_code == 200
    kept = str(vars(limiter.storage))
    assert "partners" in kept
    assert "192.0.2.77" not in kept
