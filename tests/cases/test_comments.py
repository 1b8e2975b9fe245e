"""Comments are sealed and counted by nobody but the desk."""

import pytest
from sqlalchemy import text

from campaign.accounts.models import Account
from campaign.database import db
from campaign.staff.comments import NothingSaid, add_comment, close_comment, comments_of
from tests.cases.conftest import opened


def test_a_comment_is_kept_sealed_and_can_be_settled(edo: Account, eva: Account) -> None:
    case = opened(edo)
    said = add_comment(case, " CANARY: ask the sister ", by=eva, path="birth")
    db.session.commit()
    assert [(one.body, one.path, one.author_id) for one in comments_of(case)] == [
        ("CANARY: ask the sister", "birth", eva.id)
    ]
    assert b"CANARY" not in db.session.scalar(text("SELECT body FROM comment"))
    close_comment(said, by=edo)
    assert said.settled_at is not None


def test_a_comment_says_something(edo: Account) -> None:
    with pytest.raises(NothingSaid):
        add_comment(opened(edo), "  ", by=edo)
