"""The case file: strict shapes, sentences for what is wrong, a digest that a reviewer's approval can hold to."""

import msgspec
import pytest

from campaign.cases.file import (
    CaseFile,
    Consent,
    Contact,
    Episode,
    Malformed,
    Name,
    Risk,
    content_digest,
    decode,
    display_name,
    encode,
)
from campaign.dates.parse import read

NOT_READ = ("consents", "risks", "decisions")  # saved beside an approval, which stands


def test_a_file_comes_back_as_it_was_saved() -> None:
    file = CaseFile(
        names=[Name(text="ئايگۈل ياسىن", script="Arab"), Name(text="Айгуль", script="Cyrl")],
        birth=read("about 1974"),
        episodes=[Episode(start=read("June-July 2017"), activities=["study_abroad"])],
        children_count=2,
    )
    assert decode(encode(file)) == file


def test_the_same_file_always_gives_the_same_bytes() -> None:
    file = CaseFile(names=[Name(text="Nurgul")])
    assert encode(decode(encode(file))) == encode(file)


def test_every_field_is_kept_in_history_even_when_empty() -> None:
    assert set(msgspec.json.decode(encode(CaseFile()))) == {"format", *CaseFile.__struct_fields__}


@pytest.mark.parametrize(
    ("content", "path", "sentence"),
    [
        (b'{"names":[{"text":3}]}', "names/0/text", "Names, Name: this must be text."),
        (b'{"children_count":"two"}', "children_count", "Children: this must be a whole number or nothing."),
        (b'{"episodes":{}}', "episodes", "Episodes of detention: this must be a list."),
        (b'{"employers":""}', "", "Case file: there is no field called 'employers' here."),
        (b'{"names":', "", "This is not a case file: it cannot be read as JSON in UTF-8."),
        (b'{"names":[{"text":"\xff"}]}', "", "This is not a case file: it cannot be read as JSON in UTF-8."),
    ],
)
def test_a_wrong_shape_is_told_in_a_sentence(content: bytes, path: str, sentence: str) -> None:
    with pytest.raises(Malformed) as refused:
        decode(content)
    assert (refused.value.path, refused.value.sentence) == (path, sentence)


def test_a_consent_or_a_risk_leaves_the_approved_content_as_it_is() -> None:
    before = CaseFile(names=[Name(id="00000001", text="Nurgul")])
    after = msgspec.structs.replace(before, consents=[Consent(giver="An aunt")], risks=[Risk(level="high")])
    assert content_digest(before) == content_digest(after)


@pytest.mark.parametrize("field", [name for name in CaseFile.__struct_fields__ if name not in NOT_READ])
def test_any_other_field_changes_the_content(field: str) -> None:
    before = CaseFile()
    assert content_digest(before) != content_digest(msgspec.structs.replace(before, **{field: _other(field)}))


def _other(field: str) -> object:
    value = getattr(CaseFile(), field)
    if isinstance(value, list):
        return [*value, Contact() if field == "contacts" else "x"]
    return "other" if isinstance(value, str) else 7


def test_the_heading_shows_the_preferred_name_and_else_the_first() -> None:
    names = [Name(text="First"), Name(text="Second")]
    assert display_name(CaseFile(names=names)) == "First"
    names[1].is_preferred = True
    assert display_name(CaseFile(names=names)) == "Second"
    assert display_name(CaseFile()) == ""
