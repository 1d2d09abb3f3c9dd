from datetime import UTC, datetime, timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError, ProgrammingError
from hypothesis import given
from hypothesis import strategies as st

from assets.models import Asset
from assets.models.whole_json import DamagedRowError
from screener.models import UnscoredAsset
from screener.services.scoring.failures import LONGEST_REASON, MOST_ALONE, each_apart, set_aside, take_back

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40, unique=True), st.sets(st.integers(0, 50)))
def test_whoever_can_be_judged_is_and_each_other_is_named_with_the_error(ids, broken):
    failed = {}

    def judge(some):
        if bad := broken.intersection(some):
            raise ValueError(min(bad))
        return [*some]

    parts = list(each_apart(ids, judge, failed=lambda asset_id, error: failed.update({asset_id: error})))
    judged = [asset_id for some, _result in parts for asset_id in some]
    assert judged == [each for each in ids if each not in broken]
    assert [result for _some, result in parts] == [[*some] for some, _result in parts]
    assert failed.keys() == broken.intersection(ids)
    assert all(error.args == (asset_id,) for asset_id, error in failed.items())


def test_where_everybody_fails_the_batch_ends_without_trying_each():
    calls, failed = [], []

    def judge(ids):
        calls.append(len(ids))
        raise ValueError("the rules are broken")

    ids = range(4_000)
    assert list(each_apart(ids, judge, failed=lambda asset_id, _error: failed.append(asset_id))) == []
    assert sorted(failed) == [*ids]
    assert len(calls) < 4 * MOST_ALONE


def test_who_comes_after_many_that_fail_is_judged_all_the_same():
    judged = [
        asset_id
        for ids, _ in each_apart(range(1_000), lambda ids: 1 / (min(ids) >= 300), failed=lambda *_: None)
        for asset_id in ids
    ]
    assert len(judged) >= 1_000 - 512


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("locked"),
        ProgrammingError("no column"),
        OSError(),
        SoftTimeLimitExceeded(),
        MemoryError(),
    ],
)
def test_what_is_no_fault_of_an_asset_is_nobodys(error):
    def judge(_ids):
        raise error

    with pytest.raises(type(error)):
        list(each_apart([1, 2], judge, failed=lambda *_: pytest.fail("nobody is to blame")))


@pytest.mark.parametrize(
    "error", [DamagedRowError("a row"), OperationalError("Could not decode to UTF-8 column 'name'")]
)
def test_a_row_that_is_damaged_holds_up_its_own_asset_alone(error):
    def judge(ids):
        if 2 in ids:
            raise error

    failed = {}
    judged = each_apart([1, 2, 3], judge, failed=lambda asset_id, why: failed.update({asset_id: why}))
    assert sorted(each for ids, _ in judged for each in ids) == [1, 3]
    assert failed == {2: error}


@pytest.fixture
def asset(db):
    return Asset.objects.create(kind="token", slug="a", name="A")


def test_the_reason_is_the_newest_and_since_the_first_time(asset):
    set_aside(asset.pk, ValueError("x"), now=NOW)
    set_aside(asset.pk, TypeError("y" * 1000), now=NOW + timedelta(hours=1))
    kept = UnscoredAsset.objects.get()
    assert (kept.since, kept.tried_at) == (NOW, NOW + timedelta(hours=1))
    assert kept.reason.startswith("TypeError: yyy")
    assert len(kept.reason) == LONGEST_REASON


def test_who_is_judged_is_taken_back_in_one_query(asset, django_assert_num_queries):
    set_aside(asset.pk, ValueError("x"), now=NOW)
    with django_assert_num_queries(1):
        take_back([asset.pk, asset.pk + 1])
    assert not UnscoredAsset.objects.exists()
