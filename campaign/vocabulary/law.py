"""Law and courts: sentences, legal bases, stages, and why somebody is held."""

from campaign.vocabulary.table import Vocabulary

SENTENCE_KIND = Vocabulary(
    "sentence_kind",
    "Kind of sentence",
    """
term                | Term of imprisonment
life                | Life imprisonment
death               | Death
death_with_reprieve | Death with reprieve
suspended           | Suspended, or served outside prison
administrative      | Administrative term
unknown             | Not known
""",
)

LEGAL_BASIS = Vocabulary(
    "legal_basis",
    "Legal basis claimed",
    """
none_known                    | None that we know of                  | | HUR list 29
administrative                | Administrative detention
emergency_or_security_law     | Emergency or security law
speech_or_political           | Law against speech or politics
ordinary_law_disproportionate | Ordinary law, out of proportion
anti_state                    | Crimes against the state
terrorism_or_extremism        | Terrorism or extremism                | | the authorities' word, never ours
other                         | Other
unknown                       | Not known
""",
)

STAGE = Vocabulary(
    "stage",
    "Stage of proceedings",
    """
none_known    | None that we know of
investigation | Under investigation
charged       | Charged
indicted      | Indicted
on_trial      | On trial
sentenced     | Sentenced
appeal        | Under appeal
final         | Final
dropped       | Dropped
unknown       | Not known
""",
)

COURT_KIND = Vocabulary(
    "court_kind",
    "Kind of court",
    """
county       | County or district court
intermediate | Intermediate court
high         | High court
supreme      | Supreme court
military     | Military court
special      | Special or security court
none         | No court: decided by an authority
unknown      | Not known
""",
)

OPENNESS = Vocabulary(
    "openness",
    "Open to the public?",
    """
open    | Open
closed  | Closed
unknown | Not known
""",
)

ANSWER = Vocabulary(
    "answer",
    "Yes or no",
    """
yes     | Yes
no      | No
unknown | Not known
""",
)

ACTIVITY = Vocabulary(
    "activity",
    "Why, in our view",
    """
religious_practice       | Practising a religion
religious_dress          | Religious dress or appearance
travel_abroad            | Travelling abroad
contact_abroad           | Contact with people abroad
money_sent_abroad        | Sending money abroad
study_abroad             | Studying abroad
phone_or_app_use         | Using a telephone or an app
language_or_culture      | Work for a language or a culture
art_or_literature        | Art or literature
journalism               | Journalism
teaching                 | Teaching
academic_work            | Academic work
business_or_charity      | Business or charity
legal_work               | Legal work
peaceful_protest         | Peaceful protest
political_opinion        | Political opinion
birth_policy             | Birth policy
ethnicity                | Ethnicity
family_link              | Being related to someone
refusal_to_cooperate     | Refused to inform for the authorities
earlier_police_contact   | Earlier contact with the police
disclosing_information   | Telling others what was to be kept silent
state_service            | Service of the state
online_speech            | Speech online
human_rights_defence     | Defending human rights
association              | Belonging to a group
unknown                  | Not known
other                    | Other
""",
)

VIOLATION = Vocabulary(
    "violation",
    "What was done",
    """
arbitrary_detention        | Arbitrary detention                | | HUR list 4
enforced_disappearance     | Enforced disappearance
incommunicado_detention    | Incommunicado detention
torture_or_ill_treatment   | Torture or ill-treatment
sexual_violence            | Sexual violence                    | | a name only with their own free consent
unfair_trial               | Unfair trial
no_counsel                 | No lawyer of one's own choice
denial_of_medical_care     | Medical care denied
forced_labour              | Forced labour
forced_confession          | Forced confession
family_separation          | Family separated
reprisal_against_relatives | Reprisal against relatives
death_in_custody           | Death in custody
other                      | Other
""",
)

WGAD_CATEGORY = Vocabulary(
    "wgad_category",
    "Category of arbitrary detention, in our view",
    """
i   | I: no legal basis                            | | working methods of the UN Working Group on Arbitrary Detention
ii  | II: for exercising a right
iii | III: fair trial grossly denied
iv  | IV: asylum seekers and migrants
v   | V: discrimination
""",
)

STATE_RESPONSE = Vocabulary(
    "state_response",
    "How the authorities answered",
    """
denial         | Denial
released_claim | Claim that the person is free
held_claim     | Claim that the person is lawfully held
death_claim    | Claim that the person has died
video          | Video
letter         | Letter
other          | Other
""",
)
