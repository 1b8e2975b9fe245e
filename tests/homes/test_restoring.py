"""A copy that an earlier release's schema is in comes back up to date, and follows the register all the same."""

import shutil
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app import create_app
from campaign import schema, settings
from campaign.accounts.models import Account
from campaign.backups import copies, sealing
from campaign.cases.queries import any_by_ref
from campaign.database import db
from campaign.ledger.writer import Entry, Listing
from campaign.publishing import door
from tests import tables
from tests.cast import Browser
from tests.homes import loading
from tests.homes.conftest import Load
from tests.homes.test_bringing_up import chains
from tests.rules.test_migrations import head


def of_today(home: Path, database_url: str, register: Path) -> Flask:
    """Return today's application over a home, with a register."""
    environment = {"CAMPAIGN_HOME": str(home), "CAMPAIGN_DATABASE_URL": database_url, **loading.OPEN_ADDRESS}
    app = create_app(settings.read({**environment, "CAMPAIGN_REGISTER": str(register)}))
    app.config["PREFERRED_URL_SCHEME"] = "https"
    return app


def copied(app: Flask) -> tuple[Path, sealing.Pair]:
    """Write a copy of a home as it is, and return it with a key that opens it."""
    pair = sealing.new_pair()
    with app.app_context():
        sealing.keep_recipients([pair.recipient])
        known = copies.write()
        assert known.schema == schema.of_home()
        db.session.remove()
        return copies.folder() / known.name, pair


def withdraw_one(app: Flask) -> tuple[str, set[str]]:
    """Bring a home up, and withdraw somebody who is public; return who, and who else is public."""
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    with app.app_context():
        public = set(db.session.scalars(select(Listing.ref)))
        ref = min(public)
        case = any_by_ref(ref)
        publisher = db.session.scalars(select(Account).where(Account.email == "publisher@demo.example")).one()
        assert case is not None
        door.withdraw(case, by=publisher, reason="She asked")
        db.session.commit()
        db.session.remove()
    return ref, public - {ref}


def test_a_copy_of_an_older_schema_comes_back_up_to_date_and_follows_the_register(
    load: Load, database: Callable[[], str], tmp_path: Path
) -> None:
    old = load()
    here = old.extensions["settings"]
    before = loading.counts(old)
    copy, pair = copied(old)
    register = tmp_path / "register"
    desk = of_today(here.home, here.database_url if here.database_file is None else "", register)
    withdrawn, public = withdraw_one(desk)
    tables.close(desk)

    shutil.copytree(here.keys, tmp_path / "second" / "keys")
    new = of_today(tmp_path / "second", database(), register)
    sheet = tmp_path / "sheet"
    sheet.write_text(pair.identity)
    ran = new.test_cli_runner().invoke(args=["restore", str(copy), "--identity", str(sheet)])
    assert ran.exit_code == 0, ran.output
    assert f"brought to {head()}" in ran.output
    assert f"Withdrawn again: 1: {withdrawn}." in ran.output

    after = loading.counts(new)
    assert {name: after[name] for name in ("revision", "case_file", "account")} == {
        name: before[name] for name in ("revision", "case_file", "account")
    }
    chains(new)
    visitor = Browser(new, new.response_class)
    assert visitor.get(f"/profiles/{withdrawn}", follow_redirects=True).status_code == 410
    for ref in public:
        assert visitor.get(f"/profiles/{ref}", follow_redirects=True).status_code == 200, ref
    with new.app_context():
        assert db.session.scalars(select(Entry.kind)).all().count("restored") == 1
        db.session.remove()
    assert new.test_cli_runner().invoke(args=["keys", "rotate"]).exit_code == 0
    tables.close(new)
