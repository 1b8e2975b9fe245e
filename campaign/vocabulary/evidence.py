"""Where a fact comes from."""

from campaign.vocabulary.table import Vocabulary

SOURCE_TYPE = Vocabulary(
    "source_type",
    "Kind of source",
    """
testimony         | Testimony                          | | HUR list 16
relative          | Relative
released_detainee | Released detainee
media             | Press
ngo_report        | Report of an organisation
un_document       | Document of the United Nations
court_document    | Court document
official_statement| Statement of the authorities
official_database | Database of the authorities
leaked_document   | Leaked document
satellite_image   | Satellite picture
photo_or_video    | Photo or video
social_media      | Social media
letter            | Letter
other             | Other
""",
)

RELIABILITY = Vocabulary(
    "reliability",
    "How far the source is relied on",
    """
reliable         | Reliable          | | HUR list 42
usually_reliable | Usually reliable
not_known        | Not known
doubtful         | Doubtful
unreliable       | Unreliable
""",
)

# What the public reads instead of a confidential source. Never more than is true of many people.
PUBLIC_SOURCE_LINE = Vocabulary(
    "public_source_line",
    "Public line of a confidential source",
    """
person_with_knowledge | A person with knowledge of the case, to the campaign | | the default
document_seen         | A document seen by the campaign
organisation          | An organisation that works on such cases, to the campaign
not_public            | A source known to the campaign, not public
""",
)

IMAGE_TYPE = Vocabulary(
    "image_type",
    "Kind of picture",
    """
portrait       | Portrait
with_others    | With other people             | | everyone else is cleared or cut out
place          | Place
document       | Document
artwork        | Drawing or painting
work           | Work of the person
from_captors   | Made by the captors           | | never a portrait
other          | Other
""",
)

IMAGE_PROVENANCE = Vocabulary(
    "image_provenance",
    "Where a picture came from",
    """
family           | From the family
own_publication  | Published by the person
colleague_friend | From a friend or colleague
media            | From the press
organisation     | From another organisation
official         | From the authorities
campaign         | Made by the campaign       | | a drawing in place of a photograph
unknown          | Not known                  | | blocks the picture
""",
)
