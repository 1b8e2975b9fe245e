"""The one next act on a case, for whoever looks: what the bar at the foot of the page offers."""

from typing import NamedTuple

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases.models import Case
from campaign.publishing.context import CaseContext
from campaign.publishing.gate import Rule


class Act(NamedTuple):
    """What comes next, what it needs, the words of the button, and the endpoint or anchor that it leads to."""

    sentence: str
    needs: str
    button: str
    endpoint: str


def next_act(context: CaseContext, gate: list[Rule], account: Account, *, is_same: bool) -> Act:
    """Return what should happen next, and what this account can do about it.

    `is_same` says that what is public would not change if this went out.
    """
    case = context.publication.case
    lacking = [line for line in gate if line.stops and line.state == "lacks"]
    needs = f"It still needs: {', '.join(line.title.lower() for line in lacking)}." if lacking else ""
    if case.state in {"draft", "changes_asked"}:
        return _draft(case, account, needs, is_ready=not lacking)
    if case.state == "in_review":
        return _review(context, account)
    if is_same:
        return Act("This is what is public.", "Nothing waits to be done.", "", "")
    if lacking:
        return Act("Approved, and not ready to leave.", needs, "See what is missing", "#gate")
    if context.publication.published.is_listed and not may(account, Action.PUBLISH, case):
        return Act("Approved.", "A publisher decides whether this version leaves.", "", "")
    if may(account, Action.PUBLISH, case):
        return Act("Next: read what would leave, and publish it.", needs, "Preview", "staff.preview")
    return Act("Approved.", "It waits for a publisher.", "", "")


def at_preview(act: Act) -> Act:
    """Return the next act as it reads on the preview itself: publishing is a section of it, the rest is the case's."""
    if act.endpoint == "staff.preview":
        return Act("Next: publish what you have read.", act.needs, "To publishing", "#publish")
    return act._replace(button="Back to the case", endpoint="staff.view")


def _draft(case: Case, account: Account, needs: str, *, is_ready: bool) -> Act:
    asked = "Changes were asked for. " if case.state == "changes_asked" else ""
    if not may(account, Action.SUBMIT_CASE, case):
        return Act(f"{asked}This is a draft.", "Its writers submit it.", "", "")
    if not is_ready:
        return Act(f"{asked}Next: ask for a review.", needs, "See what is missing", "#gate")
    return Act(f"{asked}Next: ask for a review.", "", "Ask for a review", "#review")


def _review(context: CaseContext, account: Account) -> Act:
    if account.id in context.writers:
        return Act("In review.", "You wrote part of it: somebody who wrote none of it reads it.", "", "")
    if may(account, Action.REVIEW_CASE, context.publication.case):
        return Act("Next: read it, and approve it or ask for changes.", "", "To the review", "#review")
    return Act("In review.", "It waits for somebody who may review.", "", "")
