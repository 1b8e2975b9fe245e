"""The tables of accounts. No password, code or token stands in them readable: hashes, keyed hashes, sealed secrets."""

from datetime import datetime, time
from typing import cast

from sqlalchemy import BigInteger, Boolean, ForeignKey, Integer, LargeBinary, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.permissions import Role
from campaign.database import Base, Instant


class Account(Base):
    """Somebody who works for the campaign. Without a password it was invited and has not yet come."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    password_hash: Mapped[str] = mapped_column(String(255), default="")
    totp_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # The time step of the code last taken; a code is taken by moving this forward in one UPDATE.
    totp_counter: Mapped[int] = mapped_column(Integer, default=0)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime] = mapped_column(Instant())
    # Since when this account can only pause, until a safety officer has looked at its pauses (publishing.pausing).
    suspended_at: Mapped[datetime | None] = mapped_column(Instant())
    # When the factors were begun, or begun anew: passkeys are asked for a while after it (passkeys.py).
    factors_since: Mapped[datetime | None] = mapped_column(Instant())
    # Set by sessions.account_of for who is signed in by an emergency session; of anybody else it is False.
    is_emergency = False
    # Set with it: when this session ends, whatever is done in it. None for anybody else.
    session_ends_at = cast("datetime | None", None)

    grants: Mapped[list["Grant"]] = relationship(lazy="selectin", cascade="all, delete-orphan")

    @property
    def role_codes(self) -> frozenset[str]:
        """The codes of the roles this account holds."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles this account holds."""
        return frozenset(Role(code) for code in self.role_codes)

    @property
    def display_name(self) -> str:
        """The name shown at the desk; the address where none was given."""
        return self.name or self.email

    @property
    def has_second_factor(self) -> bool:
        """Whether an authenticator was confirmed. Nothing under /staff opens before."""
        return self.totp_sealed is not None

    # What Flask-Login asks of somebody signed in.
    is_authenticated = True
    is_anonymous = False


class UnconfirmedAccount(Base):
    """An account that a restore shut until the list of people is confirmed at the shell (accounts.restored).

    `lacks_factors` says that its factors were replaced after the copy, so that those of the copy were taken away.
    """

    __tablename__ = "unconfirmed_account"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant())
    lacks_factors: Mapped[bool] = mapped_column(Boolean, default=False)


class Grant(Base):
    """A role that an account holds."""

    __tablename__ = "role_grant"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    given_at: Mapped[datetime] = mapped_column(Instant())
    given_by_id: Mapped[int | None] = mapped_column(Integer)


class RoleProposal(Base):
    """A role that one administrator would give and another has not yet agreed to; gone once it is answered."""

    __tablename__ = "role_proposal"
    __table_args__ = (UniqueConstraint("account_id", "role"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(Instant())


class SignInSession(Base):
    """A session: whoever holds the token whose SHA-256 this is. Removing the row ends it wherever the cookie is."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime] = mapped_column(Instant())
    used_at: Mapped[datetime] = mapped_column(Instant())
    # When a second factor was last shown in this session; sensitive acts ask for ten minutes.
    proven_at: Mapped[datetime] = mapped_column(Instant())
    # Begun by a code where a passkey is due: it pauses and withdraws, and does nothing else.
    is_emergency: Mapped[bool] = mapped_column(Boolean, default=False)


class RecoveryCode(Base):
    """A code that stands in for the authenticator once: HMAC-SHA256 under the index key, deleted by its use."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), index=True)


class Passkey(Base):
    """A passkey of an account: the public key of a credential that browsers hold for one host (WebAuthn, level 3)."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    # The RP ID. After a move of the desk to another host it answers no more.
    host: Mapped[str] = mapped_column(String(253))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(Instant())
    used_at: Mapped[datetime | None] = mapped_column(Instant())


class PasskeyChallenge(Base):
    """What a browser was asked to sign: SHA-256 of 512 random bits, for one account and purpose, gone by its use."""

    __tablename__ = "passkey_challenge"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(12))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    until: Mapped[datetime] = mapped_column(Instant(), index=True)


class SheetCode(Base):
    """A code of the printed sheet, as a keyed hash; `asked_at` is when it was typed first, an hour before it opens."""

    __tablename__ = "sheet_code"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(Instant())
    asked_at: Mapped[datetime | None] = mapped_column(Instant())


class CommandCode(Base):
    """A code that the desk showed for one command, as a keyed hash; gone by its use, worth nothing after `until`."""

    __tablename__ = "command_code"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    deed: Mapped[str] = mapped_column(String(40))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    until: Mapped[datetime] = mapped_column(Instant())


class LoginFailure(Base):
    """One try at a code that was not right, or is not judged yet, under what it was a try at: "code:12"."""

    __tablename__ = "login_failure"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    subject: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(Instant(), index=True)


class Invitation(Base):
    """A one-time link that lets its holder set a password: SHA-256 of 256 random bits, at most 24 hours.

    `made_by_id` is None for the shell. `opens_alone` is a link of the shell while nobody could hand over a code.
    `code_hash` is of the code that a second person handed over (`code_by_id`), with which alone it opens where the
    account holds, or is to hold, a role that is given by two.
    """

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime] = mapped_column(Instant())
    until: Mapped[datetime] = mapped_column(Instant())
    how: Mapped[str] = mapped_column(String(12), default="invited")
    made_by_id: Mapped[int | None] = mapped_column(Integer)
    opens_alone: Mapped[bool] = mapped_column(Boolean, default=False)
    code_hash: Mapped[str] = mapped_column(String(64), default="")
    code_by_id: Mapped[int | None] = mapped_column(Integer)


class Sponsor(Base):
    """Who alone let an account in or reset it, until somebody else has vouched for who holds it (vouching.py).

    `sponsor_id` is 0 for the shell, which is nobody's account. `how` is "invited", "team", "reset", or "before" for
    accounts that are older than this table.
    """

    __tablename__ = "account_sponsor"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    sponsor_id: Mapped[int] = mapped_column(Integer)
    how: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(Instant())
    vouched_by_id: Mapped[int | None] = mapped_column(Integer)
    vouched_at: Mapped[datetime | None] = mapped_column(Instant())


class Notice(Base):
    """A sentence that waits for somebody at the desk until they have read it (a reset of factors, a new role)."""

    __tablename__ = "account_notice"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Instant())
    sentence: Mapped[str] = mapped_column(String(400))
    is_read: Mapped[bool] = mapped_column(Boolean, default=False)


class DutyShift(Base):
    """Hours of a week in which somebody is on duty, as a clock of their zone shows them (accounts.duty).

    `weekdays` are the days on which it begins, Monday 0: "01234". One that does not end later than it begins goes on
    to the next day. `given_by_id` is a number without a foreign key, as in the audit.
    """

    __tablename__ = "duty_shift"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    weekdays: Mapped[str] = mapped_column(String(7))
    starts: Mapped[time] = mapped_column(Time())
    ends: Mapped[time] = mapped_column(Time())
    zone: Mapped[str] = mapped_column(String(64))
    given_at: Mapped[datetime] = mapped_column(Instant())
    given_by_id: Mapped[int | None] = mapped_column(Integer)
