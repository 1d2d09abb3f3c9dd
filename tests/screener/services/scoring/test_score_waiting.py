"""What refreshes have brought is judged many steps at a time; an asset that breaks holds up nobody."""

from decimal import Decimal

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError, connection
from django.utils import timezone

from assets.models import Asset, RefreshRun, RefreshStep
from assets.services.storing.store import store_rows
from assets.sourcing import rows
from screener.models import Scorecard, UnscoredAsset
from screener.services.scoring import score_assets
from screener.services.scoring import score_waiting as judging
from screener.services.scoring.score_waiting import next_steps, score_waiting
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db


def assets(*names):
    return [Asset.objects.create(kind="token", slug=name, name=name).pk for name in names]


def run_of(*asset_ids_of_steps, **changes):
    now = timezone.now()
    run = RefreshRun.objects.create(
        provider="x",
        family="market",
        steps_total=len(asset_ids_of_steps),
        created_at=now,
        progressed_at=now,
        **changes,
    )
    for number, ids in enumerate(asset_ids_of_steps):
        RefreshStep.objects.create(
            run=run, key=str(number), request={}, state="done", asset_ids=ids, unscored=True
        )
    return run


def ended(run):
    run.refresh_from_db()
    return run.state, run.assets_scored


def test_the_facts_of_many_steps_are_judged_at_once_and_counted_by_step(monkeypatch):
    a, b, c = assets("a", "b", "c")
    first, second = run_of([a, b], [b]), run_of([c, a])
    batches = []
    judge = judging.score_batches
    monkeypatch.setattr(judging, "score_batches", lambda ids: batches.append(ids) or judge(ids))
    assert score_waiting(seconds=9) == 3
    assert batches == [[a, b, c]]
    assert {*Scorecard.objects.values_list("asset_id", flat=True)} == {a, b, c}
    assert (ended(first), ended(second)) == (("done", 3), ("done", 2))


def test_nothing_waits_and_nothing_happens(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert score_waiting(seconds=9) == 0


@pytest.mark.parametrize(("seconds", "judged"), [(9, 5), (0, 2)])
def test_full_batches_follow_each_other_while_there_is_time(monkeypatch, seconds, judged):
    monkeypatch.setattr(judging, "MOST_STEPS", 2)
    (a,) = assets("a")
    run_of([a], [a], [a], [a], [a])
    assert score_waiting(seconds=seconds) == judged


def test_assets_that_are_gone_are_not_counted():
    (a,) = assets("a")
    run = run_of([a, a + 1000])
    score_waiting(seconds=9)
    assert ended(run) == ("done", 1)


def test_what_a_stopped_run_brought_is_judged_too():
    run = run_of(assets("a"), state="stopped")
    score_waiting(seconds=9)
    assert ended(run) == ("stopped", 1)


def test_an_asset_that_breaks_is_set_aside_and_its_run_ends(monkeypatch):
    a, b, c = assets("a", "b", "c")
    run = run_of([a, b], [b], [c])
    break_on(monkeypatch, b)
    assert score_waiting(seconds=9) == 3
    assert ended(run) == ("done", 2)
    assert not next_steps()
    assert {*Scorecard.objects.values_list("asset_id", flat=True)} == {a, c}
    assert UnscoredAsset.objects.get().asset_id == b


def test_what_comes_in_later_is_judged_though_an_earlier_step_broke(monkeypatch):
    a, b = assets("a", "b")
    break_on(monkeypatch, a)
    first = run_of([a])
    score_waiting(seconds=9)
    second = run_of([b])
    score_waiting(seconds=9)
    assert (ended(first), ended(second)) == (("done", 0), ("done", 1))


def break_on(monkeypatch, asset_id):
    read = score_assets.facts_of

    def facts_of(ids, **options):
        if asset_id in ids:
            raise ZeroDivisionError("its supply is nothing")
        return read(ids, **options)

    monkeypatch.setattr(score_assets, "facts_of", facts_of)


@pytest.mark.parametrize("error", [OperationalError("database is locked"), SoftTimeLimitExceeded()])
def test_what_is_no_fault_of_the_assets_ends_the_work(monkeypatch, error):
    def fail(_ids):
        raise error

    monkeypatch.setattr(judging, "score_batches", fail)
    run = run_of(assets("a"))
    with pytest.raises(type(error)):
        score_waiting(seconds=9)
    assert ended(run) == ("running", 0)
    assert next_steps()


def test_a_batch_is_about_as_many_assets_as_are_judged_in_one_go(monkeypatch):
    monkeypatch.setattr(judging, "BATCH", 3)
    run_of([1, 2], [3, 4], [5])
    assert [*next_steps().values()] == [[1, 2], [3, 4]]


def test_the_next_steps_are_found_without_reading_all_that_are_done():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by statistics, which an empty table has none of")
    plan = next_steps_plan()
    assert any("step_unscored" in row for row in plan), plan
    assert not any("TEMP B-TREE" in row for row in plan), plan


def next_steps_plan():
    waiting = RefreshStep.objects.filter(unscored=True).order_by("run_id", "pk")
    return waiting.values_list("pk", "asset_ids")[:5].explain().splitlines()


# Two providers of one thing --------------------------------------------------------------

COIN = rows.AssetRef(kind="token", identifiers=(("address:solana", "So1"),), name="Coin")
ABOUT = {"asset": COIN, "as_of": timezone.now()}
NO_MOMENT = {
    "one pool by GeckoTerminal and DexScreener": [
        ("geckoterminal", rows.PoolRow(**ABOUT, address="p", reserve_usd=Decimal(9))),
        ("dexscreener", rows.PoolRow(**ABOUT, address="p", volume_24h_usd=Decimal(3))),
    ],
    "one contract by GoPlus and Blockscout": [
        ("goplus", rows.ContractRow(**ABOUT, honeypot=False)),
        ("blockscout", rows.ContractRow(**ABOUT, verified_source=True)),
    ],
    "channels by CoinGecko and GeckoTerminal": [
        ("coingecko", rows.DisclosureRow(**ABOUT, channels={"site": "https://example.org"})),
        ("geckoterminal", rows.DisclosureRow(**ABOUT, team="named")),
    ],
}
"""No row of the batch knows when a lock ends, the contract was deployed or the site came up."""


@pytest.mark.parametrize("case", NO_MOMENT)
def test_what_two_providers_answer_about_one_thing_is_judged_and_the_run_ends(case):
    for provider, row in NO_MOMENT[case]:
        store_rows(observation=observed(provider=provider, as_of=row.as_of, known_at=row.as_of), rows=[row])
        finished = timezone.now()
        RefreshRun.objects.create(
            provider=provider, family="market", state="done", created_at=finished, progressed_at=finished
        )
    coin = Asset.objects.get()
    run = run_of([coin.pk])
    assert score_waiting(seconds=9) == 1
    assert ended(run) == ("done", 1)
    assert not UnscoredAsset.objects.exists()
    card = Scorecard.objects.get()
    assert len(card.observations) == 2, "both had their say"
