"""`flask init`: a home is made once, kept by the second run, and a team of five can begin at once."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import inspect, text

from app import create_app
from campaign.accounts import invitations
from campaign.accounts.permissions import Action, may
from campaign.database import db, public_tables
from campaign.settings import read
from tests import cluster, tables

FIVE = [f"{name}@example.org" for name in ("ada", "alim", "sana", "sattar", "tara")]


@pytest.fixture
def bare(home: Path) -> Flask:
    """An application whose home is still empty."""
    return create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_SWEEP_SECONDS": "0"}))


@pytest.fixture
def shell(bare: Flask) -> FlaskCliRunner:
    return bare.test_cli_runner()


def test_the_second_run_keeps_every_secret(shell: FlaskCliRunner, home: Path) -> None:
    assert shell.invoke(args=["init"]).exit_code == 0
    secrets = {path: path.read_bytes() for path in home.rglob("*.key")}
    assert shell.invoke(args=["init"]).exit_code == 0
    assert secrets == {path: path.read_bytes() for path in home.rglob("*.key")}
    assert {path.stat().st_mode & 0o777 for path in secrets} == {0o600}


def test_a_small_team_can_do_everything_by_two(shell: FlaskCliRunner, bare: Flask) -> None:
    ran = shell.invoke(args=["init", "--team", "small", *FIVE])
    assert ran.exit_code == 0, ran.output
    assert ran.output.count("/staff/invitation/") == 5
    assert "Warning" not in ran.output
    with bare.app_context():
        people = invitations.everyone()
        for action in (Action.PUBLISH, Action.CONFIRM_SAFETY, Action.MANAGE_ACCOUNTS, Action.EDIT_CASE):
            assert sum(may(person, action) for person in people) >= 2, action


@pytest.mark.parametrize("people", [[], FIVE[:4], [FIVE[0]] * 5, [*FIVE[:4], "nobody"]])
def test_what_is_no_team_is_refused_and_invites_nobody(shell: FlaskCliRunner, bare: Flask, people: list[str]) -> None:
    assert shell.invoke(args=["init", "--team", "small", *people]).exit_code == 1
    with bare.app_context():
        assert invitations.account_count() == 0


def test_a_team_whose_links_ended_is_invited_again_except_who_came(shell: FlaskCliRunner, bare: Flask) -> None:
    shell.invoke(args=["init", "--team", "small", *FIVE])
    with bare.app_context():
        invitations.everyone()[0].password_hash = "set"
        db.session.commit()
    again = shell.invoke(args=["init", "--team", "small", *FIVE])
    assert (again.exit_code, again.output.count("/staff/invitation/")) == (0, 4)
    with bare.app_context():
        assert invitations.account_count() == 5


@pytest.mark.parametrize("people", [list(reversed(FIVE)), ["other@example.org", *FIVE[1:]]])
def test_another_team_is_not_set_up_beside_the_first(shell: FlaskCliRunner, people: list[str]) -> None:
    shell.invoke(args=["init", "--team", "small", *FIVE])
    again = shell.invoke(args=["init", "--team", "small", *people])
    assert again.exit_code == 1
    assert "There are accounts already" in again.output


def test_a_home_with_one_publisher_is_warned(shell: FlaskCliRunner) -> None:
    shell.invoke(args=["init"])
    shell.invoke(args=["accounts", "invite", "pia@example.org", "--role", "publisher"])
    assert "Warning: Accounts with the role publisher: 1." in shell.invoke(args=["init"]).output


LISTS, CASES = "Lists and search of public profiles", "Lists and search of cases"


def test_what_was_made_by_other_tables_is_made_anew_once(shell: FlaskCliRunner, bare: Flask) -> None:
    shell.invoke(args=["init"])
    with bare.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE index_mark SET made_by = 'other tables'"))
    said = shell.invoke(args=["init"]).output
    assert f"{LISTS} made anew: 0." in said
    assert f"{CASES} made anew: 0." in said
    said = shell.invoke(args=["init"]).output
    assert f"{LISTS}: up to date." in said
    assert f"{CASES}: up to date." in said


def test_a_place_of_the_campaigns_own_rebuilds_the_cases_alone(shell: FlaskCliRunner, tmp_path: Path) -> None:
    sheet = tmp_path / "places.csv"
    sheet.write_text("code,level,parent,names,lat,lon\nx-bahar,county,Ili Prefecture,Bahar,43.8,81.2\n", "utf-8")
    shell.invoke(args=["init"])
    assert shell.invoke(args=["places", "extend", str(sheet)]).exit_code == 0
    said = shell.invoke(args=["init"]).output
    assert f"{LISTS}: up to date." in said
    assert f"{CASES} made anew: 0." in said


@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
def test_without_the_desk_the_public_tables_are_made_and_no_other(app: Flask, home: Path) -> None:
    given = {"CAMPAIGN_HOME": str(home / "public"), "CAMPAIGN_EDGES": "public,partners"}
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            given["CAMPAIGN_DATABASE_URL"] = cluster.empty_database(Path(str(db.engine.url.query["host"])))
    public = create_app(read(given))
    shell = public.test_cli_runner()
    ran = shell.invoke(args=["init"])
    assert ran.exit_code == 0, ran.output
    assert "Public tables made, schema" in ran.output
    assert "cases" not in ran.output
    assert "Public tables: up to date." in shell.invoke(args=["init"]).output
    with public.app_context():
        assert sorted(inspect(db.engine).get_table_names()) == public_tables()
        db.session.execute(text("UPDATE alembic_version SET version_num = '0023'"))
        db.session.commit()
    refused = shell.invoke(args=["init"])
    assert refused.exit_code == 2
    assert "has schema 0023" in refused.output
    tables.close(public)
