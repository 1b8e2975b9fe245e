"""Consent and risk of a row: whose word, to what, with which limits; and how much is at stake.

A refusal is a refusal whoever brings it. What gives something counts once a safety officer has confirmed it: brought by
an editor it comes in unconfirmed, by an officer as stated by them, until a second person signs. A row that says
anything of its own is not given what the map states for the whole sheet, and nothing is confirmed that was not read.
"""

from collections.abc import Mapping
from typing import Any

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases.file import CaseFile, Consent, Risk
from campaign.cases.fingerprints import fingerprint
from campaign.clock import today
from campaign.dates.edtf import PartialDate
from campaign.dates.parse import read
from campaign.imports.draft import Draft
from campaign.imports.facts.words import meaning, opening, parts
from campaign.imports.mapping import row_of
from campaign.vocabulary.people import RELATION
from campaign.vocabulary.protection import CONSENT_SCOPE

ANSWERS = frozenset({"yes", "no", "not_asked"})
OF_A_GIVER = ("giver", "giver_kind", "basis", "relation")
REFUSED = "A refusal: nothing of this person leaves while it stands."


def consent(draft: Draft, column: str, value: str) -> None:
    """Read whether something may be published: of several columns the strictest answer; other words are limits."""
    code, rest = opening("consent", value)
    own = draft.own.consent
    if code == "no" or (code in ANSWERS and own.get("answer") != "no"):
        own["answer"] = "not_asked" if own.get("answer") == "not_asked" and code == "yes" else code
        if rest:
            _limit(draft, rest)
    elif code not in ANSWERS:
        # "Name only, no photo" gives nothing by itself: an officer reads it.
        _limit(draft, value)
        draft.warn(column, value, "This is neither yes nor no. It stands as a limit until an officer has read it.")
    draft.own.consent_columns.append(f"{column}: {value}")


def consent_scope(draft: Draft, column: str, value: str) -> None:
    """Read what is consented to; words that are no scope are limits."""
    scopes = draft.own.consent.get("scopes", "").split()
    for word in (one for part in parts(value) for one in _scope_words(part)):
        code = meaning("consent", word)
        if code in CONSENT_SCOPE:
            scopes.append(code)
        elif code not in ANSWERS:
            _limit(draft, word)
            draft.warn(column, word, "This is no scope of the list. It stands as a limit until an officer has read it.")
    draft.own.consent["scopes"] = " ".join(dict.fromkeys(scopes))
    draft.own.consent_columns.append(f"{column}: {value}")


def _scope_words(part: str) -> list[str]:
    # Forms export the choices of one question with blanks between them: "publish_name publish_photo".
    words = part.split()
    if len(words) > 1 and all(word in CONSENT_SCOPE for word in words):
        return words
    return [one.strip() for one in part.replace("+", ",").replace("&", ",").split(",") if one.strip()]


def consent_limits(draft: Draft, column: str, value: str) -> None:
    """Keep limits in their own words; "none" is no limit."""
    if meaning("consent", value) not in ANSWERS and meaning("terms", value) != "none":
        _limit(draft, value)


def _limit(draft: Draft, words: str) -> None:
    known = draft.own.consent.get("limits", "")
    draft.own.consent["limits"] = f"{known}; {words}" if known else words


def consent_giver(draft: Draft, column: str, value: str) -> None:
    """Read whose word it is: the person, a relative, a lawyer; a name beside it is the giver's."""
    kind, rest = opening("kinship", value)
    own = draft.own.consent
    own["giver"] = rest if kind else value
    if kind == "self":
        own |= {"giver_kind": "self", "basis": "self"}
    elif kind == "lawyer":
        own |= {"giver_kind": "lawyer", "basis": "lawyer"}
    elif kind:
        own |= {"giver_kind": "relative", "basis": "family", "relation": kind if kind in RELATION else "other"}


def risk(draft: Draft, column: str, value: str) -> None:
    """Read the level of risk to the person; other words are a note, and no level is taken."""
    code, rest = opening("risk", value)
    draft.own.withholds.add("risk")
    draft.own.risk = code
    if not code or rest:
        draft.keep(column, value)
        what = f"Only the level “{code}” was read" if code else "No level of risk could be read from this"
        draft.warn(column, value, f"{what}. The cell is kept as a note.")


def put_consent_together(draft: Draft) -> None:
    """Write the row's own consent, else the one that the map states for the whole sheet."""
    own, stated = draft.own.consent, draft.map.consent
    if not own:
        if stated and "consent" not in draft.own.withholds:
            draft.file.consents.append(_signed(row_of(Consent, "consent", stated, row_id=draft.id_for("consent"))))
        return
    words = "; ".join(draft.own.consent_columns) or own.get("giver", "")
    if own.get("answer") == "not_asked":
        draft.keep("consent", words)
        draft.warn("", words, "Nobody has consented yet: nothing is stated for this row.")
        return
    draft.file.consents.append(_signed(_own_consent(draft, own, stated)))
    _tell(draft, words)


def _own_consent(draft: Draft, own: Mapping[str, str], stated: Mapping[str, Any]) -> Consent:
    """Return a row's own consent; what it leaves open of giver, day and means is the map's."""
    is_refused = own.get("answer") == "no"
    # Another giver's day and means are not this one's.
    is_same_giver = not any(own.get(name) for name in OF_A_GIVER)
    base = {name: value for name, value in stated.items() if is_same_giver or name not in {*OF_A_GIVER, "obtained_on"}}
    base |= {name: own[name] for name in OF_A_GIVER if own.get(name)}
    base |= {"scopes": own["scopes"].split()} if "scopes" in own else {}
    base |= {"limits": own["limits"]} if "limits" in own else {}
    base |= {"state": "refused", "scopes": []} if is_refused else {"state": "limited"} if base.get("limits") else {}
    # A refusal of nobody in particular would not be heard: until somebody says whose it is, it is the family's.
    base.setdefault("basis", "family")
    row = row_of(Consent, "consent", base, row_id=draft.id_for("consent"))
    if not is_refused and _is_open(own, row):
        row.confirmed_by, row.confirmed_on = None, PartialDate()
    return row


def _is_open(own: Mapping[str, str], row: Consent) -> bool:
    """Whether something of a consent was not said or not understood: nobody confirms that."""
    return not row.scopes or own.get("answer") != "yes" or ("limits" in own and "scopes" not in own)


def _tell(draft: Draft, words: str) -> None:
    row = draft.file.consents[-1]
    if not draft.file.names and row.state != "refused":
        return  # a row that names nobody is not imported, and its consent is nobody's
    if row.state == "refused":
        draft.warn("", words, REFUSED)
    elif not row.scopes:
        draft.warn("", words, "It does not say to what: choose the scopes in the case. Until then nothing leaves.")
    elif not row.confirmed_by:
        draft.warn("", words, "A consent that a safety officer has still to confirm.")
    if draft.map.consent and row.state != "given":
        draft.warn("", words, "The map states a consent for the whole sheet; this row says otherwise and outweighs it.")


def put_risk_together(draft: Draft) -> None:
    """Write the row's own level of risk, else the risk that the map states."""
    own, stated = draft.own.risk, draft.map.risk
    if not stated and not own:
        return
    if not own and "risk" in draft.own.withholds:
        return
    base = {**stated, "level": own} if own else stated
    if own and stated and stated.get("level") != own:
        draft.warn("", own, "The map states another risk for the whole sheet; this row outweighs it.")
    row = row_of(Risk, "risk", base, row_id=draft.id_for("risk"))
    row.fingerprint = fingerprint(row) if row.assessed_by else ""
    draft.file.risks.append(row)


def _signed(row: Consent) -> Consent:
    row.fingerprint = fingerprint(row) if row.confirmed_by else ""
    return row


def tell_of_consent(draft: Draft, before: CaseFile | None) -> None:
    """Tell of a consent or risk of a row whose case is there already: none of them is ever changed by a sheet."""
    mine, known = _stated_in(draft.file), _stated_in(before) if before else set()
    message = "No consent and no risk of a case is changed by a sheet. Enter in the case what this row says."
    for words in sorted(mine - known):
        if (words, message) not in {(one.value, one.message) for one in draft.warnings}:
            draft.warn("", words, message)


def _stated_in(file: CaseFile) -> set[str]:
    """Return what consents and risks of a file say, in words."""
    said = {"; ".join(filter(None, (row.state, ", ".join(row.scopes), row.limits, row.giver))) for row in file.consents}
    return said | {f"risk: {row.level}" for row in file.risks}


def sign(file: CaseFile, by: Account) -> None:
    """Enter who brought the consents and risks of a row; a safety officer answers for what was wholly read."""
    is_officer = may(by, Action.CONFIRM_SAFETY)
    for row in file.consents:
        if row.stated_by is not None:
            continue
        row.stated_by = by.id
        is_whole = row.state == "refused" or (row.state == "given" and bool(row.scopes))
        if is_officer and is_whole:
            row.confirmed_by, row.confirmed_on, row.needs_second = by.id, read(today().isoformat()), True
        _signed(row)
    for risk_row in file.risks:
        if risk_row.assessed_by is None and is_officer and risk_row.level != "not_assessed":
            risk_row.assessed_by, risk_row.assessed_on = by.id, risk_row.assessed_on or read(today().isoformat())
            risk_row.fingerprint = fingerprint(risk_row)
