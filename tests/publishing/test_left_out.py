"""What a public document leaves out: names that are not public, sources of what was taken out; who asks a neighbour."""

import msgspec

from campaign.cases.file import CaseFile, Name
from campaign.publishing.gate.named_people import people
from campaign.publishing.narrowing import without
from campaign.publishing.projection.profile import project
from campaign.publishing.projection.values import slug_of
from tests.publishing.builders import NOW, a_file, a_meta, a_question


def test_the_address_is_made_of_public_names_alone() -> None:
    hidden = Name(id="a0000002", text="Gülnar Qadir", script="Latn", is_preferred=True, is_public=False)
    shown = Name(id="a0000001", text="Турсунай Садирова", script="Cyrl")
    slug = slug_of("FXD-10001", CaseFile(names=[hidden, shown]))
    assert "gulnar" not in slug
    assert slug.startswith("FXD-10001-")
    assert slug_of("FXD-10001", CaseFile(names=[hidden])) == "FXD-10001"


def test_a_narrowing_drops_the_sources_of_what_it_took_out() -> None:
    file = a_file()
    only_for_the_story = msgspec.structs.replace(file.sources[0], id="50000009", title="An interview with a neighbour")
    file.sources.append(only_for_the_story)
    file.citations[3] = msgspec.structs.replace(file.citations[3], source_id="50000009")
    document = project(file, a_meta(file)).document
    assert "An interview with a neighbour" in {source.title for source in document.sources}
    narrowed = without(document, ["story"], salt="0" * 32, at=NOW)
    assert "An interview with a neighbour" not in {source.title for source in narrowed.sources}
    assert {row.source for row in narrowed.citations} <= {source.number for source in narrowed.sources}


def test_the_neighbours_question_is_asked_of_every_case_whatever_speaks_in_it() -> None:
    file = a_file(testimonies=[])
    question = a_question(file, would_neighbour_know=None)
    assert question.document is not None
    assert any(source.public_line for source in question.document.sources)
    assert people(question).state == "waits"
    bare = a_file(testimonies=[], sources=file.sources[:1], citations=[file.citations[0], file.citations[3]])
    assert people(a_question(bare, would_neighbour_know=None)).state == "waits"
