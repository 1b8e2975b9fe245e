"""After a rotation the older key opens nothing that matters, and nothing is lost."""

import pytest
from flask import Flask

from campaign.accounts.models import Account
from campaign.cases.revisions import head, history
from campaign.commands.keys import reseal_all
from campaign.database import db
from campaign.formats import Damaged
from campaign.keys import Keyring
from campaign.staff.comments import add_comment, comments_of
from tests.cases.conftest import both_databases, opened


@both_databases
def test_everything_is_readable_with_the_newest_key_alone(home_app: Flask, edo: Account) -> None:
    case = opened(edo, last_address="12 Long Street")
    add_comment(case, "Ask the sister", by=edo)
    db.session.commit()
    keyring: Keyring = home_app.extensions["keyring"]
    keyring.add_key()
    resealed = dict(reseal_all())
    db.session.commit()
    assert (resealed["revision.snapshot"], resealed["revision.reason"], resealed["comment.body"]) == (1, 1, 1)
    (keyring.folder / "content-0001.key").unlink()
    home_app.extensions["keyring"] = Keyring(keyring.folder)
    db.session.expire_all()
    assert head(case).last_address == "12 Long Street"
    assert [one.reason for one in history(case)] == ["Told by a relative"]
    assert [one.body for one in comments_of(case)] == ["Ask the sister"]


def test_without_resealing_the_older_key_is_needed(home_app: Flask, edo: Account) -> None:
    case = opened(edo)
    keyring: Keyring = home_app.extensions["keyring"]
    keyring.add_key()
    (keyring.folder / "content-0001.key").unlink()
    home_app.extensions["keyring"] = Keyring(keyring.folder)
    with pytest.raises(Damaged):
        head(case)
