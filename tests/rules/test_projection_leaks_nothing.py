"""A canary in every field of the case: none that may not be public leaves, and every one that may be does."""

import pytest

from campaign.cases.classification import Visibility
from campaign.ledger.documents import encode
from campaign.publishing.projection.profile import project
from tests.publishing.builders import a_meta
from tests.publishing.planting import Planted, canary, planted

# Marked as public in the case, and yet not a text of the document, each for its reason.
NOT_A_TEXT = {
    "images/digest_list",  # the re-encoded copies are named by digest, in renditions
    "images/digest_page",
    "images/digest_print",
    "texts/kind",  # says under which heading a text stands
    "citations/source_id",  # becomes the number of the source
    "citations/fact",  # becomes a path of the document
    "our_view",  # paths of facts, kept only where the fact is told
    "relatives/case_ref",  # shown only where the other profile is public
    "sources/public_line",  # of confidential sources alone
}


@pytest.fixture
def field() -> Planted:
    return planted()


def test_no_text_leaves_that_is_not_public(field: Planted) -> None:
    body = encode(project(field.file, a_meta(field.file)).document).decode()
    closed = [path for path, visibility in field.canaries.items() if visibility is not Visibility.PUBLIC]
    assert len(closed) > 50
    assert [path for path in closed if f'"{canary(path)}' in body or canary(path) + '"' in body] == []
    assert "canary-consents" not in body
    assert "canary-risks" not in body


def test_every_text_that_may_be_public_is_in_the_document(field: Planted) -> None:
    body = encode(project(field.file, a_meta(field.file)).document).decode()
    public = {path for path, visibility in field.canaries.items() if visibility is Visibility.PUBLIC}
    assert sorted(path for path in public - NOT_A_TEXT if canary(path) not in body) == []


def test_a_confidential_source_leaves_none_of_its_words(field: Planted) -> None:
    for source in field.file.sources:
        source.is_confidential, source.public_line = True, "document_seen"
    body = encode(project(field.file, a_meta(field.file)).document).decode()
    assert "canary-sources" not in body
    assert "canary-citations" not in body
    assert "A document seen by the campaign" in body


def test_the_walk_sees_a_planted_offender(field: Planted) -> None:
    """Break the rule on purpose: a staff text put where a public one stands must be found."""
    staff = next(path for path, visibility in field.canaries.items() if visibility is Visibility.STAFF)
    field.file.occupation = canary(staff)
    body = encode(project(field.file, a_meta(field.file)).document).decode()
    assert f'"{canary(staff)}"' in body
