"""Vocabularies of a detention: events, which of them says where a person now is, and kinds and precision of places."""

from campaign.vocabulary.table import Vocabulary, rows

EVENT_TYPE = Vocabulary(
    "event_type",
    "What happened",
    """
summons                    | Summons                        | | called in by the police or another authority
search                     | Search                         | | of a home or belongings
arrest                     | Arrest                         | |
abduction                  | Abduction                      | | taken by people who did not say who they are
disappearance              | Disappearance                  | | taken, and the authorities deny it or are silent
incommunicado              | Held incommunicado             | | residential surveillance at a designated place too
transfer                   | Transfer                       | | its facility says what follows
charge                     | Charge                         |
indictment                 | Indictment                     |
hearing                    | Hearing                        |
trial                      | Trial                          |
conviction                 | Conviction                     |
acquittal                  | Acquittal                      | | not a release: people stay held after one
sentence                   | Sentence                       | | its kind says what follows
appeal                     | Appeal                         |
sentence_change            | Change of sentence             | | reduced, extended, commuted
family_visit               | Visit by the family            |
call_or_letter             | Call or letter                 |
contact_cut                | Contact cut                    |
hunger_strike              | Hunger strike                  |
ill_treatment              | Ill-treatment                  |
hospitalisation            | Taken to hospital              |
medical_denial             | Medical care denied            |
sighting                   | Sighting                       |
proof_of_life              | Sign of life                   |
state_statement            | Statement by the authorities   | | "released" by their word alone is this
passport_taken             | Passport taken                 |
summoned_to_return         | Summoned to return             | | from abroad
deportation_or_extradition | Deported or extradited         |
children_taken             | Children taken                 |
televised_confession       | Confession on television       | | made under coercion
reprisal_on_family         | Reprisal on the family         |
no_news                    | Still no news                  | | somebody asked and learned nothing
release                    | Release                        | | known from others than the authorities alone
re_arrest                  | Arrested again                 |
exile                      | Exile                          |
exchange                   | Exchange of prisoners          |
death                      | Death                          |
burial                     | Burial                         |
un_action                  | Action by the United Nations   |
other                      | Other                          |
""",
)

# Event -> what it leads to. Every event not named here moves nothing: calls, sightings, hearings
# and statements of the authorities least of all. The second column is the order in which events
# of one episode follow when their dates alone do not say; "" means that only dates can tell.
# "by ..." in the third column looks further, in the tables below.
_LEADS_TO = """
arrest          | 1 | detained_form_unknown
abduction       | 1 | detained_form_unknown
re_arrest       |   | detained_form_unknown
disappearance   | 1 | disappeared
incommunicado   | 2 | detained_form_unknown
transfer        |   | by facility
charge          | 3 | detained_pretrial
indictment      | 4 | detained_pretrial
trial           | 5 | detained_on_trial
conviction      | 6 | in_prison_sentence_unknown
acquittal       | 6 | unknown
sentence        | 7 | by sentence
sentence_change | 8 | by sentence
release         |   | released_conditions_unknown
exchange        |   | released_conditions_unknown
exile           |   | in_exile
death           | 9 | by situation
"""

# Steps of a trial move whoever is held. By themselves they say nothing of a detention: somebody on bail is tried too.
NEEDS_CUSTODY = frozenset({"charge", "indictment", "trial", "conviction"})
LEADS_TO = {event: leads_to for event, _, leads_to in rows(_LEADS_TO, 3)}
STEP = {event: int(step) for event, step, _ in rows(_LEADS_TO, 3) if step}

# A transfer to any other place leaves the status as it was.
FACILITY_LEADS_TO = {
    "pretrial_centre":         "detained_pretrial",
    "prison":                  "in_prison_sentence_unknown",
    "internment_camp":         "internment_camp",
    "labour_facility":         "labour_transfer",
    "psychiatric_institution": "psychiatric_confinement",
    "home":                    "house_arrest",
    "guarded_residence":       "detained_form_unknown",
}  # fmt: skip

SENTENCE_LEADS_TO = {
    "term":                "serving_sentence",
    "life":                "serving_sentence",
    "death":               "under_sentence_of_death",
    "death_with_reprieve": "under_sentence_of_death",
    "suspended":           "sentence_served_outside_prison",
    "administrative":      "detained_without_charge",
    "unknown":             "in_prison_sentence_unknown",
}  # fmt: skip

# The kind of place that a situation says by itself.
KIND_OF = {
    "internment_camp":         "internment_camp",
    "psychiatric_confinement": "psychiatric_institution",
    "house_arrest":            "home",
    "labour_transfer":         "labour_facility",
}  # fmt: skip

# The events by which somebody is taken, and those that only a court or its officers do.
TAKEN = frozenset({"arrest", "abduction", "disappearance", "incommunicado", "re_arrest"})
IN_COURT = NEEDS_CUSTODY | {"acquittal", "hearing", "appeal", "summons", "search"}

# No news of the person: what the authorities claim, what others did, and that there was none.
NO_NEWS_OF_THEM = frozenset({"state_statement", "un_action", "reprisal_on_family", "search", "no_news"})

# The events and the ends of an episode by which somebody is free again.
RELEASES = frozenset({"release", "exchange", "exile"})
ENDED_FREE = frozenset({"released", "term_served", "exchanged", "exiled"})

EPISODE_END = Vocabulary(
    "episode_end",
    "How it ended",
    """
released    | Released
term_served | Released, the term served
escaped     | Escaped
exchanged   | Exchanged
exiled      | Exiled
died        | Died
unknown     | Not known
""",
)

FACILITY_TYPE = Vocabulary(
    "facility_type",
    "Kind of place",
    """
police_station              | Police station                        | 03050000
pretrial_centre             | Pre-trial detention centre            |
prison                      | Prison                                | 03060000 | a kind of place, never a sentence
internment_camp             | Internment camp                       | 09020000
labour_facility             | Labour facility                       |
military_base               | Military base                         | 03040000
intelligence_facility       | Premises of an intelligence service   | 09040000
secret_site                 | Secret place                          | 09050000
court                       | Court                                 | 03070000
hospital                    | Hospital                              |
psychiatric_institution     | Psychiatric institution               | 04070400
juvenile_institution        | Institution for juveniles             | 04070500
state_childrens_institution | State children's institution          |
home                        | Home                                  | 01010000
guarded_residence           | Guarded residence                     |          | surveillance at a designated place
border_or_airport           | Border or airport                     |
abroad                      | Abroad                                |
unknown                     | Not known                             |
""",
)

PRECISION = Vocabulary(
    "precision",
    "How finely a place is shown",
    """
exact      | Exact          | | facilities only, never a home
town       | Town
county     | County
prefecture | Prefecture
region     | Region
hidden     | Not shown
""",
)
