"""The data dictionary of a profile: for each field a sentence, its unit or form, where it comes from, and its codes.

The JSON Schema and the description of the API are made of it; a test finds a field that does not stand here.
"""

from typing import Any

from campaign.vocabulary import VOCABULARIES
from campaign.vocabulary.protection import PUBLIC_MEANS
from campaign.vocabulary.table import rows

Json = dict[str, Any]
UNITS = {
    "text": "text, empty where nothing is known",
    "code": "a code",
    "codes": "codes",
    "date": "EDTF (ISO 8601-2) with its first and last day, null where nothing is known",
    "day": "a calendar day, YYYY-MM-DD",
    "instant": "an instant, ISO 8601 in UTC",
    "year": "a calendar year",
    "years": "completed years of age",
    "length": "a whole number of calendar units, null where not stated",
    "count": "a whole number",
    "flag": "true or false",
    "answer": "true, false, or null where not known",
    "id": "an identifier inside this document",
    "path": "a path inside this document, such as episodes/3fa9c1d2/events/07b1e4aa",
    "ref": "a reference: letters, hyphen, digits",
    "url": "an absolute address",
    "tag": "a BCP 47 language tag",
    "script": "an ISO 15924 code",
    "degrees": "decimal degrees (WGS 84), rounded to what may be told",
    "pixels": "pixels",
    "digest": "SHA-256 in hex",
    "part": "an object",
    "parts": "a list of objects",
}
SOURCES = {
    "case": "the campaign’s file, as cited",
    "view": "the campaign’s own view",
    "state": "the authorities’ claim, never a fact",
    "rest": "reckoned from the other fields",
    "desk": "the campaign",
    "place": "the campaign’s gazetteer",
    "family": "whoever gave the consent in force",
}
_FIELDS = """
Profile.ref | The person’s reference, stable and never given to another. | ref | desk
Profile.version | The number of this version, from 1. | count | desk
Profile.slug | The last part of the address of the page; its tail may change. | text | rest
Profile.url | The page of the person, which says more and is always up to date. | url | desk
Profile.terms | What whoever shows this agrees to; it can be taken back by a withdrawal. | text | desk
Profile.display_name | The name to show first. | text | case
Profile.names | Every public name. | parts | case
Profile.gender | The person’s gender, not_stated where nobody said. | code | case | ?gender
Profile.gender_words | The person’s own words for it. | text | case
Profile.birth | The birth, in years. | part | case
Profile.origin | Where the person is from. | part | case
Profile.held_at | Where the person is held, as last known; null once free. | part | case
Profile.ethnicities | The peoples that the person belongs to. | codes | case | ethnicity
Profile.occupation | The person’s work in plain words. | text | case
Profile.occupation_group | The field of work. | code | case | ?occupation_group
Profile.employer | Who employed the person. | text | case
Profile.status | The situation when last heard of. | part | case
Profile.episodes | Each deprivation of liberty, in order of time. | parts | case
Profile.legal_basis | How the campaign reads the legal basis that is claimed. | code | view | ?legal_basis
Profile.violations | What was done to the person’s rights. | parts | case
Profile.health | One public line on health. | text | case
Profile.summary | Who the person is in a line, one text a language. | parts | case
Profile.story | The story, one text a language. | parts | case
Profile.quote | Words of or about the person, one text a language. | parts | case
Profile.details | More about the person, one text a language. | parts | case
Profile.relatives | Relatives who have a public page themselves. | parts | case
Profile.testimonies | What witnesses told, anonymised. | parts | case
Profile.state_responses | What the authorities answered. | parts | state
Profile.sources | The sources, numbered as the page shows them. | parts | case
Profile.citations | Which source supports which fact. | parts | case
Profile.our_view | The facts that stand without a source, as the campaign’s own view. | path | view
Profile.write_to | To whom letters about the person may be written; nobody where it is empty. | codes | family
Profile.images | The pictures that may be shown. | parts | case
Profile.death | A death that is confirmed or reported; null for none. | part | case
Profile.un_work | What bodies of the United Nations did. | parts | case
Profile.tags | Groups of the campaign. | codes | desk | campaign_group
Profile.outside_ids | The person’s entries in other lists. | parts | desk
Profile.salt | Random bits that keep the digest of a withdrawn document from being guessed. | digest | desk
Profile.first_published_at | When the first version was published. | instant | desk
Profile.published_at | When this version was published. | instant | desk
Profile.change | Why this version was published. | part | desk
Change.kind | The kind of version. | code | desk
Change.note | What a correction corrects. | text | desk
When.edtf | The date as far as it is known. | date | case
When.earliest | The first day that it may mean; null for an open beginning. | day | rest
When.latest | The last day that it may mean; null for an open end. | day | rest
Place.code | The code of the place; empty where only the kind of place is known. | text | place
Place.names | Its name by language; a language that has none of its own is absent. | text | place
Place.within | The codes of what it lies in, the nearest first. | text | place
Place.precision | How finely the place may be told. | code | place
Place.latitude | Latitude of the place, coarse. | degrees | place
Place.longitude | Longitude of the place, coarse. | degrees | place
Place.facility | The kind of place, empty where it is not known or one of several. | code | case | ?facility_type
Name.text | The name as it is written. | text | case
Name.kind | What kind of name it is. | code | case | ?name_kind
Name.script | The script that it is written in. | script | case
Name.language | The language that it is written in. | tag | case
Name.is_preferred | Whether it is the name to show first. | flag | desk
Name.pronunciation | How it is said. | text | case
Birth.year_earliest | The first year in which the person may have been born; null if open. | year | case
Birth.year_latest | The last year in which the person may have been born; null if open. | year | case
Birth.age_earliest | The least age when the detention began, by the years alone. | years | rest
Birth.age_latest | The greatest age when the detention began, by the years alone. | years | rest
Birth.qualifiers | What makes the years doubtful: about, perhaps; before, after for an open end. | codes | case
Status.code | The situation when last heard of, not today: show the sentence. | code | case | status
Status.as_of | The date of the fact that decided the situation. | date | case
Status.confidence | How sure the campaign is. | code | view | ?confidence
Status.basis | What it is known from. | code | case | ?status_basis
Status.last_verified_on | When the campaign last looked for news. | day | desk
Status.last_verified_means | Where it looked, as far as that is public. | code | desk
Status.last_verified_list | The name of the list that was looked through. | text | desk
Status.kinds_of_place | Where the person may be held; several mean one of these. | codes | case | facility_type
Status.last_news | The date of the newest news of the person; what the authorities say is none. | date | rest
Status.release_known | Whether a release is known from others than the authorities. | flag | rest
Status.sentence | The situation in a sentence that stays true: print this. | text | rest
Text.id | What citations name it by. | id | desk
Text.language | The language of the text. | tag | desk
Text.text | The text. | text | case
Text.by | Whose words they are. | text | case
Text.translation_state | Whether a second reader has read it; empty for an original. | code | desk | ?translation_state
Rendition.size | What the copy is for: list, page or print. | code | desk
Rendition.digest | The digest of the copy. | digest | rest
Rendition.width | Its width. | pixels | rest
Rendition.height | Its height. | pixels | rest
Rendition.media_type | Its media type. | text | rest
Rendition.url | Where it is fetched, while the page shows it. | url | desk
Image.id | What citations name it by. | id | desk
Image.renditions | The copies of the picture. | parts | desk
Image.is_portrait | Whether it is the portrait. | flag | desk
Image.alt | What it shows, for people who cannot see it. | text | desk
Image.caption | What stands beneath it. | text | desk
Image.credit | Whom to name beside it. | text | case
Image.licence | The licence in the words of its owner, within the terms of this document. | text | case
Image.may_be_reprinted | Whether others may reprint it, while the ledger shows it. | flag | family
Image.provenance | Where it came from. | text | case
Relative.relation | What the other is to the person. | code | case | ?relation
Relative.ref | The reference of the other. | ref | desk
OutsideId.scheme | Whose list it is. | text | desk
OutsideId.value | The number or name in that list. | text | desk
Event.id | What citations name it by. | id | desk
Event.type | What happened. | code | case | event_type
Event.date | When it happened. | date | case
Event.place | Where it happened. | part | case
Event.authority | The body that did it. | text | case
Event.account | What is known of it. | text | case
Event.confidence | How sure the campaign is. | code | view | ?confidence
Stay.id | What citations name it by. | id | desk
Stay.place | Where the person was held. | part | case
Stay.start | Since when. | date | case
Stay.end | Until when. | date | case
Stay.how_known | How it is known. | text | case
Charge.id | What citations name it by. | id | desk
Charge.law | The law that the authorities name. | text | state
Charge.article | The article that they name. | text | state
Charge.text | Their own words: print them in quotation marks. | text | state
Charge.explanation | What that means, in plain words. | text | view
Charge.date | When the charge was brought. | date | case
Charge.stage | How far the proceedings are. | code | case | ?stage
Proceeding.id | What citations name it by. | id | desk
Proceeding.court | The court. | text | case
Proceeding.kind | The kind of court. | code | case | ?court_kind
Proceeding.next_hearing | The next hearing, as announced. | date | case
Proceeding.is_open | Whether the public may attend. | answer | case
Proceeding.counsel | Counsel; never given at present. | text | case
Sentence.kind | The kind of sentence. | code | case | sentence_kind
Sentence.years | Years of it; of a death with reprieve those of the reprieve. | length | case
Sentence.months | Months beside the years. | length | case
Sentence.days | Days beside the months. | length | case
Sentence.fine | A fine, with its currency. | text | case
Sentence.text | The wording of the judgment: print it in quotation marks. | text | state
Sentence.start | From when it is counted. | date | case
Sentence.expected_end | When it ends, where that is stated. | date | case
Sentence.appeal | What became of an appeal. | text | case
Whereabouts.is_acknowledged | Whether the authorities admit the detention. | answer | case
Whereabouts.is_location_disclosed | Whether they have said where. | answer | case
Whereabouts.has_family_contact | Whether the family is in contact. | answer | case
Whereabouts.has_counsel_contact | Whether a lawyer is in contact. | answer | case
Episode.id | What citations name it by. | id | desk
Episode.start | When it began. | date | case
Episode.end | When it ended. | date | case
Episode.end_reason | How it ended. | code | case | ?episode_end
Episode.events | What happened in it. | parts | case
Episode.stays | Where the person was held in it. | parts | case
Episode.last_contact | When somebody last was in contact. | date | case
Episode.last_contact_place | Where that was. | part | case
Episode.reason_stated | Why, by the authorities. | text | state
Episode.reason_is_verbatim | Whether those are their own words: only then print quotation marks. | flag | desk
Episode.reason_suspected | Why, in the campaign’s view. | text | view
Episode.activities | What the person did that may be the reason. | codes | view | activity
Episode.charges | What the authorities charge the person with. | parts | state
Episode.proceedings | The proceedings in court. | parts | case
Episode.sentence | The sentence; null where none is known. | part | case
Episode.whereabouts | What the authorities admit; null where nothing is known. | part | case
Violation.id | What citations name it by. | id | desk
Violation.kind | What was done. | code | case | violation
Violation.date | When. | date | case
Violation.account | What is known of it. | text | case
Violation.is_graphic | Whether the account belongs behind a warning. | flag | desk
Testimony.id | What citations name it by. | id | desk
Testimony.relation | What the witness is to the person. | text | case
Testimony.date | When it was told. | date | case
Testimony.language | The language of the text. | tag | case
Testimony.text | What was told, anonymised. | text | case
StateResponse.id | What citations name it by. | id | desk
StateResponse.date | When they said it. | date | case
StateResponse.authority | Which body said it. | text | case
StateResponse.form | How they said it. | code | case | ?state_response
StateResponse.claim | What they claim. | text | state
StateResponse.is_verbatim | Whether those are their own words: only then print quotation marks. | flag | desk
StateResponse.assessment | What the campaign thinks of it. | text | view
Source.number | Its number on the page and in citations. | count | desk
Source.type | What kind of source it is; other for a confidential one. | code | case | source_type
Source.title | Its title. | text | case
Source.author | Who wrote it. | text | case
Source.publisher | Who published it. | text | case
Source.date | Its date. | date | case
Source.url | Where it is found. | url | case
Source.archive_url | Where a copy is kept. | url | case
Source.retrieved_on | When the campaign took it. | day | desk
Source.language | Its language. | tag | case
Source.reliability | How far the campaign relies on it. | code | view | ?reliability
Source.sha256 | The digest of the campaign’s copy. | digest | rest
Source.public_line | All that is told of a confidential source. | text | desk
Citation.source | The number of the source. | count | desk
Citation.fact | What it supports. | path | desk
Citation.page | Where in the source. | text | case
Citation.quote | The words of the source. | text | case
Death.date | When. | date | case
Death.place | Where. | part | case
Death.cause_stated | The cause by the authorities. | text | state
Death.cause_is_verbatim | Whether those are their own words: only then print quotation marks. | flag | desk
Death.cause_alleged | The cause by others. | text | case
Death.body_returned | Whether the body was given back. | answer | case
Death.is_confirmed | Whether the family knows and two independent sources agree; else it is only reported. | flag | rest
UnWork.id | What citations name it by. | id | desk
UnWork.body | Which body. | text | case
UnWork.categories | Its categories of arbitrary detention, in the campaign’s view. | codes | view
UnWork.opinion_number | The number of its opinion. | text | case
UnWork.case_number | The number of its case. | text | case
"""
ENUMS = {
    "Birth.qualifiers": ("about", "perhaps", "before", "after"),
    "Status.last_verified_means": ("", *PUBLIC_MEANS),
    "Profile.write_to": ("write_home", "write_embassy", "write_authorities", "write_person"),
    "Place.precision": ("county", "prefecture", "region", "country", "hidden"),
    "Rendition.size": ("list", "page", "print"),
}
FIELDS = {name: tuple(rest) for name, *rest in rows(_FIELDS, 5)}


def described(schema: Json) -> Json:
    """Return a JSON Schema with a description at each property, and its codes where it holds some."""
    parts = {name: _part(name, part) for name, part in schema["$defs"].items()}
    return {**schema, "$defs": parts}


def sentence_of(name: str) -> str:
    """Return what a field means: the sentence, its unit and its source. Raises KeyError for one nobody described."""
    words, unit, source, _ = FIELDS[name]
    return f"{words} Unit: {UNITS[unit]}. Source: {SOURCES[source]}."


def codes_of(name: str) -> list[str]:
    """Return the codes that a field may hold, retired ones too; none for a field that holds no codes."""
    vocabulary = FIELDS[name][3]
    if not vocabulary:
        return list(ENUMS.get(name, ()))
    terms = [term.code for term in VOCABULARIES[vocabulary.removeprefix("?")].terms]
    return ["", *terms] if vocabulary.startswith("?") else terms


def _part(name: str, part: Json) -> Json:
    fields = {field: _property(f"{name}.{field}", shape) for field, shape in part["properties"].items()}
    return {**part, "properties": fields}


def _property(name: str, shape: Json) -> Json:
    # What says which format it is has its value beside it.
    if "enum" in shape and name not in FIELDS:
        return {"description": "The format of this document.", **shape}
    shape, codes = {"description": sentence_of(name), **shape}, codes_of(name)
    if codes and shape.get("type") == "array":
        shape["items"] = {**shape["items"], "enum": codes}
    elif codes:
        shape["enum"] = codes
    return shape
