"""Every closed list of words, and the sentences made of them.

One rule: a code never changes and never goes; a word that is no longer used is retired, so that
what was published stays readable. Each file is one subject; each list is a table of
code | label | HURIDOCS code | notes.
"""

from campaign.vocabulary.events import EPISODE_END, EVENT_TYPE, FACILITY_TYPE, PRECISION
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
    APPEAL_KIND,
    CAMPAIGN_GROUP,
    CIVIL_STATUS,
    DRAFTING_STATE,
    ETHNICITY,
    GENDER,
    IMPACT,
    LANGUAGE,
    NAME_KIND,
    OCCUPATION_GROUP,
    RELATION,
    SCRIPT,
    TRANSLATION_STATE,
    VERSION_KIND,
)
from campaign.vocabulary.protection import (
    CHECK_MEANS,
    CONCERN,
    CONSENT_BASIS,
    CONSENT_GIVER,
    CONSENT_MEANS,
    CONSENT_SCOPE,
    CONSENT_STATE,
    DECISION,
    IMAGE_PROVENANCE,
    IMAGE_TYPE,
    PUBLIC_SOURCE_LINE,
    RELIABILITY,
    RISK_LEVEL,
    RISK_TO,
    SOURCE_TYPE,
)
from campaign.vocabulary.status import CONFIDENCE, STATUS, STATUS_BASIS
from campaign.vocabulary.table import Vocabulary

VOCABULARIES: dict[str, Vocabulary] = {
    vocabulary.name: vocabulary
    for vocabulary in (
        STATUS, CONFIDENCE, STATUS_BASIS, CHECK_MEANS, EVENT_TYPE, EPISODE_END, FACILITY_TYPE, PRECISION,
        SENTENCE_KIND, LEGAL_BASIS, STAGE, COURT_KIND, OPENNESS, ANSWER, ACTIVITY, VIOLATION, WGAD_CATEGORY,
        STATE_RESPONSE, SOURCE_TYPE, RELIABILITY, PUBLIC_SOURCE_LINE, IMAGE_TYPE, IMAGE_PROVENANCE,
        CONSENT_SCOPE, CONSENT_BASIS, CONSENT_STATE, CONSENT_GIVER, CONSENT_MEANS, RISK_LEVEL, RISK_TO, CONCERN,
        DECISION, NAME_KIND, GENDER, ETHNICITY, OCCUPATION_GROUP, CAMPAIGN_GROUP, RELATION, CIVIL_STATUS, SCRIPT,
        LANGUAGE, DRAFTING_STATE, TRANSLATION_STATE, VERSION_KIND, APPEAL_KIND, IMPACT,
    )
}  # fmt: skip
