"""What a page may say of a case file, derived again: slowly, and by none of the program's own code of sentences.

Days are walked one by one, months counted on fingers; only the case file and the parser of JSON are shared.
"""

import datetime
import re

from campaign.cases.file import CaseFile, Episode, Event

Day = datetime.date
Bounds = tuple[Day, Day, bool]
SURE = {"confirmed", "corroborated", "single_source"}
NO_NEWS = {"state_statement", "un_action", "no_news", "reprisal_on_family", "search"}
OF_HEALTH = {"hunger_strike"}  # nobody consented to what tells of health: it stands on no page
THEIRS = {"official_statement", "official_database"}
PRESS = {"media", "social_media", "photo_or_video"}
KIND_WORDS = {
    "a prison": "prison", "an internment camp": "internment_camp", "a pre-trial detention centre": "pretrial_centre",
    "a hospital": "hospital", "a guarded residence": "guarded_residence",
    "a psychiatric institution": "psychiatric_institution", "a labour facility": "labour_facility",
}  # fmt: skip
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December"]  # fmt: skip


def bounds(edtf: str) -> Bounds | None:
    """Return the first and the last day that a notation means, widened where it is doubtful; None where open."""
    if not edtf or ".." in edtf:
        return None
    ends = [_point(part) for part in edtf.split("/")]
    return min(end[0] for end in ends), max(end[1] for end in ends), any(end[2] for end in ends)


def _point(text: str) -> Bounds:
    is_marked = text[-1] in "~?%"
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    first = Day(numbers[0], *[*numbers[1:], 1, 1][:2])
    last = first
    while (last.year, *([last.month] if len(numbers) > 1 else []), *([last.day] if len(numbers) > 2 else [])) == tuple(
        numbers
    ):
        last += datetime.timedelta(days=1)
    last -= datetime.timedelta(days=1)
    width = {1: 365, 2: 31, 3: 7}[len(numbers)] * (2 if text[-1] == "%" else 1)
    wider = datetime.timedelta(days=width if is_marked else 0)
    return first - wider, last + wider, is_marked


def after_months(first: Day, count: int) -> Day:
    """Return the day that lies so many months later, the last of the month where it has no such day."""
    year, month = first.year, first.month
    for _ in range(count):
        month += 1
        if month > 12:
            year, month = year + 1, 1
    for number in (first.day, 30, 29, 28):
        try:
            return Day(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def is_dead(file: CaseFile) -> bool:
    """Whether the family knows and two of the sources named depend on none."""
    named = [source for source in file.sources if source.id in file.death.independent_sources]
    relied_on = [source for source in named if source.reliability != "doubtful"]
    # A paper and a notice of the authorities count as one: the paper may have it from them.
    groups = {"" if source.type in {*THEIRS, *PRESS} else source.publisher for source in relied_on}
    publishers = {source.publisher for source in relied_on}
    is_of_theirs = any(source.type in THEIRS for source in relied_on)
    count = len(groups) if is_of_theirs else len(publishers)
    return file.death.is_reported and file.death.next_of_kin_know and count > 1


def news(file: CaseFile) -> Bounds | None:
    """Return the newest date on which others than the authorities knew something of the person."""
    types = {source.id: source.type for source in file.sources}
    dated: list[tuple[str, str]] = []
    for episode in file.episodes:
        base = f"episodes/{episode.id}"
        dated += [
            (f"{base}/events/{event.id}", event.date.edtf)
            for event in episode.events
            if event.type not in NO_NEWS | OF_HEALTH
        ]
        dated += [("", episode.start.edtf), ("", episode.last_contact.edtf), (f"{base}/end", episode.end.edtf)]
        dated += [("", edtf) for stay in episode.stays for edtf in (stay.start.edtf, stay.end.edtf)]
    decided = last_bearing(file)
    if decided is None or bounds(file.status_as_of.edtf)[1] >= bounds(decided.date.edtf)[0] or file.status_override:  # type: ignore[index]
        dated.append(("status", file.status_as_of.edtf))
    if is_dead(file):
        dated.append(("death", file.death.date.edtf))
    found = []
    for path, edtf in dated:
        cited = {types[row.source_id] for row in file.citations if row.fact == path}
        if (span := bounds(edtf)) and not (cited and cited <= THEIRS):
            plain = bounds(edtf.strip("~?%"))
            assert plain is not None
            found.append((plain[1], plain[0], span))
    return max(found)[2] if found else None


def last_bearing(file: CaseFile) -> Event | None:
    """Return the newest event that says where the person is, told surely enough."""
    found = [event for event in told(file) if bears(event)]
    return max(found, key=lambda event: event.date.edtf, default=None)


def bears(event: Event) -> bool:
    """Whether an event moves a situation."""
    kinds = {
        "arrest",
        "abduction",
        "re_arrest",
        "incommunicado",
        "charge",
        "indictment",
        "trial",
        "conviction",
        "acquittal",
        "sentence",
        "release",
    }
    moved = {"prison", "internment_camp", "pretrial_centre", "psychiatric_institution"}
    return event.confidence in SURE and (event.type in kinds or (event.type == "transfer" and event.facility in moved))


def told(file: CaseFile) -> list[Event]:
    """Return the events of every episode, without releases that the authorities alone tell of."""
    return [event for episode in file.episodes for event in told_of(file, episode)]


def told_of(file: CaseFile, episode: Episode) -> list[Event]:
    """Return the events of an episode, without releases that the authorities alone tell of."""
    types = {source.id: source.type for source in file.sources}

    def claimed(event: Event) -> bool:
        path = f"episodes/{episode.id}/events/{event.id}"
        cited = {types[row.source_id] for row in file.citations if row.fact == path}
        return event.type == "release" and bool(cited) and cited <= {*THEIRS, "court_document"}

    return [event for event in episode.events if not claimed(event)]


def group(file: CaseFile) -> str:
    """Return whether the person was held, free, outside or nobody knows, when last heard of, by walking the events."""
    now = "unknown"
    for episode in file.episodes:
        now = "held"  # an episode with a start is a deprivation of liberty
        events = [event for event in told_of(file, episode) if bears(event)]
        for event in sorted(events, key=lambda event: event.date.edtf):
            now = after(now, event, episode)
        if episode.end_reason in {"released", "term_served"} and now != "free":
            now = "free"
    return now


def after(now: str, event: Event, episode: Episode) -> str:
    """Return where somebody was after an event, who was held, free, outside or nobody knew before it."""
    if event.type == "release":
        return "free"
    if event.type == "acquittal":
        return "free" if now == "free" else "unknown"
    if event.type == "sentence":
        return "restricted" if episode.sentence.kind == "suspended" else "held"
    return now if event.type in {"charge", "indictment", "trial", "conviction"} else "held"


def term_ends(file: CaseFile) -> Day | None:
    """Return the last day on which the term may still run, None where nothing says so."""
    return term_of(file.episodes[-1])


def term_of(episode: Episode) -> Day | None:
    """Return the last day on which the term of an episode may still run, None where nothing says so."""
    sentence = episode.sentence
    if not sentence.kind or sentence.kind in {"life", "death"}:
        return None
    if sentence.expected_end.edtf:
        stated = bounds(sentence.expected_end.edtf)
        return stated[1] if stated else None
    passed = [event.date.edtf for event in episode.events if event.type == "sentence"]
    begun = sentence.start.edtf or (passed[0] if passed else "")
    count = (sentence.years or 0) * 12 + (sentence.months or 0)
    plain = bounds(begun.strip("~?%"))
    if plain is None or not count:
        return None
    first, last = after_months(plain[0], count), after_months(plain[1], count)
    is_marked = begun[-1] in "~?%"
    if (first.year, first.month) == (last.year, last.month):
        edtf = f"{last.year:04}-{last.month:02}"
    else:
        edtf = f"{last.year:04}" if first.year == last.year else f"{first.year:04}/{last.year:04}"
    ends = bounds("/".join(part + ("~" if is_marked else "") for part in edtf.split("/")))
    return ends[1] if ends else None


def ages(file: CaseFile, at: str) -> tuple[int, int] | None:
    """Return the least and the greatest age on a date, by trying every first and last day of the years of birth."""
    years = [int(year) for year in re.findall(r"\d{4}", file.birth.edtf)]
    on = bounds(at)
    if on is None or ".." in file.birth.edtf or not years:
        return None
    slack = 1 if re.search("[~?%]", file.birth.edtf) else 0
    found = set()
    for year in range(years[0] - slack, years[-1] + slack + 1):
        for birthday in (Day(year, 1, 1), Day(year, 12, 31)):
            for today in (Day(on[0].year, 1, 1), Day(on[1].year, 12, 31)):
                found.add(today.year - birthday.year - ((today.month, today.day) < (birthday.month, birthday.day)))
    return min(found), max(found)


def kinds(file: CaseFile) -> set[str]:
    """Return every kind of place in which the person may have been when last heard of.

    What is written down of it, and where the last transfer or stay was, unless it had ended or somebody was taken anew.
    """
    episode, heard = file.episodes[-1], news(file)
    steps = [(stay.start.edtf, 1, stay.facility, stay.end.edtf) for stay in episode.stays]
    steps += [(event.date.edtf, 0, event.facility, event.type) for event in episode.events]
    where = ""
    for _, is_stay, facility, what in sorted(steps):
        if is_stay:
            gone = bounds(what)
            where = "" if gone and heard and gone[1] < heard[0] else facility
        elif what in {"arrest", "abduction", "re_arrest", "release"} or (what in {"transfer", "incommunicado"}):
            where = facility
    return ({where} | set(episode.held_facility_types)) - {"", "unknown"}


def years(file: CaseFile, today: Day) -> set[int]:
    """Return every year that a page may name."""
    dates = [file.birth, file.status_as_of, file.last_verified_on, file.death.date]
    dates += [row.date for row in file.state_responses]
    for episode in file.episodes:
        dates += [episode.start, episode.end, episode.last_contact, *(event.date for event in episode.events)]
        dates += [date for stay in episode.stays for date in (stay.start, stay.end)]
        dates += [episode.sentence.start, episode.sentence.expected_end]
    found = {int(year) for date in dates for year in re.findall(r"\d{4}", date.edtf)}
    found |= {end.year - back for episode in file.episodes if (end := term_of(episode)) for back in range(3)}
    return found | {today.year}
