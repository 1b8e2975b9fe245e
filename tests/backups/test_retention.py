"""Which copies stay: so many days, weeks, months, the newest always, and none that holds an erased person for long."""

from datetime import UTC, datetime, timedelta

from campaign.backups.copies import Known
from campaign.backups.retention import holds_erased, kept
from campaign.register import End

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
KEEP = (7, 5, 6)


def copy_of(*, days: float) -> Known:
    """Return a copy that is so many days old."""
    made_at = NOW - timedelta(days=days)
    return Known(
        name=f"copy-{made_at:%Y%m%dT%H%M%SZ}.age", made_at=made_at, size=1, sha256="", version="", schema="",
        ledger=End(), audit=End(),
    )  # fmt: skip


def ages(copies: list[Known]) -> list[int]:
    return [(NOW - one.made_at).days for one in copies]


def test_of_a_copy_a_day_seven_days_five_weeks_and_six_months_stay() -> None:
    """30 November 2026 is a Monday: the newest copy of a week is that of its Sunday."""
    found = ages(kept([copy_of(days=age) for age in range(365)], KEEP, [], NOW, 30))
    assert found == [0, 1, 2, 3, 4, 5, 6, 8, 15, 22, 30, 61, 91, 122, 153]


def test_days_without_a_copy_do_not_count() -> None:
    every = [copy_of(days=age) for age in (3, 20, 21, 50, 300)]
    assert ages(kept(every, KEEP, [], NOW, 30)) == [3, 20, 21, 50, 300]


def test_a_month_after_an_erasure_every_copy_made_before_it_goes() -> None:
    every = [copy_of(days=age) for age in range(365)]
    erased_at = NOW - timedelta(days=40)
    found = kept(every, KEEP, [erased_at], NOW, 30)
    assert max(ages(found)) < 40
    assert ages(kept(every, KEEP, [NOW - timedelta(days=29)], NOW, 30)) == ages(kept(every, KEEP, [], NOW, 30))


def test_the_newest_copy_stays_even_where_it_holds_an_erased_person_and_is_known_for_it() -> None:
    every = [copy_of(days=50), copy_of(days=60)]
    erased = [NOW - timedelta(days=40)]
    assert kept(every, KEEP, erased, NOW, 30) == every[:1]
    assert holds_erased(every[0], erased, now=NOW, days=30)


def test_where_nothing_is_kept_the_newest_stays() -> None:
    every = [copy_of(days=1), copy_of(days=2)]
    assert kept(every, (0, 0, 0), [], NOW, 30) == every[:1]
    assert kept([], KEEP, [NOW], NOW, 30) == []
