"""What we know of a person's situation.

HUR codes are of the HURIDOCS micro-thesauri, as domain.md gives them. A code is
published with its as_of date and its confidence, never alone.
"""

from typing import Literal

import msgspec

from campaign.languages import gettext, pgettext
from campaign.vocabulary.table import Vocabulary, rows

Situation = Literal["held", "restricted", "free", "dead", "unknown"]

STATUS = Vocabulary(
    "status",
    "Situation",
    """
detained_form_unknown             | Detained, form not known              |          | we do not know where
detained_pretrial                 | Detained before trial                 | 02020100
detained_on_trial                 | Detained, on trial                    | 02020200
detained_without_charge           | Detained without charge               | 02020400 | administrative detention too
internment_camp                   | In an internment camp                 |          | whatever they call it
in_prison_sentence_unknown        | In prison, sentence not known         |          | nothing says for how long
serving_sentence                  | Serving a sentence                    | 02020300
under_sentence_of_death           | Under sentence of death               |          | with reprieve too
sentence_over_release_unconfirmed | Sentence over, release not confirmed  |          | set by the clock
sentence_served_outside_prison    | Serving a sentence outside prison     |          | suspended, or on medical grounds
house_arrest                      | Under house arrest                    |          | not at a designated place
psychiatric_confinement           | Confined in a psychiatric institution |
labour_transfer                   | Transferred to labour                 |          | not free to leave
disappeared                       | Disappeared                           | 01030000 | denied, or its place hidden
forced_residence_or_exit_ban      | Forced residence or exit ban          | 03010000
released_conditions_unknown       | Released, conditions not known        |          | until more is known
released_conditional              | Released under conditions             |          | bail, reporting, surveillance
released_unconditional            | Released without conditions           | 02010000
in_exile                          | In exile                              | 03020000
died_in_custody                   | Died in custody                       |          | two sources, and the family knows
died_after_release                | Died after release                    |          | as above
executed                          | Executed                              |          | as above
unknown                           | Not known                             | 99000000
""",
)

# Each status: which Situation it counts under, and its label in about three words, for lists.
# A sentence that has ended counts as held: nobody is counted as free on the clock's word.
_COUNTED_AS = """
detained_form_unknown             | held       | Camp or prison
detained_pretrial                 | held       | Held before trial
detained_on_trial                 | held       | Held, on trial
detained_without_charge           | held       | Held without charge
internment_camp                   | held       | In a camp
in_prison_sentence_unknown        | held       | In a prison
serving_sentence                  | held       | Serving a sentence
under_sentence_of_death           | held       | Sentenced to death
sentence_over_release_unconfirmed | held       | Release not confirmed
sentence_served_outside_prison    | restricted | Sentence outside prison
house_arrest                      | held       | House arrest
psychiatric_confinement           | held       | Psychiatric confinement
labour_transfer                   | restricted | Sent to labour
disappeared                       | held       | Disappeared
forced_residence_or_exit_ban      | restricted | May not leave
released_conditions_unknown       | free       | Released
released_conditional              | free       | Released under conditions
released_unconditional            | free       | Released
in_exile                          | free       | In exile
died_in_custody                   | dead       | Died in custody
died_after_release                | dead       | Died after release
executed                          | dead       | Executed
unknown                           | unknown    | Not known
"""
_COUNTED = tuple(rows(_COUNTED_AS, 3))
SITUATION_OF = {code: msgspec.convert(situation, Situation) for code, situation, _ in _COUNTED}
SHORT_LABELS = {code: short for code, _, short in _COUNTED}

# Of these a long silence is all there is to say: nothing else of them is known to be so today.
SILENT = ("detained_form_unknown", "unknown")

CONFIDENCE = Vocabulary(
    "confidence",
    "How sure we are",
    """
confirmed     | Confirmed                | | by documents, or by the person
corroborated  | Corroborated             | | by two independent sources
single_source | One source               |
contested     | Contested                | | sources disagree
disproved     | Disproved                | | kept, so that it is not believed again
unknown       | Not known                |
""",
)

# "Single source or better": the least that may move a status.
SUFFICIENT = ("confirmed", "corroborated", "single_source")

STATUS_BASIS = Vocabulary(
    "status_basis",
    "What the situation rests on",
    """
own_word          | The person's own word
family            | The family
released_detainee | Someone who was held with them
lawyer            | A lawyer
court_document    | A court document
official_notice   | A notice of the authorities to the family or the public
leaked_document   | A leaked document
media             | The press
organisation      | Another organisation
un_body           | A body of the United Nations
other             | Other
not_stated        | Not stated
""",
)


def short_label(code: str, *, silent_since: int | None = None) -> str:
    """Return the situation in about three words, for lists: "Serving a sentence".

    `silent_since` is the year of the latest news, where there has been none since; it is said of
    the statuses of SILENT: "No news since 2018". Raises UnknownCode.
    """
    STATUS[code]
    if silent_since is None or code not in SILENT:
        return pgettext("short status", SHORT_LABELS[code])
    return gettext("No news since {year}").format(year=silent_since)
