"""What a status line says: one table of whole sentences, by the situation and the facts that there are.

Read everywhere alike: page, list, title, feed, linked data, JSON (composed in situations.py). No line names a kind of
place, a reason or an end that is not known, none says "is" of who has not been heard of for a year, and none says
"was": it would read as free.
"""

from campaign.languages import gettext_noop
from campaign.vocabulary.table import rows

DEATH_NOT_CONFIRMED = gettext_noop("Reported to have died. Not confirmed.")
RELEASE_NOT_CONFIRMED = gettext_noop("Reported to have been released. Not confirmed.")
NO_RELEASE = gettext_noop("We know of no release.")
NO_NEWS = gettext_noop("No news has reached us since.")

# status | facts that it needs | while the news is not a year old | when last heard of. {where} is "in a prison in
# Ghulja", {place} "in Ghulja", {kinds} "in an internment camp or a prison", {ended} "on 3 May 2020"; an empty
# last column: the same at any time.
_LINES = """
detained_form_unknown||In detention.|In detention when last heard of, {heard}.
detained_form_unknown|where|Held {where}.|Held {where} when last heard of, {heard}.
detained_form_unknown|kinds|Held; whether {kinds} we do not know.|Held when last heard of, {heard}; whether {kinds} we do not know.
detained_form_unknown|kinds where|Held {where}; whether {kinds} we do not know.|Held {where} when last heard of, {heard}; whether {kinds} we do not know.
detained_pretrial||In detention, awaiting trial.|In detention, awaiting trial, when last heard of, {heard}.
detained_pretrial|where|Held {where}, awaiting trial.|Held {where}, awaiting trial, when last heard of, {heard}.
detained_on_trial||In detention, on trial.|In detention, on trial, when last heard of, {heard}.
detained_on_trial|where|Held {where}, on trial.|Held {where}, on trial, when last heard of, {heard}.
detained_without_charge||In detention without charge.|In detention without charge when last heard of, {heard}.
detained_without_charge|where|Held {where} without charge.|Held {where} without charge when last heard of, {heard}.
internment_camp||Held in an internment camp.|Held in an internment camp when last heard of, {heard}.
internment_camp|where|Held {where}.|Held {where} when last heard of, {heard}.
in_prison_sentence_unknown||In detention; we know of no sentence.|In detention when last heard of, {heard}; we know of no sentence.
in_prison_sentence_unknown|where|Held {where}; we know of no sentence.|Held {where} when last heard of, {heard}; we know of no sentence.
in_prison_sentence_unknown|sentenced||In detention when last heard of, {heard}.
in_prison_sentence_unknown|sentenced where|Held {where}.|Held {where} when last heard of, {heard}.
serving_sentence||Serving a sentence.|
serving_sentence|term|Serving a sentence of {term}.|
serving_sentence|where|Held {where}, serving a sentence.|Held {where} when last heard of, {heard}.
serving_sentence|term where|Held {where}, serving a sentence of {term}.|Held {where} when last heard of, {heard}.
under_sentence_of_death||Under sentence of death.|
under_sentence_of_death|where|Held {where}, under sentence of death.|Held {where} when last heard of, {heard}.
sentence_served_outside_prison||Serving a sentence outside prison.|Serving a sentence outside prison when last heard of, {heard}.
house_arrest||Under house arrest.|Under house arrest when last heard of, {heard}.
house_arrest|place|Under house arrest {place}.|Under house arrest {place} when last heard of, {heard}.
psychiatric_confinement||Confined in a psychiatric institution.|Confined in a psychiatric institution when last heard of, {heard}.
psychiatric_confinement|where|Confined {where}.|Confined {where} when last heard of, {heard}.
labour_transfer||Sent to work by the authorities, not free to leave.|Sent to work by the authorities and not free to leave when last heard of, {heard}.
labour_transfer|place|Sent to work {place} by the authorities, not free to leave.|Sent to work {place} by the authorities and not free to leave when last heard of, {heard}.
disappeared||Disappeared.|Disappeared; last heard of {heard_in}.
disappeared|undisclosed|Disappeared. The authorities have not said where, as far as we know.|Disappeared; last heard of {heard_in}. The authorities have not said where, as far as we know.
forced_residence_or_exit_ban||Out of detention, but not free to leave.|Out of detention, but not free to leave, when last heard of, {heard}.
released_conditions_unknown||Released; under what conditions is not known to us.
released_conditional||Released under conditions.
released_unconditional||Released without conditions.
in_exile||In exile.|In exile when last heard of, {heard}.
died_in_custody||Died in custody.
died_in_custody|ended|Died in custody {ended}.
died_in_custody|place|Died in custody {place}.
died_in_custody|ended place|Died in custody {place} {ended}.
died_after_release||Died after release.
died_after_release|ended|Died after release, {ended}.
executed||Executed.
executed|ended|Executed {ended}.
unknown||What has happened is not known to us.|Last heard of {heard_in}. Whether in detention today is not known to us.
unknown|acquitted||Acquitted {acquitted}. Whether released is not known to us.
sentence_over_release_unconfirmed||By the sentence known to us the term has ended. Release is not confirmed.
sentence_over_release_unconfirmed|ended|By the sentence known to us the term ended {ended}. Release is not confirmed.
sentence_over_release_unconfirmed|ended reckoned|By the sentence known to us the term would have ended {ended}. Release is not confirmed.
"""  # noqa: E501 - one line of the table is one line

# What is known of the sentence itself | facts. {until} stands in a sentence that says "about". `apart`: it is suspended
# or served outside prison; `ordered`: an administrative term, which no court need have passed.
_SENTENCED = """
|Sentenced; for how long is not known to us.
passed|Sentenced {passed}; for how long is not known to us.
until|Sentenced; by that sentence held until about {until}.
passed until|Sentenced {passed}; by that sentence held until about {until}.
term|Sentenced to {term}.
passed term|Sentenced to {term} {passed}.
term until|Sentenced to {term}; by that sentence held until about {until}.
passed term until|Sentenced to {term} {passed}; by that sentence held until about {until}.
term apart|Sentenced to {term}.
passed term apart|Sentenced {passed} to {term}.
term ordered|Given {term}.
passed term ordered|Given {term} {passed}.
term until ordered|Given {term}; by that order held until about {until}.
passed term until ordered|Given {term} {passed}; by that order held until about {until}.
"""

_KINDS = """
police_station|in a police station
pretrial_centre|in a pre-trial detention centre
prison|in a prison
internment_camp|in an internment camp
labour_facility|in a labour facility
military_base|in a military base
intelligence_facility|on premises of an intelligence service
secret_site|in a secret place
court|in a court
hospital|in a hospital
psychiatric_institution|in a psychiatric institution
juvenile_institution|in an institution for juveniles
state_childrens_institution|in a state children’s institution
home|at home
guarded_residence|in a guarded residence
border_or_airport|at a border or an airport
abroad|abroad
"""
KINDS = {kind: words for kind, words in rows(_KINDS, 2)}  # noqa: C416 - mypy knows no pairs in rows
Pair = tuple[str, str]
LINES: dict[str, dict[frozenset[str], Pair]] = {}
for _code, _needs, _now, _then in rows(_LINES, 4):
    LINES.setdefault(_code, {})[frozenset(_needs.split())] = (_now or _then, _then or _now)
SENTENCED = {frozenset(facts.split()): line for facts, line in rows(_SENTENCED, 2)}
ENDS = (
    gettext_noop("By that sentence held until about {until}."),
    gettext_noop("By the sentence known to us the term ended {ended}."),
    gettext_noop("By the sentence known to us the term would have ended {ended}."),
    gettext_noop(
        "By the sentence known to us the reprieve would have ended {ended}. What followed is not known to us."
    ),
    gettext_noop("That term runs until about {until}."),
)
