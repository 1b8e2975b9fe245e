"""Copies of pictures lie sealed until a publication shows them, and again after; erasure leaves those of others."""

import ast
import grp
import io
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from PIL import Image as Picture

from campaign.cases.file import Image
from campaign.cases.models import Case
from campaign.cases.revisions import head
from campaign.commands.init import seal_pictures
from campaign.database import db
from campaign.ledger import documents, reader
from campaign.media import copies
from campaign.media.stores import public_store
from campaign.publishing import erase, holds, pausing, pictures, sweep
from tests.publishing.builders import a_file, consent, image
from tests.publishing.desk import Desk, cleared

ROOT = Path(__file__).parents[2]
APPENDING = {"writer.publish", "writer.withdraw", "writer.append"}


def jpeg(colour: str) -> bytes:
    out = io.BytesIO()
    Picture.new("RGB", (320, 400), colour).save(out, "JPEG")
    return out.getvalue()


def a_picture(colour: str = "#445") -> Image:
    """Return the row of a picture whose one copy is kept."""
    digest = copies.keep(jpeg(colour))
    return msgspec.structs.replace(image(), digest_list=digest, digest_page=digest, digest_print=digest)


def opened(desk: Desk, *rows: Image) -> Case:
    case = desk.opens(msgspec.structs.replace(a_file(relatives=[]), images=list(rows)))
    db.session.commit()
    return case


def published(desk: Desk, *rows: Image) -> Case:
    case = opened(desk, *rows)
    desk.approves(case)
    desk.publishes(case)
    db.session.commit()
    return case


def in_clear(home: Path) -> set[str]:
    """Return the names of the files of a home that any program shows as a picture."""
    return {path.name for path in home.rglob("*") if path.is_file() and path.read_bytes().startswith(b"\xff\xd8")}


def test_a_copy_lies_in_clear_only_while_a_publication_shows_it(desk: Desk, home: Path) -> None:
    row = a_picture()
    case = opened(desk, row)
    assert in_clear(home) == set()
    assert copies.content(row.digest_list) == jpeg("#445")
    desk.approves(case)
    desk.publishes(case)
    assert in_clear(home) == {f"{row.digest_list}.jpg"}
    db.session.commit()
    assert reader.shown_by(row.digest_list) is not None


def by_consent(desk: Desk, case: Case) -> None:
    desk.saves(case, by=desk.sana, consents=[consent(state="withdrawn", confirmed_by=desk.sana.id)])


def by_narrowing(desk: Desk, case: Case) -> None:
    own = [desk.mine(cleared("publish_story", basis="family"))]
    desk.saves(case, by=desk.sana, consents=own)


def by_pause(desk: Desk, case: Case) -> None:
    pausing.pause(case, by=desk.sana, reason="A threat", is_duress=False)


def by_stop_for_many(desk: Desk, case: Case) -> None:
    holds.pause_many("everything", "", by=desk.sana, reason="A threat")


def by_removing_it(desk: Desk, case: Case) -> None:
    desk.saves(case, images=[])
    desk.approves(case)
    desk.publishes(case)


WAYS = (by_consent, by_narrowing, by_pause, by_stop_for_many, by_removing_it)


@pytest.mark.parametrize("goes", WAYS)
def test_whichever_way_it_goes_its_copy_is_sealed_again(
    desk: Desk, home: Path, goes: Callable[[Desk, Case], None]
) -> None:
    row = a_picture()
    case = published(desk, row)
    goes(desk, case)
    db.session.commit()
    assert in_clear(home) == set()
    assert copies.content(row.digest_list) == jpeg("#445")


def test_a_copy_that_another_profile_shows_stays(desk: Desk, home: Path) -> None:
    row = a_picture()
    one, other = published(desk, row), published(desk, row)
    by_pause(desk, one)
    db.session.commit()
    assert in_clear(home) == {f"{row.digest_list}.jpg"}
    by_pause(desk, other)
    assert in_clear(home) == set()


def test_a_face_of_a_restricted_case_is_never_in_clear(desk: Desk, home: Path) -> None:
    case = opened(desk, a_picture())
    case.is_restricted = True
    db.session.commit()
    sweep.sweep()
    assert in_clear(home) == set()


def test_a_withdrawal_that_fails_leaves_no_profile_without_its_picture_for_long(desk: Desk, home: Path) -> None:
    case = published(desk, row := a_picture())
    by_pause(desk, case)
    db.session.rollback()
    assert reader.shown_by(row.digest_list) is not None
    sweep.sweep()
    assert in_clear(home) == {f"{row.digest_list}.jpg"}


def test_a_publication_that_fails_leaves_no_picture_in_clear_for_long(desk: Desk, home: Path) -> None:
    case = opened(desk, a_picture())
    desk.approves(case)
    db.session.commit()
    desk.publishes(case)
    db.session.rollback()
    sweep.sweep()
    assert in_clear(home) == set()


def test_half_a_copy_that_a_killed_process_left_goes_with_the_next_sweep(desk: Desk, home: Path) -> None:
    published(desk, row := a_picture())
    half = public_store().path(row.digest_list).with_name(".0123.part")
    half.write_bytes(jpeg("#445")[:300])
    sweep.sweep()
    assert in_clear(home) == {f"{row.digest_list}.jpg"}


def test_a_home_of_an_earlier_release_seals_what_nobody_shows(desk: Desk, home: Path) -> None:
    shown, hidden = a_picture("#445"), a_picture("#833")
    published(desk, shown)
    case = opened(desk, hidden)
    for colour in ("#445", "#833"):
        content = jpeg(colour)
        copies.forget(public_store().put(content, "jpg").removesuffix(".jpg"))
        public_store().put(content, "jpg")  # as it lay there before copies were sealed
    said: list[str] = []
    seal_pictures(said.append)
    seal_pictures(said.append)
    assert said == ["Copies of pictures: 2 sealed, 1 moved.", "Copies of pictures: 0 sealed, 0 moved."]
    assert in_clear(home) == {f"{shown.digest_list}.jpg"}
    assert copies.content(head(case).images[0].digest_page) == jpeg("#833")


@pytest.mark.parametrize("is_public", [True, False])
def test_erasing_a_case_leaves_the_copy_that_another_one_has(desk: Desk, is_public: bool) -> None:
    row = a_picture()
    erased, other = published(desk, row), (published if is_public else opened)(desk, row)
    desk.saves(other, images=[])  # its older version has it still, and may be restored
    files = erase.erase(erased, by=desk.sana, reason="asked")
    db.session.commit()
    erase.finish(files)
    assert copies.exists(row.digest_list)
    assert public_store().exists(row.digest_list) is is_public
    files = erase.erase(other, by=desk.sana, reason="asked")
    db.session.commit()
    erase.finish(files)
    assert not copies.exists(row.digest_list)
    assert not public_store().exists(row.digest_list)


def test_a_sealed_copy_is_not_named_by_what_it_shows(desk: Desk, home: Path) -> None:
    row = a_picture()
    opened(desk, row)
    names = [path.name for path in home.rglob("*")]
    assert [name for name in names if row.digest_list[:16] in name] == []


def test_nothing_is_locked_where_the_pictures_are_in_order(desk: Desk) -> None:
    case = published(desk, a_picture())
    assert pictures.put_in_order() == 0
    assert isinstance(documents.profile(reader.profile_body(case.ref) or b""), documents.Profile)


def test_whatever_appends_to_the_ledger_takes_its_pictures_along() -> None:
    bare, following = [], 0
    for path in sorted((ROOT / "campaign" / "publishing").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        blocks = [
            one for one in ast.walk(tree) if isinstance(one, ast.With) and "following" in ast.unparse(one.items[0])
        ]
        within = {id(call) for block in blocks for call in ast.walk(block)}
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in APPENDING:
                following += id(call) in within
                bare += [] if id(call) in within else [f"{path.name}:{call.lineno}"]
    assert bare == []
    assert following == 4, "the walk sees what it is to find"


def test_pictures_are_brought_where_a_named_group_reads_them_and_leave_when_withdrawn(
    desk: Desk, app: Flask, home: Path
) -> None:
    case = published(desk, row := a_picture())
    before = public_store().path(row.digest_list)
    number = 65534 if os.geteuid() == 0 else max(os.getgroups(), default=os.getegid())
    group, shown = grp.getgrgid(number).gr_name, home.parent / "shown"
    app.extensions["settings"] = replace(app.extensions["settings"], media=shown, public_group=group)
    assert pictures.put_in_order() == 1
    assert not before.exists()
    place = public_store().path(row.digest_list)
    found = {path: (path.stat().st_mode & 0o777, path.group()) for path in (shown, place.parent, place)}
    assert found == {shown: (0o750, group), place.parent: (0o750, group), place: (0o640, group)}
    by_pause(desk, case)
    assert in_clear(home) | in_clear(shown) == set()
    assert copies.content(row.digest_list) == jpeg("#445")
