"""The campaign's own work: drafts, translations, versions, appeals and what came of them."""

from campaign.vocabulary.table import Vocabulary

# Kept for issue 8 (what the campaign says), statements and appeals.
DRAFTING_STATE = Vocabulary(
    "drafting_state",
    "State of the draft",
    """
draft         | Draft
in_review     | In review
changes_asked | Changes asked for
approved      | Approved           | | editing makes it a draft again
""",
)

TRANSLATION_STATE = Vocabulary(
    "translation_state",
    "State of the translation",
    """
machine_draft | Machine draft                        | | never leaves
unread        | Not yet read by a second reader      | | leaves with that mark
reviewed      | Read by a second reader
out_of_date   | Out of date                          | | withheld when older than a fix of safety or of an error
""",
)

VERSION_KIND = Vocabulary(
    "version_kind",
    "Kind of version",
    """
first      | First publication
update     | Update
correction | Correction        | | with a public note
narrowing  | Narrowing         | | only takes away
""",
)

# Kept for issue 8 (what the campaign says), appeals.
APPEAL_KIND = Vocabulary(
    "appeal_kind",
    "Kind of appeal",
    """
letter_to_authority | Letter to an authority
letter_to_prisoner  | Letter to the prisoner
petition            | Petition
urgent_action       | Urgent action
embassy             | Embassy
phone               | Telephone
social_post         | Public post
vigil               | Vigil
un_communication    | Communication to the United Nations
""",
)

IMPACT = Vocabulary(
    "impact",
    "What came of it",
    """
none_yet         | Nothing yet
contact_allowed  | Contact allowed
moved            | Moved
improved         | Conditions improved
charge_dropped   | Charge dropped
sentence_reduced | Sentence reduced
released         | Released
unclear          | Unclear
""",
)
