"""Vocabularies of sources, pictures, consent, risk and decisions."""

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

# Which kinds of source a basis speaks of; one that is not named here may rest on any.
BASIS_OF = {
    "own_word": frozenset({"testimony", "letter", "photo_or_video", "social_media", "released_detainee", "media"}),
    "family": frozenset({"relative", "testimony", "letter"}),
    "released_detainee": frozenset({"released_detainee", "testimony"}),
    "court_document": frozenset({"court_document"}),
    "official_notice": frozenset({"official_statement", "official_database", "court_document", "letter"}),
    "leaked_document": frozenset({"leaked_document"}),
    "media": frozenset({"media", "social_media", "photo_or_video"}),
    "organisation": frozenset({"ngo_report"}),
    "un_body": frozenset({"un_document"}),
}
# The basis that a published source tells of by itself. Who gave a testimony no reader can see.
BASIS_BY_TYPE = {
    "relative":           "family",
    "released_detainee":  "released_detainee",
    "media":              "media",
    "social_media":       "media",
    "photo_or_video":     "media",
    "ngo_report":         "organisation",
    "un_document":        "un_body",
    "court_document":     "court_document",
    "official_statement": "official_notice",
    "official_database":  "official_notice",
    "leaked_document":    "leaked_document",
}  # fmt: skip

CHECK_MEANS = Vocabulary(
    "check_means",
    "How it was checked",
    """
named_list | A list was looked through    | | public, with its name
press      | The press was looked through | | public
family     | The family was asked         | | confidential: it shows who talked
partner    | A partner was asked          | | confidential, as above
""",
)
PUBLIC_MEANS = ("named_list", "press")

# Sources whose word alone is a claim of the authorities: it frees nobody and is no news of the person (rule 9).
AUTHORITIES = frozenset({"official_statement", "official_database"})
# What the press tells of a release or a death beside a statement of the authorities is, as a rule, that statement.
RETELLS = frozenset({"media", "social_media"})
# What a fact may be called confirmed by: documents, and the person's own words.
PROVES = frozenset(
    {"court_document", "leaked_document", "official_database", "letter", "photo_or_video", "testimony"}
    | {"released_detainee"}
)


def are_of_the_authorities(one: str, other: str) -> bool:
    """Whether two kinds of source are one voice: both of the authorities, or one of them and who retells them."""
    kinds = {one, other}
    return kinds <= AUTHORITIES or bool(kinds & AUTHORITIES and kinds & RETELLS)


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

CONSENT_SCOPE = Vocabulary(
    "consent_scope",
    "What is consented to",
    """
store             | Keep the case file            | | with publish_name: nothing is public without both
publish_name   | Publish name and facts           | | the facts of the detention
publish_photo  | Publish the picture
publish_story  | Publish the story                | | quote, details and testimonies too
publish_health | Publish health                   | | treatment too
publish_family | Publish relatives                | | off unless asked and given
share_partners | Share with partners              | | off unless asked and given
share_un       | Share with the United Nations
press          | Pass to the press                | | off unless asked and given
write_home        | Write to one's own parliament and government | | goes with the name in older consents
write_embassy     | Write to the embassy             | | off unless asked and given
write_authorities | Write to the authorities there   | | off unless asked and given
write_person      | Write to the person              | | off unless asked and given
""",
)

CONSENT_BASIS = Vocabulary(
    "consent_basis",
    "Whose word",
    """
self                    | The person
family                  | The family
lawyer                  | The lawyer
spoke_publicly          | Spoke publicly                  | | with the address
already_published_by_us | Already published by us         | | name, sourced facts, that picture; confirm in 90 days
public_interest         | Public interest                 | | signed by two; reviewed within 6 months
""",
)

# The bases by which somebody speaks for themselves: another than the person is named by these alone.
OWN_WORDS = frozenset({"self", "spoke_publicly"})

CONSENT_STATE = Vocabulary(
    "consent_state",
    "State of the consent",
    """
given                   | Given
limited                 | Limited
refused                 | Refused
withdrawn               | Withdrawn
paused_duress_suspected | Paused: duress suspected
ended                   | Ended
""",
)

GIVES = frozenset({"given", "limited"})
DENIES = frozenset({"refused", "withdrawn", "paused_duress_suspected"})

CONSENT_GIVER = Vocabulary(
    "consent_giver",
    "Who gives it",
    """
self            | The person
relative        | A relative
lawyer          | A lawyer
none_obtainable | None can be obtained
""",
)

CONSENT_MEANS = Vocabulary(
    "consent_means",
    "How it was given",
    """
signed    | Signed form
message   | Written message
call      | Call
in_person | In person
public    | In public
other     | Other
""",
)

RISK_LEVEL = Vocabulary(
    "risk_level",
    "Risk",
    """
low          | Low
moderate     | Moderate
high         | High
critical     | Critical     | | to anyone but the person: never leaves
not_assessed | Not assessed | | blocks
""",
)

RISK_TO = Vocabulary(
    "risk_to",
    "Risk to whom",
    """
person      | The person
family      | The family
source      | The source
interviewer | The interviewer
other       | Someone else
""",
)

DECISION = Vocabulary(
    "decision",
    "Signed decision",
    """
settlement     | What counts between relatives         | | until then the strictest word counts
best_interests | Best interests of somebody under 18   | | asked again every 3 months and at 18
critical       | Published although the risk is critical | | for the person alone, by the written wish of the family
perpetrator    | Legal clearance to name somebody      | | beside the sources cited for them
harmless       | Words found by the check name nobody  | | each word by itself, in the text in which it was read
answered       | The reviewer's answer to a finding    | | one signature, of somebody who wrote none of it
grown_up       | Shown to be 18 or over                | | by a writer and by a reviewer, each with the reason
independent    | Sources that do not depend on another | | by a safety officer, in writing
limit          | A limit in words is kept              | | answered by who reviews or publishes
""",
)

CONCERN = Vocabulary(
    "concern",
    "What is feared",
    """
legal_prejudice | Our words may admit what they are accused of
retaliation     | Retaliation
surveillance    | Surveillance
extortion       | Extortion
child           | A child
outing          | Outing
location        | A place becoming known
other           | Other
""",
)
