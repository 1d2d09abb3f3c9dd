from datetime import UTC, datetime, timedelta

import pytest

from assets.models import Asset
from screener.models import Case, Scorecard
from screener.services.evidence.open_cases import HORIZONS_DAYS, open_cases, week_of
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 6, 1, tzinfo=UTC)
NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)


def opened(now=NOW):
    return open_cases(Asset.objects.values_list("pk", flat=True), now=now)


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (MONDAY, MONDAY),
        (MONDAY - timedelta(microseconds=1), MONDAY - timedelta(days=7)),
        (datetime(2026, 6, 7, 23, 59, tzinfo=UTC), MONDAY),
        (datetime.fromisoformat("2026-06-01T01:00+02:00"), MONDAY - timedelta(days=7)),
    ],
)
def test_a_week_begins_on_monday_in_utc(moment, week):
    assert week_of(moment) == week


def test_a_scan_becomes_a_case_of_each_horizon():
    scanned = make_card(make_asset("Alpha"), scored_at=NOW)
    assert opened() == 3
    assert {(each.horizon_days, each.due_at) for each in Case.objects.all()} == {
        (days, NOW + timedelta(days=days)) for days in HORIZONS_DAYS
    }
    case = Case.objects.first()
    assert (case.scorecard, case.scanned_at, case.outcome, case.labelled_at) == (scanned, NOW, None, None)


def test_the_first_scan_of_a_week_is_the_case():
    alpha = make_asset("Alpha")
    make_card(alpha, scored_at=MONDAY - timedelta(hours=1))
    first = make_card(alpha, scored_at=MONDAY + timedelta(hours=1))
    make_card(alpha, scored_at=NOW)
    opened()
    assert set(Case.objects.values_list("scorecard", flat=True)) == {first.pk}


def test_asking_again_and_scanning_again_that_week_change_nothing():
    alpha = make_asset("Alpha")
    make_card(alpha, scored_at=NOW)
    assert opened() == 3
    make_card(alpha, scored_at=NOW + timedelta(hours=1))
    assert opened(NOW + timedelta(hours=2)) == 0
    assert Case.objects.count() == 3


def test_the_next_week_is_another_case():
    alpha, later = make_asset("Alpha"), NOW + timedelta(days=7)
    make_card(alpha, scored_at=NOW)
    opened()
    assert opened(later) == 0, "nothing was said of it that week"
    make_card(alpha, scored_at=later)
    assert opened(later) == 3


def test_an_invented_asset_is_never_a_case():
    make_card(make_asset("Invented", fictional=True), scored_at=NOW)
    assert opened() == 0


def test_two_at_once_open_one_case(monkeypatch):
    alpha = make_asset("Alpha")
    scanned = make_card(alpha, scored_at=NOW)
    Case.objects.create(
        asset=alpha, scorecard=scanned, scanned_at=MONDAY - timedelta(days=1), horizon_days=14, due_at=NOW
    )
    opened()
    assert Case.objects.filter(scorecard=scanned, horizon_days=14).count() == 1


def test_many_cost_as_many_queries_as_one(django_assert_num_queries):
    for number in range(30):
        make_card(make_asset(f"Coin {number}", slug=f"coin-{number}"), scored_at=NOW)
    ids = list(Asset.objects.values_list("pk", flat=True))
    with django_assert_num_queries(3):  # the cases there are, the scorecards, the new cases
        assert open_cases(ids, now=NOW) == 90
    assert Scorecard.objects.count() == 30
