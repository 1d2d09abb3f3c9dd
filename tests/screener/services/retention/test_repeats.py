from datetime import timedelta
from decimal import Decimal

import pytest

from assets.models import Asset, Candle, MarketSnapshot
from assets.services.storing import store as storing
from assets.sourcing.rows import AssetRef, CandleRow, MarketRow, SupplyRow
from screener.models import Scorecard
from screener.services.retention.prune import Retention, prune
from screener.services.retention.repeats import SETTLED, remove_repeats
from screener.services.scoring.replay_scorecards import replay_scorecards
from tests.factories.market import NOW, observe, score

pytestmark = pytest.mark.django_db

TOKEN = AssetRef(kind="token", identifiers=(("coingecko", "alpha"),), name="Alpha")
ANSWERS = 8
LATER = NOW + timedelta(days=30)


def answer(at):
    """The bars of two months once more, and a price of its own."""
    days = [NOW.replace(hour=0, minute=0) - timedelta(days=day) for day in range(1, 61)]
    bar = dict.fromkeys(("open_usd", "high_usd", "low_usd", "close_usd", "volume_usd"), Decimal(2))
    observe(
        *(CandleRow(asset=TOKEN, as_of=day, **bar) for day in days),
        MarketRow(asset=TOKEN, as_of=at, price_usd=Decimal(2), volume_24h_usd=Decimal(9)),
        SupplyRow(asset=TOKEN, as_of=at, circulating=Decimal(1_000_000)),
        at=at,
        provider="coingecko",
    )


@pytest.fixture
def answers(monkeypatch):
    """The same bars stored with each answer, as an earlier version did; scored after every second one."""
    monkeypatch.setattr(storing, "only_new", lambda _kind, rows, **_known: list(rows))
    for number in range(ANSWERS):
        at = NOW + timedelta(hours=number)
        answer(at)
        if number % 2:
            score(now=at)


def removed(*, now=LATER):
    return sum(remove_repeats(list(Asset.objects.values_list("pk", flat=True)), now=now))


def newest_row_of_each_day():
    return dict(Candle.objects.order_by("id").values_list("as_of", "pk"))


def test_what_no_card_names_goes_and_every_card_replays(answers):
    named = {each for card in Scorecard.objects.all() for each in card.observations}
    assert Candle.objects.count() == 60 * ANSWERS
    newest = newest_row_of_each_day()
    count = removed()
    assert count == 60 * ANSWERS - Candle.objects.count() > 0
    assert newest_row_of_each_day() == newest, "what counts now is the same row"
    left = set(Candle.objects.values_list("observation_id", flat=True))
    first = Candle.objects.earliest("id").observation_id
    assert left >= {first} | (named & left)
    cards = list(Scorecard.objects.with_baselines())
    assert len(cards) == ANSWERS // 2
    assert all(replay.is_same for replay in replay_scorecards(cards))
    assert removed() == 0
    assert MarketSnapshot.objects.count() == ANSWERS, "a new moment is no repeat"


def test_the_next_card_says_the_same_of_the_same_facts(answers):
    removed()
    score(now=NOW + timedelta(hours=ANSWERS - 1))
    assert Scorecard.objects.count() == ANSWERS // 2


def test_more_goes_when_older_cards_are_thinned_and_packed_ones_are_read(answers):
    assert removed() == 60 * 3, "the cards name every second one"
    Scorecard.objects.exclude(pk__in=Scorecard.objects.latest_of_each_asset()).delete()
    assert removed() == 60 * 3
    assert Candle.objects.count() == 60 * 2, "the first and the last of each"
    assert all(replay.is_same for replay in replay_scorecards(Scorecard.objects.all()))


def test_what_may_still_be_read_by_who_judges_stays(answers):
    assert removed(now=NOW + SETTLED) == 0


def test_it_is_done_when_it_is_asked_for(answers):
    nothing = Retention(scorecard_days=0, observation_days=0, step_days=0)
    assert "repeated facts" not in prune(nothing, now=LATER, seconds=60.0).removed
    assert Candle.objects.count() == 60 * ANSWERS
    done = prune(nothing, now=LATER, seconds=60.0, repeats=True)
    assert done.removed["repeated facts"] == 60 * ANSWERS - Candle.objects.count() > 0
    assert Scorecard.objects.exclude(packed=None).count() == ANSWERS // 2 - 1
    assert all(replay.is_same for replay in replay_scorecards(Scorecard.objects.with_baselines()))
