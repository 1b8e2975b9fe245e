"""The sentences that the public reads, whole, so that they can be translated and tested as such.

They take public facts only: codes, places as published, dates in the words of
`dates.public_words` and `dates.adverbial`. None says he or she. A sentence is chosen by the facts there are: the line
that uses the most of them, and never a line that needs one that is missing.
"""

from campaign.languages import current, gettext, gettext_noop, ngettext, number, together
from campaign.vocabulary.status import SILENT, STATUS, SUFFICIENT
from campaign.vocabulary.table import rows

# Said with `gettext` where they are used.
NO_REASON_GIVEN = gettext_noop("The authorities have given no reason that we know of.")
NOT_PUBLIC = gettext_noop(
    "This profile is not public at present. Please take down posters and copies of it and do not share them."
)
NOT_A_SAMPLE = gettext_noop("The people we profile: not a sample of all who are held.")
DEATH_NOT_CONFIRMED = gettext_noop("Reported to have died. Not confirmed.")
RELEASE_NOT_CONFIRMED = gettext_noop("Reported to have been released. Not confirmed.")

# status | facts it needs | sentence. {ended} is a date as a sentence takes it: "on 3 May 2020", "about 2017".
_STATUS_SENTENCES = """
detained_form_unknown             |            | Held in an internment camp or a prison; we do not know which.
detained_form_unknown           | place      | Held in {place}, in an internment camp or a prison; we do not know which.
detained_pretrial                 |            | In detention, awaiting trial.
detained_pretrial                 | place      | In detention in {place}, awaiting trial.
detained_on_trial                 |            | In detention, on trial.
detained_on_trial                 | place      | In detention in {place}, on trial.
detained_without_charge           |            | In detention without charge.
detained_without_charge           | place      | In detention without charge in {place}.
internment_camp                   |            | Held in an internment camp.
internment_camp                   | place      | Held in an internment camp in {place}.
in_prison_sentence_unknown        |            | In a prison; we know of no sentence.
in_prison_sentence_unknown        | place      | In a prison in {place}; we know of no sentence.
serving_sentence                  |            | Serving a sentence.
serving_sentence                  | term       | Serving a sentence of {term}.
serving_sentence                  | place      | In a prison in {place}, serving a sentence.
serving_sentence                  | place term | In a prison in {place}, serving a sentence of {term}.
under_sentence_of_death           |            | Under sentence of death.
under_sentence_of_death           | place      | In a prison in {place}, under sentence of death.
sentence_over_release_unconfirmed|     | By the sentence known to us the term has ended. Release is not confirmed.
sentence_over_release_unconfirmed|ended| By the sentence known to us the term ended {ended}. Release is not confirmed.
sentence_served_outside_prison    |            | Serving a sentence outside prison.
sentence_served_outside_prison    | term       | Serving a sentence of {term} outside prison.
house_arrest                      |            | Under house arrest.
house_arrest                      | place      | Under house arrest in {place}.
psychiatric_confinement           |            | Confined in a psychiatric institution.
psychiatric_confinement           | place      | Confined in a psychiatric institution in {place}.
labour_transfer                   |            | Sent to work by the authorities, not free to leave.
labour_transfer                   | place      | Sent to work in {place} by the authorities, not free to leave.
disappeared                       |            | Disappeared. The authorities do not say where.
forced_residence_or_exit_ban      |            | Out of detention, but not free to leave.
released_conditions_unknown       |            | Released; under what conditions is not known to us.
released_conditional              |            | Released under conditions.
released_unconditional            |            | Released without conditions.
in_exile                          |            | In exile.
died_in_custody                   |            | Died in custody.
died_in_custody                   | place      | Died in custody in {place}.
died_in_custody                   | ended      | Died in custody {ended}.
died_in_custody                   | place ended | Died in custody in {place} {ended}.
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
    last_heard_in: str = "",
) -> str:
    """Return the one sentence about the situation: "In a prison in Ghulja, serving a sentence of 15 years."

    `place` as published, `term` as `term_in_words` tells it; `ended` the day a term ended or a
    person died, as a sentence takes it; `last_heard` the date of the latest news, given only when
    there has been none since, and said where it is all there is to say, `last_heard_in` the same as
    a sentence takes it. A death that fewer than two sources tell and a release that is contested
    are told as reports. Raises UnknownCode.
    """
    STATUS[code]
    if code in _DEAD and confidence not in ("confirmed", "corroborated"):
        return gettext(DEATH_NOT_CONFIRMED)
    if code in _RELEASED and confidence not in SUFFICIENT:
        return gettext(RELEASE_NOT_CONFIRMED)
    if last_heard and code in SILENT:
        # Of who is "unknown" not even a detention is known: the last news may have been a call.
        if code != "unknown":
            return no_news_since(last_heard)
        return gettext("Last heard of {when}; no news has reached us since.").format(when=last_heard_in or last_heard)
    told = {name for name, fact in (("place", place), ("term", term), ("ended", ended)) if fact}
    sentences = STATUS_SENTENCES[code]
    # A test sees to it that no two lines use equally many of the same facts.
    best = max((facts for facts in sentences if facts <= told), key=len)
    return gettext(_placed(sentences[best], place)).format(place=place, term=term, ended=ended)


def term_in_words(kind: str, *, years: int = 0, months: int = 0, days: int = 0) -> str:
    """Return how long a sentence is: "15 years", "1 year and 6 months", "life imprisonment", or ""."""
    if kind == "life":
        return gettext("life imprisonment")
    parts = (
        ngettext("{count} year", "{count} years", years).format(count=years) if years else "",
        ngettext("{count} month", "{count} months", months).format(count=months) if months else "",
        ngettext("{count} day", "{count} days", days).format(count=days) if days else "",
    )
    return together([part for part in parts if part])


def no_news_since(last_heard: str) -> str:
    """Return the sentence for who was in detention on `last_heard`, with nothing known since."""
    words = gettext("Was in detention when last heard of ({date}); no news has reached us since.")
    return words.format(date=last_heard)


def two_dates(latest: str, checked: str, *, found_news: bool = False) -> str:
    """Return the line under the status: "Latest information: ... Last checked by us: ..., nothing new."

    Both in public words; a date that is not known ("") leaves its part out.
    """
    parts = []
    if latest:
        parts.append(gettext("Latest information: {date}.").format(date=latest))
    if checked and found_news:
        parts.append(gettext("Last checked by us: {date}.").format(date=checked))
    elif checked:
        parts.append(gettext("Last checked by us: {date}, nothing new.").format(date=checked))
    return " ".join(parts)


def claimed_free(name: str) -> str:
    """Return what is said when only the authorities say that somebody is free."""
    return gettext("The authorities say that {name} is free. Nobody independent could confirm it.").format(name=name)


def authorities_say(words: str) -> str:
    """Return the state's own words as theirs: in quotation marks after "The authorities say"."""
    plain = words.strip().strip("\"'“”„«»").strip()
    return gettext("The authorities say: “{words}”").format(words=plain) if plain else gettext(NO_REASON_GIVEN)


def age_when_last_heard_of(low: int, high: int) -> str:
    """Return "51 or 52 when last heard of", or "30 to 35 when last heard of"."""
    if low == high:
        return gettext("{age} when last heard of").format(age=low)
    if high == low + 1:
        return gettext("{low} or {high} when last heard of").format(low=low, high=high)
    return gettext("{low} to {high} when last heard of").format(low=low, high=high)


def age_when_detained(low: int, high: int) -> str:
    """Return "51 or 52 when detained", or "30 to 35 when detained"."""
    if low == high:
        return gettext("{age} when detained").format(age=low)
    if high == low + 1:
        return gettext("{low} or {high} when detained").format(low=low, high=high)
    return gettext("{low} to {high} when detained").format(low=low, high=high)


def home_count(public: int, profiled: int) -> str:
    """Return the honest count of the home page; `profiled` is everyone who was ever public.

    "some are not shown" is left out when nobody is missing.
    """
    # Two numbers: each clause has its own plural, and the sentence says only how they follow each other.
    here = ngettext("{count} person is public here", "{count} people are public here", public)
    ever = ngettext("{count} has been profiled", "{count} have been profiled", profiled)
    both = gettext("{here}; {ever}; some are not shown.") if profiled > public else gettext("{here}; {ever}.")
    return both.format(here=here.format(count=number(public)), ever=ever.format(count=number(profiled)))


def _placed(sentence: str, place: str) -> str:
    """Return a sentence for a place that already says where: "near Urumqi" is not "in near Urumqi"."""
    is_said = current().is_english and place.startswith(("near ", "in "))
    return sentence.replace("in {place}", "{place}") if is_said else sentence
