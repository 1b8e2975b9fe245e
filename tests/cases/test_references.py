"""References tell nothing, and none is given twice."""

import secrets

import pytest
from flask import Flask

from campaign.accounts.models import Account
from campaign.cases.store import NoReferenceLeft, claim, is_reference, new_references
from campaign.database import db
from tests.cases.conftest import both_databases, opened

pytestmark = both_databases


def test_a_reference_is_a_prefix_and_five_random_digits(home_app: Flask) -> None:
    given = [new_references("FXD", 1)[0] for _ in range(50)]
    assert all(is_reference(ref) and ref.startswith("FXD-") for ref in given)
    assert len(set(given)) == 50
    assert given != sorted(given)


def test_a_reference_once_used_is_never_given_again(home_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    digits = iter([7, 7, 7, 12])
    monkeypatch.setattr(secrets, "randbelow", lambda _: next(digits))
    assert new_references("FXD", 1) + new_references("FXD", 1) == ["FXD-00007", "FXD-00012"]


def test_references_for_a_whole_sheet_are_new_and_each_another(
    home_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    digits = iter([7, 7, 7, 9, 9, 12])
    monkeypatch.setattr(secrets, "randbelow", lambda _: next(digits))
    assert new_references("FXD", 1) == ["FXD-00007"]
    assert sorted(new_references("FXD", 2)) == ["FXD-00009", "FXD-00012"]


def test_the_reference_of_a_case_that_is_gone_stays_used(edo: Account) -> None:
    ref = opened(edo).ref
    assert not claim(ref)


def test_when_nearly_all_are_used_it_says_so(home_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "randbelow", lambda _: 7)
    new_references("FXD", 1)
    with pytest.raises(NoReferenceLeft, match="prefix FXD"):
        new_references("FXD", 1)
    db.session.rollback()


def test_other_shapes_are_no_reference(home_app: Flask) -> None:
    for words in ("", "FXD-1", "fxd-12345", "FXD-123456", "FXD-12345\n", "FXD 12345"):
        assert not is_reference(words), words
        with pytest.raises(ValueError, match="is not a reference"):
            claim(words)
