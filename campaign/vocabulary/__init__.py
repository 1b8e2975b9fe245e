"""Every closed list of words, and the sentences made of them.

One rule: a code never changes and never goes; a word that is no longer used is retired, so that
what was published stays readable. Each file is one subject; each list is a table of
code | label | HURIDOCS code | notes.
"""

from campaign.vocabulary.deriving import DerivedStatus, KnownSentence, StatusEvent, derive_status, moved_by_clock
from campaign.vocabulary.events import EPISODE_END, EVENT_TYPE
from campaign.vocabulary.evidence import IMAGE_PROVENANCE, IMAGE_TYPE, PUBLIC_SOURCE_LINE, RELIABILITY, SOURCE_TYPE
from campaign.vocabulary.law import (
    ACTIVITY,
    ANSWER,
    COURT_KIND,
    LEGAL_BASIS,
    OPENNESS,
    SENTENCE_KIND,
    STAGE,
    STATE_RESPONSE,
    VIOLATION,
    WGAD_CATEGORY,
)
from campaign.vocabulary.people import (
    CAMPAIGN_GROUP,
    CIVIL_STATUS,
    ETHNICITY,
    GENDER,
    LANGUAGE,
    NAME_KIND,
    OCCUPATION_GROUP,
    RELATION,
    SCRIPT,
)
from campaign.vocabulary.places import FACILITY_TYPE, PRECISION
from campaign.vocabulary.protection import (
    CONCERN,
    CONSENT_BASIS,
    CONSENT_GIVER,
    CONSENT_MEANS,
    CONSENT_SCOPE,
    CONSENT_STATE,
    DECISION,
    RISK_LEVEL,
    RISK_TO,
)
from campaign.vocabulary.status import (
    CONFIDENCE,
    SITUATION_OF,
    STATUS,
    STATUS_BASIS,
    SUFFICIENT,
    Situation,
    short_label,
)
from campaign.vocabulary.table import Term, UnknownCode, Vocabulary
from campaign.vocabulary.work import APPEAL_KIND, DRAFTING_STATE, IMPACT, TRANSLATION_STATE, VERSION_KIND

VOCABULARIES: dict[str, Vocabulary] = {
    vocabulary.name: vocabulary
    for vocabulary in (
        STATUS, CONFIDENCE, STATUS_BASIS, EVENT_TYPE, EPISODE_END, FACILITY_TYPE, PRECISION,
        SENTENCE_KIND, LEGAL_BASIS, STAGE, COURT_KIND, OPENNESS, ANSWER, ACTIVITY, VIOLATION, WGAD_CATEGORY,
        STATE_RESPONSE, SOURCE_TYPE, RELIABILITY, PUBLIC_SOURCE_LINE, IMAGE_TYPE, IMAGE_PROVENANCE,
        CONSENT_SCOPE, CONSENT_BASIS, CONSENT_STATE, CONSENT_GIVER, CONSENT_MEANS, RISK_LEVEL, RISK_TO, CONCERN,
        DECISION, NAME_KIND, GENDER, ETHNICITY, OCCUPATION_GROUP, CAMPAIGN_GROUP, RELATION, CIVIL_STATUS, SCRIPT,
        LANGUAGE, DRAFTING_STATE, TRANSLATION_STATE, VERSION_KIND, APPEAL_KIND, IMPACT,
    )
}  # fmt: skip

__all__ = [
    "ACTIVITY",
    "ANSWER",
    "APPEAL_KIND",
    "CAMPAIGN_GROUP",
    "CIVIL_STATUS",
    "CONCERN",
    "CONFIDENCE",
    "CONSENT_BASIS",
    "CONSENT_GIVER",
    "CONSENT_MEANS",
    "CONSENT_SCOPE",
    "CONSENT_STATE",
    "COURT_KIND",
    "DECISION",
    "DRAFTING_STATE",
    "EPISODE_END",
    "ETHNICITY",
    "EVENT_TYPE",
    "FACILITY_TYPE",
    "GENDER",
    "IMAGE_PROVENANCE",
    "IMAGE_TYPE",
    "IMPACT",
    "LANGUAGE",
    "LEGAL_BASIS",
    "NAME_KIND",
    "OCCUPATION_GROUP",
    "OPENNESS",
    "PRECISION",
    "PUBLIC_SOURCE_LINE",
    "RELATION",
    "RELIABILITY",
    "RISK_LEVEL",
    "RISK_TO",
    "SCRIPT",
    "SENTENCE_KIND",
    "SITUATION_OF",
    "SOURCE_TYPE",
    "STAGE",
    "STATE_RESPONSE",
    "STATUS",
    "STATUS_BASIS",
    "SUFFICIENT",
    "TRANSLATION_STATE",
    "VERSION_KIND",
    "VIOLATION",
    "VOCABULARIES",
    "WGAD_CATEGORY",
    "DerivedStatus",
    "KnownSentence",
    "Situation",
    "StatusEvent",
    "Term",
    "UnknownCode",
    "Vocabulary",
    "derive_status",
    "moved_by_clock",
    "short_label",
]
