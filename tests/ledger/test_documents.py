"""The published document: canonical bytes, strict reading, a schema that says the same."""

import json

import jsonschema
import pytest

from campaign.formats import Damaged
from campaign.ledger import documents
from tests.ledger.samples import a_profile


def test_a_body_has_sorted_keys_and_no_spaces():
    body = documents.encode(a_profile())
    plain = json.loads(body)
    assert body == json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_a_body_reads_back_as_the_same_document():
    assert documents.profile(documents.encode(a_profile())) == a_profile()


def test_the_schema_accepts_a_document():
    jsonschema.validate(json.loads(documents.encode(a_profile())), documents.json_schema())


@pytest.mark.parametrize("change", [{"names": None}, {"notes": "from the desk"}])
def test_the_schema_and_the_reader_refuse_what_the_contract_does_not_name(change):
    plain = json.loads(documents.encode(a_profile())) | change
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain, documents.json_schema())
    with pytest.raises(Damaged, match=f"does not have the shape of {documents.PROFILES.newest}"):
        documents.profile(json.dumps(plain).encode())


def test_a_missing_fact_is_an_error():
    plain = json.loads(documents.encode(a_profile()))
    del plain["health"]
    with pytest.raises(Damaged) as refused:
        documents.profile(json.dumps(plain).encode())
    assert "health" in str(refused.value.__cause__)
