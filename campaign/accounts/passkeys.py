"""Passkeys: for whom they are due and from when, how a browser makes and shows one, and the printed sheet.

A passkey is bound to the one host of the desk, so that no page elsewhere can ask for it; user verification is always
required. What is to be signed holds once, for five minutes, for one account, purpose and browser; counters that go back
are refused (WebAuthn level 3, 7.1 and 7.2, which the webauthn package checks). From two weeks after a role of
BY_PASSKEY was given, or after all factors were begun anew, a code alone opens an emergency session only.
"""

import hashlib
import json
from datetime import datetime, timedelta

import webauthn
from flask import session
from sqlalchemy import ColumnElement, delete, func, select, update
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, generate_challenge
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from campaign.accounts import credentials, sessions
from campaign.accounts.invitations import notify, tell
from campaign.accounts.models import Account, Passkey, PasskeyChallenge, SheetCode
from campaign.accounts.permissions import BY_PASSKEY
from campaign.accounts.vouching import Refused
from campaign.audit.log import record
from campaign.clock import now, zone
from campaign.database import db
from campaign.web.context import keyring, settings

GRACE = timedelta(days=14)
VALID = timedelta(minutes=5)
WANTED = 2
MOST = 10
SHEET_CODES = 4
SHEET_WAIT = timedelta(hours=1)
SHEET_OPEN = timedelta(days=1)
ASKED = "passkey"  # where the cookie holds what this browser was asked to sign
__all__ = ["Refused"]
REQUIRED = UserVerificationRequirement.REQUIRED
# What the package raises for an answer that is no passkey's, or is broken anywhere.
BROKEN = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError)


def due_at(account: Account) -> datetime | None:
    """Return from when a code alone opens an emergency session only; None for whom no passkey is asked for."""
    given = [grant.given_at for grant in account.grants if grant.role in BY_PASSKEY]
    if not given or not settings().has_passkeys:
        return None
    return max(min(given), account.factors_since or min(given)) + GRACE


def is_due(account: Account) -> bool:
    """Whether a code alone opens an emergency session only."""
    due = due_at(account)
    return due is not None and now() >= due


def of(account_id: int) -> list[Passkey]:
    """Return an account's passkeys that answer at the desk's host, oldest first."""
    theirs = (Passkey.account_id == account_id, Passkey.host == settings().desk_host)
    return list(db.session.scalars(select(Passkey).where(*theirs).order_by(Passkey.id)))


def is_enough(account_id: int) -> bool:
    """Whether the loss of one passkey shuts nobody out: there are two, or one and a printed sheet."""
    theirs = (Passkey.account_id == account_id, Passkey.host == settings().desk_host)
    passkeys = select(func.count()).select_from(Passkey).where(*theirs).scalar_subquery()
    sheet = select(func.count()).select_from(SheetCode).where(*_unused(account_id)).scalar_subquery()
    count, codes = db.session.execute(select(passkeys, sheet)).one()
    return bool(count >= WANTED or (count > 0 and codes > 0))


def lacks(account: Account) -> datetime | None:
    """Return by when somebody needs further passkeys, None for who needs none."""
    due = due_at(account)
    return None if due is None or is_enough(account.id) else due


def ask(account: Account, purpose: str) -> str:
    """Return what a passkey of the account must sign, as the JSON that browsers take (request options)."""
    known = [PublicKeyCredentialDescriptor(id=one.credential_id) for one in of(account.id)]
    options = webauthn.generate_authentication_options(
        rp_id=settings().desk_host,
        challenge=_challenge(account, purpose),
        timeout=int(VALID.total_seconds() * 1000),
        allow_credentials=known,
        user_verification=REQUIRED,
    )
    return webauthn.options_to_json(options)


def offer(account: Account, purpose: str) -> str:
    """Return what a browser makes a new passkey of, as the JSON that browsers take (creation options)."""
    options = webauthn.generate_registration_options(
        rp_id=settings().desk_host,
        rp_name=settings().name,
        user_id=bytes.fromhex(keyring().token(f"passkey:{account.id}")),
        user_name=account.display_name,
        challenge=_challenge(account, purpose),
        timeout=int(VALID.total_seconds() * 1000),
        # Asked for after the password, by name: where the authenticator allows it, a seized one lists no account.
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one.credential_id) for one in of(account.id)],
    )
    return webauthn.options_to_json(options)


def _challenge(account: Account, purpose: str) -> bytes:
    challenge, at = generate_challenge(), now()
    db.session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.until < at))
    row = PasskeyChallenge(account_id=account.id, purpose=purpose, digest=_digest(challenge), until=at + VALID)
    db.session.add(row)
    session[ASKED] = bytes_to_base64url(challenge)
    return challenge


def _burn(account: Account, purpose: str) -> bytes | None:
    """Return what this browser was asked to sign for a purpose, which holds no second time; None where it was not."""
    challenge = base64url_to_bytes(str(session.pop(ASKED, "")))
    asked = (PasskeyChallenge.digest == _digest(challenge), PasskeyChallenge.account_id == account.id)
    burnt = db.session.execute(
        delete(PasskeyChallenge)
        .where(*asked, PasskeyChallenge.purpose == purpose, PasskeyChallenge.until >= now())
        .execution_options(synchronize_session=False)
    )
    return challenge if burnt.rowcount == 1 else None  # type: ignore[attr-defined]  # a DELETE's result


def _digest(challenge: bytes) -> str:
    return hashlib.sha256(challenge).hexdigest()


def take(account: Account, sent: str, purpose: str) -> bool:
    """Whether what a browser sent shows one of the account's passkeys. The caller commits, whatever the answer is."""
    challenge = _burn(account, purpose)
    shown = _parsed(sent)
    known = {one.credential_id: one for one in of(account.id)}
    passkey = known.get(_id_of(shown))
    if challenge is None or passkey is None:
        return False
    try:
        verified = webauthn.verify_authentication_response(
            credential=shown,
            expected_challenge=challenge,
            expected_rp_id=passkey.host,
            expected_origin=settings().desk_address,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except BROKEN:
        return False
    used = db.session.execute(
        update(Passkey)
        .where(Passkey.id == passkey.id, Passkey.sign_count == passkey.sign_count)
        .values(sign_count=verified.new_sign_count, used_at=now())
    )
    return bool(used.rowcount == 1)  # type: ignore[attr-defined]  # an UPDATE's result has a row count


def add(account: Account, sent: str, name: str, purpose: str) -> Passkey:
    """Keep a new passkey under a name and tell its owner. Raises Refused. The caller commits in either case."""
    challenge = _burn(account, purpose)
    if challenge is None:
        raise Refused("This took longer than five minutes, or was sent twice. Press the button again.")
    try:
        made = webauthn.verify_registration_response(
            credential=_parsed(sent),
            expected_challenge=challenge,
            expected_rp_id=settings().desk_host,
            expected_origin=settings().desk_address,
            require_user_verification=True,
        )
    except BROKEN as error:
        raise Refused("This passkey can't be used here: it has to ask for a PIN, a finger or a face.") from error
    if db.session.scalar(select(Passkey.id).where(Passkey.credential_id == made.credential_id)):
        raise Refused("This passkey is registered already. Take another device, or another key.")
    if len(of(account.id)) >= MOST:
        raise Refused(f"You have {MOST} passkeys. Remove one that you no longer use first.")
    passkey = Passkey(account_id=account.id, host=settings().desk_host, name=name, made_at=now())
    passkey.credential_id, passkey.public_key = made.credential_id, made.credential_public_key
    passkey.sign_count = made.sign_count
    db.session.add(passkey)
    record("account.passkey_added", by=account.id, subject=f"account:{account.id}", details={"how": purpose})
    notify(account.id, f"A passkey was added to your account: {name}. If it was not you, tell an administrator.")
    return passkey


def remove(account: Account, number: int, *, but: int) -> None:
    """Take a passkey away, and end every session but the one numbered `but`. Raises Refused for one that is needed."""
    passkey = db.session.get(Passkey, number)
    if passkey is None or passkey.account_id != account.id:
        raise Refused("This passkey is gone already.")
    db.session.delete(passkey)
    db.session.flush()
    if is_due(account) and not is_enough(account.id):
        raise Refused("Your role asks for two passkeys, or one and a printed sheet. Add another one first.")
    sessions.end_all(account.id, but=but)
    record("account.passkey_removed", by=account.id, subject=f"account:{account.id}")


def _parsed(sent: str) -> dict[str, object]:
    """Return what a browser sent; nothing that a passkey would send where it is no JSON object."""
    try:
        found = json.loads(sent)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _id_of(shown: dict[str, object]) -> bytes:
    try:
        return base64url_to_bytes(str(shown.get("rawId", "")))
    except ValueError:
        return b""


def make_sheet(account: Account) -> list[str]:
    """Return the codes of a new printed sheet, for the one time they are shown; those of an older one end."""
    db.session.execute(delete(SheetCode).where(SheetCode.account_id == account.id))
    codes = [credentials.new_code() for _ in range(SHEET_CODES)]
    keys = (credentials.key(code, "sheet") for code in codes)
    db.session.add_all(SheetCode(account_id=account.id, code_hash=key, made_at=now()) for key in keys)
    record("account.sheet_made", by=account.id, subject=f"account:{account.id}")
    return codes


def sheet_left(account_id: int) -> int:
    """Return how many codes of an account's printed sheet were not used yet."""
    return db.session.scalar(select(func.count()).select_from(SheetCode).where(*_unused(account_id))) or 0


def _unused(account_id: int) -> tuple[ColumnElement[bool], ...]:
    return SheetCode.account_id == account_id, SheetCode.asked_at.is_(None)


def has_sheet(account_id: int) -> bool:
    """Whether an account has a printed sheet of which any code still holds."""
    return db.session.scalar(select(SheetCode.id).where(SheetCode.account_id == account_id).limit(1)) is not None


def sheet_code(account: Account, code: str) -> SheetCode | None:
    """Return a code of the account's sheet; typed first, its hour begins and administrators are told. None for no code.

    Typed again after the hour, and within a day of it, the same code opens the making of a passkey.
    """
    theirs = (SheetCode.account_id == account.id, SheetCode.code_hash == credentials.key(code, "sheet"))
    row = db.session.scalar(select(SheetCode).where(*theirs))
    if row is None or (row.asked_at is not None and now() > opens_at(row) + SHEET_OPEN):
        return None
    if row.asked_at is None:
        row.asked_at = now()
        record("account.sheet_used", by=account.id, subject=f"account:{account.id}")
        when = f"{opens_at(row).astimezone(zone()):%H:%M} {settings().timezone}"
        sentence = f"{account.display_name[:80]} typed a code of the printed sheet and can add a passkey from {when}. "
        tell(account, sentence + "If it was not them, disable the account before then.")
    return row


def opens_at(row: SheetCode) -> datetime:
    """Return from when a code of the sheet that was typed opens the making of a passkey."""
    return (row.asked_at or now()) + SHEET_WAIT


def open_sheet(account: Account, number: int) -> SheetCode | None:
    """Return a code whose hour has passed, of an account, by its number; None where there is none."""
    row = db.session.get(SheetCode, number)
    is_theirs = row is not None and row.account_id == account.id and row.asked_at is not None
    return row if row is not None and is_theirs and opens_at(row) <= now() <= opens_at(row) + SHEET_OPEN else None


def add_by_sheet(account: Account, row: SheetCode, sent: str, name: str) -> None:
    """Keep a passkey that a code of the sheet let in; the code ends, and every session. Raises Refused."""
    if db.session.scalar(select(SheetCode.id).where(SheetCode.id == row.id).with_for_update()) is None:
        raise Refused("This code was used already.")
    add(account, sent, name, "sheet")
    db.session.delete(row)
    sessions.end_all(account.id)
    tell(account, f"{account.display_name[:80]} added a passkey by a code of the printed sheet.")
