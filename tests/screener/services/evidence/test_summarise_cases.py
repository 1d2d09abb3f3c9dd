from datetime import UTC, datetime, timedelta

import pytest
import redis
from django.core.cache import cache

from screener.models import Case, Scorecard
from screener.services.evidence import summarise_cases as service
from screener.services.evidence.summarise_cases import ENOUGH, prospects, summarise_cases
from tests.factories.validation import make_cases

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_memory():
    cache.clear()


def of_14_days():
    return summarise_cases(now=NOW)[0]


def test_without_cases_every_horizon_says_so():
    summary = summarise_cases(now=NOW)
    assert [each.horizon_days for each in summary] == [14, 90, 180]
    assert all(each.labelled == each.assets == 0 and each.bad_share is None for each in summary)
    assert all(grade.rate is None for each in summary for grade in each.grades)


def test_cases_are_counted_by_how_far_they_are():
    make_cases([True, False])
    make_cases([None], labelled_at=NOW)
    make_cases([None, None], labelled_at=None)
    make_cases([None] * 3, labelled_at=None, due_at=NOW + timedelta(days=1))
    make_cases([True], horizon_days=90)
    summary = of_14_days()
    assert (summary.labelled, summary.unknown, summary.due, summary.waiting) == (2, 1, 2, 3)
    assert summary.first_due_at == NOW
    assert summary.bad_share == 0.5


def test_bad_ends_are_counted_by_grade():
    make_cases([False] * 4, grade="A")
    make_cases([True, False], grade="E")
    summary = of_14_days()
    assert [(each.grade, each.n, each.rate) for each in summary.grades if each.n] == [
        ("A", 4, 0),
        ("E", 2, 0.5),
    ]
    assert summary.worsens_by_grade


def test_an_asset_counts_once_with_its_first_outcome():
    (first,) = make_cases([False])
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
    summary = of_14_days()
    assert (summary.labelled, summary.assets, summary.bad) == (2, 1, 0)


def test_those_of_this_version_are_counted_apart():
    make_cases([True, False])
    Scorecard.objects.filter(pk=Scorecard.objects.first().pk).update(checklist_version="1999.1")
    assert (of_14_days().assets, of_14_days().assets_of_this_version) == (2, 1)


@pytest.mark.parametrize(("assets", "is_told"), [(ENOUGH - 1, False), (ENOUGH, True)])
def test_no_auc_is_told_of_too_few(assets, is_told):
    make_cases(
        [number % 3 == 0 for number in range(assets)], totals=[20.0 + number % 3 for number in range(assets)]
    )
    summary = of_14_days()
    assert (summary.auc.value == 1.0) is is_told
    assert summary.is_enough is is_told
    assert summary.missing == (0 if is_told else 1)


def test_the_interval_holds_the_auc():
    totals = [float((number * 37) % 100) for number in range(ENOUGH)]
    make_cases([(number * 37) % 100 < 40 + number % 30 for number in range(ENOUGH)], totals=totals)
    auc = of_14_days().auc
    assert 0.5 < auc.low < auc.value < auc.high < 1


def test_where_all_ended_alike_there_is_no_auc():
    make_cases([False] * ENOUGH)
    assert of_14_days().auc.value is None


def test_it_costs_two_queries_whatever_there_is(django_assert_num_queries):
    make_cases([True, False] * 20)
    with django_assert_num_queries(2):
        summarise_cases(now=NOW)


def test_it_is_worked_out_once_an_hour(django_assert_num_queries):
    make_cases([True])
    first = prospects()
    with django_assert_num_queries(0):
        assert prospects() == first


def test_without_the_broker_it_is_worked_out_anew(monkeypatch):
    make_cases([True])

    class Gone:
        def read(self):
            raise redis.ConnectionError

    monkeypatch.setattr(service, "KEPT", Gone())
    assert prospects()[0].labelled == 1


def test_those_that_were_not_rated_are_counted_apart_and_prove_nothing():
    make_cases([False] * 2, grade="A")
    make_cases([True] * ENOUGH, grade="")
    Scorecard.objects.filter(grade="").update(total=None)
    summary = of_14_days()
    assert summary.grades[-1].grade == ""
    assert (summary.grades[-1].n, summary.grades[-1].rate) == (ENOUGH, 1)
    assert summary.auc.value is None, "two rated assets are too few"
    assert summary.worsens_by_grade is None, "one grade alone"
