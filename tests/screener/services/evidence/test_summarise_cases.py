from datetime import UTC, datetime, timedelta

import pytest
import redis
from django.core.cache import cache

from assets.models import Asset
from screener.checklist import CHECKLIST_VERSION
from screener.models import Case, Scorecard
from screener.services.evidence import summarise_cases as service
from screener.services.evidence.summarise_cases import ENOUGH, prospects, summarise_cases
from tests.screener.universe.test_live import NOW as SCORED_AT

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_memory():
    cache.clear()


def cases(outcomes, *, totals=None, horizon_days=14, grade="C", due_at=NOW, labelled_at=NOW):
    """A case of an asset of its own for each outcome."""
    start = Asset.objects.count()
    assets = Asset.objects.bulk_create(
        Asset(kind="token", slug=f"coin-{start + number}") for number in range(len(outcomes))
    )
    cards = Scorecard.objects.bulk_create(
        Scorecard(
            asset=asset,
            checklist_version=CHECKLIST_VERSION,
            scored_at=SCORED_AT,
            total=total,
            total_low=0,
            total_high=100,
            coverage=1,
            grade=grade,
        )
        for asset, total in zip(assets, totals or [50.0] * len(outcomes), strict=True)
    )
    return Case.objects.bulk_create(
        Case(
            asset=card.asset,
            scorecard=card,
            scanned_at=SCORED_AT,
            horizon_days=horizon_days,
            due_at=due_at,
            outcome=outcome,
            labelled_at=labelled_at,
        )
        for card, outcome in zip(cards, outcomes, strict=True)
    )


def of_14_days():
    return summarise_cases(now=NOW)[0]


def test_without_cases_every_horizon_says_so():
    told = summarise_cases(now=NOW)
    assert [each.horizon_days for each in told] == [14, 90, 180]
    assert all(each.labelled == each.assets == 0 and each.bad_share is None for each in told)
    assert all(grade.rate is None for each in told for grade in each.grades)


def test_cases_are_counted_by_how_far_they_are():
    cases([True, False])
    cases([None], labelled_at=NOW)
    cases([None, None], labelled_at=None)
    cases([None] * 3, labelled_at=None, due_at=NOW + timedelta(days=1))
    cases([True], horizon_days=90)
    told = of_14_days()
    assert (told.labelled, told.unknown, told.due, told.waiting) == (2, 1, 2, 3)
    assert told.first_due_at == NOW
    assert told.bad_share == 0.5


def test_bad_ends_are_counted_by_grade():
    cases([False] * 4, grade="A")
    cases([True, False], grade="E")
    told = of_14_days()
    assert [(each.grade, each.n, each.rate) for each in told.grades if each.n] == [("A", 4, 0), ("E", 2, 0.5)]
    assert told.worsens_by_grade


def test_an_asset_counts_once_with_its_first_outcome():
    (first,) = cases([False])
    for outcome in (None, True):
        card = Scorecard.objects.get(pk=first.scorecard_id)
        card.pk = None
        card.save()
        Case.objects.create(
            asset=first.asset,
            scorecard=card,
            scanned_at=NOW,
            horizon_days=14,
            due_at=NOW,
            outcome=outcome,
            labelled_at=NOW,
        )
    told = of_14_days()
    assert (told.labelled, told.assets, told.bad) == (2, 1, 0)


def test_those_of_this_version_are_counted_apart():
    cases([True, False])
    Scorecard.objects.filter(pk=Scorecard.objects.first().pk).update(checklist_version="1999.1")
    assert (of_14_days().assets, of_14_days().assets_of_this_version) == (2, 1)


@pytest.mark.parametrize(("assets", "is_told"), [(ENOUGH - 1, False), (ENOUGH, True)])
def test_no_auc_is_told_of_too_few(assets, is_told):
    cases(
        [number % 3 == 0 for number in range(assets)], totals=[20.0 + number % 3 for number in range(assets)]
    )
    told = of_14_days()
    assert (told.auc.value == 1.0) is is_told
    assert told.is_enough is is_told
    assert told.missing == (0 if is_told else 1)


def test_the_interval_holds_the_auc():
    totals = [float((number * 37) % 100) for number in range(ENOUGH)]
    cases([(number * 37) % 100 < 40 + number % 30 for number in range(ENOUGH)], totals=totals)
    auc = of_14_days().auc
    assert 0.5 < auc.low < auc.value < auc.high < 1


def test_where_all_ended_alike_there_is_no_auc():
    cases([False] * ENOUGH)
    assert of_14_days().auc.value is None


def test_it_costs_two_queries_whatever_there_is(django_assert_num_queries):
    cases([True, False] * 20)
    with django_assert_num_queries(2):
        summarise_cases(now=NOW)


def test_it_is_worked_out_once_an_hour(django_assert_num_queries):
    cases([True])
    first = prospects()
    with django_assert_num_queries(0):
        assert prospects() == first


def test_without_the_broker_it_is_worked_out_anew(monkeypatch):
    cases([True])

    class Gone:
        def get_or_set(self, *_args):
            raise redis.ConnectionError

    monkeypatch.setattr(service, "cache", Gone())
    assert prospects()[0].labelled == 1
