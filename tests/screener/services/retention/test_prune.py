import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from assets.models import Asset, Observation, Payload, RefreshRun, RefreshStep
from assets.services.importing import ANALYST
from assets.sourcing.rows import AssetRef, MarketRow
from screener.models import Case, Scorecard
from screener.services.evidence.label_cases import label_cases
from screener.services.retention.growth import kept_of_a_year
from screener.services.retention.prune import Retention, StoredCard, prune, superfluous
from screener.services.retention.storage import storage
from screener.services.scoring.replay_scorecards import replay_scorecards
from tests.factories.market import NOW, copies_of, observe, observe_market, score, score_one

LATER = NOW + timedelta(days=400)
NOTHING = Retention(scorecard_days=0, observation_days=0, step_days=0)
ALL = Retention(scorecard_days=30, observation_days=30, step_days=30)


def pruned(retention=ALL, *, now=LATER, seconds=60.0):
    done = prune(retention, now=now, seconds=seconds)
    assert done.is_over == (seconds > 0 or not any(done.removed.values()))
    return done.removed


days_ago = st.floats(0, 700, allow_nan=False)


@given(st.lists(st.tuples(st.integers(1, 3), days_ago), max_size=60), st.integers(1, 60))
def test_the_last_card_of_each_period_stays_and_the_young_ones_all_do(cards, days):
    rows = sorted((asset, LATER - timedelta(days=ago)) for asset, ago in cards)
    stored = [StoredCard(pk, asset, at) for pk, (asset, at) in enumerate(rows)]
    gone = set(superfluous(stored, days=days, now=LATER))
    left = [card for card in stored if card.pk not in gone]
    assert all(card.scored_at < LATER - timedelta(days=days) for card in stored if card.pk in gone)
    for card in stored:
        week = (card.asset_id, card.scored_at.isocalendar()[:2])
        later = [
            each
            for each in left
            if (each.asset_id, each.scored_at.isocalendar()[:2]) == week and each.scored_at >= card.scored_at
        ]
        assert later or card.pk not in gone, "what went is spoken for by a later one of its week"
    assert set(superfluous(left, days=days, now=LATER)) == set()


def test_full_then_one_a_day_then_one_a_week():
    times = [datetime(2026, 3, day, hour, tzinfo=UTC) for day in (2, 3, 30, 31) for hour in (1, 20)]
    cards = [StoredCard(pk, 1, at) for pk, at in enumerate(times)]
    at = datetime(2026, 4, 10, tzinfo=UTC)
    assert set(superfluous(cards, days=100, now=at)) == set()
    assert set(superfluous(cards, days=10, now=at)) == {0, 2, 4}
    assert set(superfluous(cards, days=2, now=at)) == {0, 1, 2, 4, 5, 6}


@pytest.mark.django_db
def test_the_newest_card_and_a_case_stay_whatever_their_age():
    card = score_one()
    first = Case.objects.first()
    copies = copies_of(card, 3)
    assert pruned()["scorecards"] == 2
    assert set(Scorecard.objects.values_list("pk", flat=True)) == {first.scorecard_id, copies[-1].pk}


@pytest.mark.django_db
def test_what_refers_to_an_answer_keeps_it():
    observe_market([1, 2])
    score()
    unread = Observation.objects.create(
        **dict.fromkeys(("provider", "family"), "x"),
        request={},
        payload=Payload.keep(b"unread"),
        http_status=200,
        status="unreadable",
        as_of=NOW,
        known_at=NOW,
    )
    assert pruned(now=NOW + timedelta(days=29))["observations"] == 0
    assert pruned()["observations"] >= 1
    assert not Observation.objects.filter(pk=unread.pk).exists()
    cited = {each for card in Scorecard.objects.all() for each in card.observations}
    assert cited <= set(Observation.objects.values_list("pk", flat=True))
    assert all(replay.is_same for replay in replay_scorecards(Scorecard.objects.all()))


@pytest.mark.django_db
def test_steps_of_ended_runs_go_but_not_those_that_can_be_undone():
    for provider, state in (("sandbox", "done"), ("sandbox", "running"), (ANALYST, "done")):
        run = RefreshRun.objects.create(
            provider=provider,
            family="market",
            state=state,
            created_at=NOW,
            progressed_at=NOW,
            finished_at=NOW,
        )
        RefreshStep.objects.create(run=run, key="1", request={}, state="done")
    assert pruned()["steps"] == 1
    assert RefreshRun.objects.count() == 3
    assert RefreshStep.objects.count() == 2


@pytest.mark.django_db
def test_ended_sessions_go_and_live_ones_stay():
    for key, at in (("old", LATER - timedelta(days=1)), ("live", LATER + timedelta(days=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=at)
    assert pruned(NOTHING)["sessions"] == 1
    assert Session.objects.get().session_key == "live"


@pytest.mark.django_db
def test_nothing_else_goes_without_a_setting_and_time_ends_it():
    card = score_one()
    copies_of(card, 3)
    assert not any(pruned(NOTHING).values())
    assert Scorecard.objects.exclude(packed=None).count() == 3, "which takes nothing away"
    assert pruned(seconds=0.0) == {**dict.fromkeys(pruned(NOTHING), 0), "scorecards": 2}
    assert Asset.objects.count() == 1


A_YEAR = 365
KEPT_DAYS = 10
NAMES = ("Alpha", "Beta", "Gamma")


def cards_stored():
    return next(each for each in storage(now=NOW) if each.table == "screener_scorecard")


def a_day_of_answers(day):
    """Another price of each asset, its card, and what the worker does in the night, or once a week."""
    at = NOW + timedelta(days=day)
    assets = [AssetRef(kind="token", identifiers=(("x", name),), name=name) for name in NAMES]
    price = Decimal(1) + Decimal(day % 7) / 10
    observe(*(MarketRow(asset=each, as_of=at, price_usd=price, volume_24h_usd=9) for each in assets), at=at)
    score(now=at)
    if day % 7 == 0:
        label_cases(now=at + timedelta(hours=8))
    pruned(
        Retention(scorecard_days=KEPT_DAYS, observation_days=30, step_days=30), now=at + timedelta(hours=9)
    )


@pytest.mark.django_db
@pytest.mark.nightly
def test_a_year_of_daily_answers_stays_bounded_and_keeps_what_is_needed(capsys):
    halfway = None
    for day in range(A_YEAR):
        a_day_of_answers(day)
        halfway = cards_stored() if day == A_YEAR // 2 else halfway
    at_the_end = cards_stored()
    most = kept_of_a_year(A_YEAR * len(NAMES), assets=len(NAMES), days=KEPT_DAYS)
    assert at_the_end.rows <= most + 2 * len(NAMES) < A_YEAR * len(NAMES) / 2
    weekly = at_the_end.rows - halfway.rows
    assert weekly <= 2 * len(NAMES) * (A_YEAR / 2 / 7 + 1)
    if connection.vendor == "sqlite":  # PostgreSQL takes rows for dead when the test's transaction is over.
        assert at_the_end.bytes - halfway.bytes <= weekly * 2_000 + 16 * 4_096
    cards = Scorecard.objects.with_baselines().order_by("pk")
    assert all(each.is_same for each in replay_scorecards(cards))
    cases = Case.objects.filter(horizon_days=14)
    assert cases.count() >= len(NAMES) * (A_YEAR // 7)
    assert not cases.filter(due_at__lt=NOW + timedelta(days=A_YEAR - 22), labelled_at=None).exists()
    with capsys.disabled():
        sys.stdout.write(
            f"\na year of {A_YEAR * len(NAMES)} cards: {at_the_end.rows} stay in {at_the_end.bytes:,} bytes, "
            f"{at_the_end.bytes // at_the_end.rows:,} each\n"
        )
