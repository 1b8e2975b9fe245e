"""Roles, and the whole permission policy on one screen: code asks it, templates ask it, tests walk it.

Two rules come on top and are written below: where a role acts only on its own cases, and that a restricted case
does not exist for who is not named on it.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar, cast

from flask import abort, redirect, request
from flask_login import current_user

from campaign.web.marks import mark


class Role(StrEnum):
    """What somebody is to the campaign; one account may hold several."""

    VIEWER = "viewer"
    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    TRANSLATOR = "translator"
    PUBLISHER = "publisher"
    SAFETY_OFFICER = "safety_officer"
    ADMINISTRATOR = "administrator"


# Given only by two administrators, or by the shell while there is one (domain.md, Roles).
GIVEN_BY_TWO = frozenset({Role.EDITOR, Role.PUBLISHER, Role.SAFETY_OFFICER, Role.ADMINISTRATOR})


def in_words(role: str) -> str:
    """Return a role as people say it: "safety officer"."""
    return role.replace("_", " ")


P = ParamSpec("P")
R = TypeVar("R")


class Action(StrEnum):
    """A deed: scope and verb."""

    OPEN_DESK = "desk:open"
    READ_CASE = "case:read"
    READ_CONFIDENTIAL = "case:read_confidential"
    READ_SOURCES = "case:read_confidential_sources"
    CREATE_CASE = "case:create"
    EDIT_CASE = "case:edit"
    SUBMIT_CASE = "case:submit"
    IMPORT_CASES = "case:import"
    OPEN_UPLOAD = "import:open_upload"
    UNDO_IMPORT = "import:undo"
    TRANSLATE_CASE = "case:translate"  # kept for issue 8 (what the campaign says), translation: asked nowhere yet
    COMMENT_CASE = "case:comment"
    REVIEW_CASE = "case:review"
    RESTRICT_CASE = "case:restrict"
    LIFT_RESTRICTION = "case:lift_restriction"
    CONFIRM_SAFETY = "case:confirm_safety"
    SIGN_SECOND = "case:sign_second"
    ERASE_CASE = "case:erase"
    PUBLISH = "profile:publish"
    WITHDRAW = "profile:withdraw"
    PAUSE = "profile:pause"
    PAUSE_MANY = "profile:pause_many"
    PUT_BACK = "profile:put_back"
    MANAGE_ACCOUNTS = "account:manage"
    MANAGE_SETTINGS = "settings:manage"


VIEWER, CONTRIBUTOR, EDITOR = Role.VIEWER, Role.CONTRIBUTOR, Role.EDITOR
TRANSLATOR, PUBLISHER, SAFETY, ADMINISTRATOR = Role.TRANSLATOR, Role.PUBLISHER, Role.SAFETY_OFFICER, Role.ADMINISTRATOR

# fmt: off
PERMISSIONS: dict[Action, frozenset[Role]] = {
    Action.OPEN_DESK:         frozenset(Role),
    Action.READ_CASE:         frozenset({VIEWER, CONTRIBUTOR, EDITOR, TRANSLATOR, PUBLISHER, SAFETY}),
    Action.READ_CONFIDENTIAL: frozenset({CONTRIBUTOR, EDITOR, SAFETY}),
    Action.READ_SOURCES:      frozenset({CONTRIBUTOR, EDITOR, PUBLISHER, SAFETY}),
    Action.CREATE_CASE:       frozenset({CONTRIBUTOR, EDITOR}),
    Action.EDIT_CASE:         frozenset({CONTRIBUTOR, EDITOR}),
    Action.SUBMIT_CASE:       frozenset({CONTRIBUTOR, EDITOR}),
    Action.IMPORT_CASES:      frozenset({EDITOR}),
    Action.OPEN_UPLOAD:       frozenset({EDITOR, SAFETY}),           # an editor one's own alone: may_with_import
    Action.UNDO_IMPORT:       frozenset({EDITOR, SAFETY}),           # an editor one's own alone: may_with_import
    Action.TRANSLATE_CASE:    frozenset({TRANSLATOR, CONTRIBUTOR, EDITOR}),
    Action.COMMENT_CASE:      frozenset({CONTRIBUTOR, EDITOR, TRANSLATOR, PUBLISHER, SAFETY}),
    Action.REVIEW_CASE:       frozenset({EDITOR, PUBLISHER}),        # and never what one wrote: cases.workflow
    Action.RESTRICT_CASE:     frozenset({SAFETY}),
    Action.LIFT_RESTRICTION:  frozenset({SAFETY}),
    Action.CONFIRM_SAFETY:    frozenset({SAFETY}),
    Action.SIGN_SECOND:       frozenset({EDITOR, PUBLISHER, SAFETY}),  # never one's own: publishing.consent.signatures
    Action.ERASE_CASE:        frozenset({SAFETY}),
    Action.PUBLISH:           frozenset({PUBLISHER}),                # and never one's own work: publishing.door
    Action.WITHDRAW:          frozenset({PUBLISHER}),
    Action.PAUSE:             frozenset({VIEWER, CONTRIBUTOR, EDITOR, TRANSLATOR, PUBLISHER, SAFETY}),  # who may read
    Action.PAUSE_MANY:        frozenset({SAFETY}),
    Action.PUT_BACK:          frozenset({PUBLISHER, SAFETY}),        # and never who asked for it: publishing.holds
    Action.MANAGE_ACCOUNTS:   frozenset({ADMINISTRATOR}),
    Action.MANAGE_SETTINGS:   frozenset({ADMINISTRATOR}),
}
# fmt: on

# Asked for a code of the last ten minutes: what lets something out, or cannot be undone. Never what takes away:
# nobody is kept from withdrawing or pausing (accounts.guards asks this table before every form).
FRESH_FACTOR = frozenset({
    Action.REVIEW_CASE,
    Action.PUBLISH,
    Action.CONFIRM_SAFETY,
    Action.SIGN_SECOND,
    Action.LIFT_RESTRICTION,
    Action.PUT_BACK,
    Action.ERASE_CASE,
    Action.OPEN_UPLOAD,
    Action.UNDO_IMPORT,
    Action.MANAGE_ACCOUNTS,
    Action.MANAGE_SETTINGS,
})  # fmt: skip

# Held by these, a passkey is asked for (accounts.passkeys): what they do lets people out, or lets people in.
BY_PASSKEY = frozenset({PUBLISHER, SAFETY, ADMINISTRATOR})
# All that a session does which a code opened where a passkey is asked for: a stolen code reads and lets out nothing.
IN_EMERGENCY = frozenset({Action.PAUSE, Action.WITHDRAW})
# What a guest reviewer may do on the one case, for 48 hours, whatever their roles (publishing.guests).
AS_GUEST = frozenset({Action.READ_CASE, Action.REVIEW_CASE, Action.PAUSE})
# What is left to an account that paused too many people in a day, until a safety officer has looked.
WHILE_SUSPENDED = frozenset({Action.OPEN_DESK, Action.PAUSE})
# These roles act only on cases that they own or are named on.
ONLY_ON_OWN = frozenset({CONTRIBUTOR, TRANSLATOR})
# These roles do so with imports that they brought in themselves.
ONLY_OWN_IMPORTS = frozenset({EDITOR})


class Holder(Protocol):
    """Somebody with roles."""

    @property
    def id(self) -> int:
        """The account's number."""

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held."""

    @property
    def suspended_at(self) -> datetime | None:
        """Since when the account can only pause; None for every other."""

    @property
    def is_emergency(self) -> bool:
        """Whether they are signed in by an emergency session."""


class Guarded(Protocol):
    """A case as far as permission goes. `named_ids` are the accounts named on it."""

    @property
    def owner_id(self) -> int | None:
        """The account that owns the case."""

    @property
    def submitted_at(self) -> datetime | None:
        """When it was last submitted for review; None where it never was."""

    @property
    def is_restricted(self) -> bool:
        """Whether it exists only for who is named on it."""

    @property
    def named_ids(self) -> frozenset[int]:
        """The accounts named on the case."""

    @property
    def guest_ids(self) -> frozenset[int]:
        """The accounts that are guest reviewers of the case at present."""


def may(account: Holder | None, action: Action, case: Guarded | None = None) -> bool:
    """Whether somebody may do a deed; with a case, on that case. Nobody may do anything without a role for it."""
    if account is None or (account.suspended_at is not None and action not in WHILE_SUSPENDED):
        return False
    if account.is_emergency and action not in IN_EMERGENCY:
        return False
    if case is not None and action in AS_GUEST and account.id in case.guest_ids:
        return True
    held = account.roles & PERMISSIONS[action]
    if case is None or not held:
        return bool(held)
    is_named = account.id in case.named_ids
    if case.is_restricted and not is_named:
        return False
    if is_named or case.owner_id == account.id:
        return True
    if action in {Action.READ_CASE, Action.PAUSE} and held == {PUBLISHER}:
        # What was ever submitted, draft anew or not: a public profile must be found to be withdrawn.
        return case.submitted_at is not None
    return bool(held - ONLY_ON_OWN)


def may_with_import(account: Holder | None, action: Action, importer_id: int) -> bool:
    """Whether somebody may do a deed with an import that `importer_id` brought in."""
    if account is None or not may(account, action):
        return False
    return account.id == importer_id or bool(account.roles & PERMISSIONS[action] - ONLY_OWN_IMPORTS)


def first_page(account: Holder) -> str:
    """Return where somebody begins: the desk, or their own page where no case concerns them."""
    if account.is_emergency:
        return "/staff/emergency"
    if account.suspended_at is not None:
        return "/staff/pause"
    return "/staff/" if may(account, Action.OPEN_DESK) else "/staff/me"


def requires(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let only accounts whose roles allow an action into a view; the case itself is asked inside, with `may`."""

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if not current_user.is_authenticated:
                abort(401)
            if not may(current_user, action):
                if current_user.suspended_at is not None and request.method == "GET":
                    return cast(R, redirect(first_page(current_user)))
                abort(403)
            return view(*args, **kwargs)

        return mark(action.value)(guarded)

    return guard
