"""The sentences that the public reads, whole, so that they can be translated and tested as such.

They take public facts only: codes, places as published, dates in the words of
`dates.public_words`. None says he or she. A sentence is chosen by the facts there are: the line
that uses the most of them, and never a line that needs one that is missing.
"""

import re

from campaign.vocabulary.status import SILENT, STATUS, SUFFICIENT
from campaign.vocabulary.table import rows

NO_REASON_GIVEN = "The authorities have given no reason that we know of."
NOT_PUBLIC = "This profile is not public at present. Please take down posters and copies of it and do not share them."
NOT_A_SAMPLE = "The people we profile: not a sample of all who are held."
DEATH_NOT_CONFIRMED = "Reported to have died. Not confirmed."
_NO_NEWS = "no news has reached us since."
RELEASE_NOT_CONFIRMED = "Reported to have been released. Not confirmed."

# status | facts it needs | sentence. {where} is "in Ghulja" or "near Urumqi".
_STATUS_SENTENCES = """
detained_form_unknown             |            | Held in an internment camp or a prison; we do not know which.
detained_form_unknown             | place      | Held {where}, in an internment camp or a prison; we do not know which.
detained_pretrial                 |            | In detention, awaiting trial.
detained_pretrial                 | place      | In detention {where}, awaiting trial.
detained_on_trial                 |            | In detention, on trial.
detained_on_trial                 | place      | In detention {where}, on trial.
detained_without_charge           |            | In detention without charge.
detained_without_charge           | place      | In detention without charge {where}.
internment_camp                   |            | Held in an internment camp.
internment_camp                   | place      | Held in an internment camp {where}.
in_prison_sentence_unknown        |            | In a prison; we know of no sentence.
in_prison_sentence_unknown        | place      | In a prison {where}; we know of no sentence.
serving_sentence                  |            | Serving a sentence.
serving_sentence                  | term       | Serving a sentence of {term}.
serving_sentence                  | place      | In a prison {where}, serving a sentence.
serving_sentence                  | place term | In a prison {where}, serving a sentence of {term}.
under_sentence_of_death           |            | Under sentence of death.
under_sentence_of_death           | place      | In a prison {where}, under sentence of death.
sentence_over_release_unconfirmed|     | By the sentence known to us the term has ended. Release is not confirmed.
sentence_over_release_unconfirmed|ended| By the sentence known to us the term ended {ended}. Release is not confirmed.
sentence_served_outside_prison    |            | Serving a sentence outside prison.
sentence_served_outside_prison    | term       | Serving a sentence of {term} outside prison.
house_arrest                      |            | Under house arrest.
house_arrest                      | place      | Under house arrest {where}.
psychiatric_confinement           |            | Confined in a psychiatric institution.
psychiatric_confinement           | place      | Confined in a psychiatric institution {where}.
labour_transfer                   |            | Sent to work by the authorities, not free to leave.
labour_transfer                   | place      | Sent to work {where} by the authorities, not free to leave.
disappeared                       |            | Disappeared. The authorities do not say where.
forced_residence_or_exit_ban      |            | Out of detention, but not free to leave.
released_conditions_unknown       |            | Released; under what conditions is not known to us.
released_conditional              |            | Released under conditions.
released_unconditional            |            | Released without conditions.
in_exile                          |            | In exile.
died_in_custody                   |            | Died in custody.
died_in_custody                   | place      | Died in custody {where}.
died_in_custody                   | ended      | Died in custody {ended}.
died_in_custody                   | place ended | Died in custody {where} {ended}.
died_after_release                |            | Died after release.
died_after_release                | ended      | Died after release, {ended}.
executed                          |            | Executed.
executed                          | ended      | Executed {ended}.
unknown                           |            | What has happened since is not known to us.
"""

STATUS_SENTENCES: dict[str, dict[frozenset[str], str]] = {}
for _code, _facts, _sentence in rows(_STATUS_SENTENCES, 3):
    STATUS_SENTENCES.setdefault(_code, {})[frozenset(_facts.split())] = _sentence

_DEAD = ("died_in_custody", "died_after_release", "executed")
_RELEASED = ("released_conditions_unknown", "released_conditional", "released_unconditional", "in_exile")


def status_sentence(
    code: str,
    *,
    confidence: str = "single_source",
    place: str = "",
    term: str = "",
    ended: str = "",
    last_heard: str = "",
) -> str:
    """Return the one sentence about the situation: "In a prison in Ghulja, serving a sentence of 15 years."

    `place` as published, `term` as `term_in_words` tells it; `ended` the day a term ended or a
    person died; `last_heard` the date of the latest news, given only when there has been none
    since, and said where it is all there is to say. A death that fewer than two sources tell
    and a release that is contested are told as reports. Raises UnknownCode.
    """
    STATUS[code]
    if code in _DEAD and confidence not in ("confirmed", "corroborated"):
        return DEATH_NOT_CONFIRMED
    if code in _RELEASED and confidence not in SUFFICIENT:
        return RELEASE_NOT_CONFIRMED
    if last_heard and code in SILENT:
        # Of who is "unknown" not even a detention is known: the last news may have been a call.
        return no_news_since(last_heard) if code != "unknown" else f"Last heard of {on_or_in(last_heard)}; {_NO_NEWS}"
    told = {name for name, fact in (("place", place), ("term", term), ("ended", ended)) if fact}
    sentences = STATUS_SENTENCES[code]
    # A test sees to it that no two lines use equally many of the same facts.
    best = max((facts for facts in sentences if facts <= told), key=len)
    return sentences[best].format(where=_where(place), term=term, ended=on_or_in(ended))


def term_in_words(kind: str, *, years: int = 0, months: int = 0, days: int = 0) -> str:
    """Return how long a sentence is: "15 years", "1 year and 6 months", "life imprisonment", or ""."""
    if kind == "life":
        return "life imprisonment"
    counted = [(years, "year"), (months, "month"), (days, "day")]
    parts = [f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in counted if number]
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def no_news_since(last_heard: str) -> str:
    """Return the sentence for who was in detention on `last_heard`, with nothing known since."""
    return f"Was in detention when last heard of ({last_heard}); {_NO_NEWS}"


def two_dates(latest: str, checked: str, *, found_news: bool = False) -> str:
    """Return the line under the status: "Latest information: ... Last checked by us: ..., nothing new."

    Both in public words; a date that is not known ("") leaves its part out.
    """
    parts = []
    if latest:
        parts.append(f"Latest information: {latest}.")
    if checked:
        parts.append(f"Last checked by us: {checked}{'' if found_news else ', nothing new'}.")
    return " ".join(parts)


def claimed_free(name: str) -> str:
    """Return what is said when only the authorities say that somebody is free."""
    return f"The authorities say that {name} is free. Nobody independent could confirm it."


def authorities_say(words: str) -> str:
    """Return the state's own words as theirs: in quotation marks after "The authorities say"."""
    plain = words.strip().strip("\"'“”„«»").strip()
    return f"The authorities say: “{plain}”" if plain else NO_REASON_GIVEN


def age_when_last_heard_of(low: int, high: int) -> str:
    """Return "51 or 52 when last heard of", or "30 to 35 when last heard of"."""
    ages = str(low) if low == high else f"{low} {'or' if high == low + 1 else 'to'} {high}"
    return f"{ages} when last heard of"


def home_count(public: int, profiled: int) -> str:
    """Return the honest count of the home page; `profiled` is everyone who was ever public.

    "some are not shown" is left out when nobody is missing.
    """
    people = "1 person is" if public == 1 else f"{public:,} people are"
    were = "has" if profiled == 1 else "have"
    hidden = "; some are not shown" if profiled > public else ""
    return f"{people} public here; {profiled:,} {were} been profiled{hidden}."


def on_or_in(date: str) -> str:
    """Return `date`, in public words, as a sentence takes it: "on 3 May 2024", "in May 2024", "about 2017"."""
    if not date or re.match(r"(about|perhaps|before|after|end of|beginning of)\b", date):
        return date.replace("end of", "at the end of", 1) if date.startswith("end of") else date
    return f"on {date}" if re.match(r"\d{1,2} \w+ \d{4}$", date) else f"in {date}"


def _where(place: str) -> str:
    return place if place.startswith(("near ", "in ")) else f"in {place}"
