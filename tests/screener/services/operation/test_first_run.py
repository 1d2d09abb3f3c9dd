from datetime import timedelta

import pytest
from django.utils import timezone

from assets.models import Asset, RefreshRun
from screener.models import MarketFilling
from screener.services.operation.first_run import first_run
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    UNIVERSE.forget()


def known(*, real=0, invented=0, days=0):
    for place in range(real + invented):
        make_card(make_asset(f"Asset{place}", fictional=place >= real))
    Asset.objects.update(created_at=timezone.now() - timedelta(days=days))
    UNIVERSE.forget()


def run_of(provider, family, **changes):
    now = timezone.now()
    return RefreshRun.objects.create(
        provider=provider,
        family=family,
        base_url="",
        created_at=now,
        progressed_at=now,
        steps_total=4,
        **changes,
    )


def ordered(**changes):
    return MarketFilling.objects.create(ordered_at=timezone.now() - timedelta(minutes=1), step=1, **changes)


def test_an_empty_server_says_so():
    assert first_run().state == "empty"


def test_a_sandbox_alone_is_a_first_run():
    known(invented=2)
    shown = first_run()
    assert (shown.state, shown.invented, shown.real, shown.is_moving) == ("sandbox", 2, 0, False)


def test_a_sandbox_that_is_being_filled_tells_its_step():
    run_of("sandbox", "market", is_walk=True, steps_done=2)
    shown = first_run()
    assert (shown.state, shown.is_moving) == ("filling sandbox", True)
    assert shown.words.startswith("step 2 of 17: Price and volume")


def test_a_real_market_that_is_coming_in_tells_its_step_until_it_is_there():
    known(invented=1)
    filling = ordered(run=run_of("coingecko", "listing"))
    assert first_run().words.startswith("step 1 of 8: Listing")
    known_before = first_run().invented
    assert known_before == 1
    make_card(make_asset("Real"))
    UNIVERSE.forget()
    shown = first_run()
    assert (shown.state, shown.real) == ("filling market", 1)
    filling.ended_at = timezone.now()
    filling.save()
    assert first_run() is None


def test_a_market_that_did_not_come_in_says_why():
    ordered(ended_at=timezone.now(), problems={"coingecko listing": "It is shut."})
    shown = first_run()
    assert (shown.state, shown.problems) == ("failed", {"CoinGecko, Listing": "It is shut."})


def test_an_old_market_costs_no_question(django_assert_num_queries):
    known(real=1, days=3)
    UNIVERSE.table()
    with django_assert_num_queries(0):
        assert first_run() is None
