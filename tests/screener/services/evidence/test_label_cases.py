from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset, Observation, Payload, RefreshRun
from assets.services.storing.store import store_rows
from assets.sourcing import rows as told
from screener.models import Case
from screener.services.evidence.label_cases import BATCH, FIRST, TRY_FOR, label_cases
from screener.services.retention.pack import pack_scorecards
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db

SCAN = datetime(2026, 1, 5, 12, tzinfo=UTC)
DUE = SCAN + timedelta(days=14)
NIGHT = datetime(2026, 1, 20, 3, 20, tzinfo=UTC)
THEN = {"price_usd": 1.0, "liquidity_usd": 100_000.0}
EQUITY = {"filings_late_24m": 1.0, "filings_missing_24m": 0.0, "venue_level": 0.0}


def known(*rows, at=DUE, family="market"):
    """What a provider told at this moment."""
    RefreshRun.objects.get_or_create(
        provider="sandbox", family="market", state="done", defaults={"created_at": at, "progressed_at": at}
    )
    observation = Observation.objects.create(
        provider="sandbox",
        family=family,
        request={},
        payload=Payload.keep(b"{}"),
        http_status=200,
        status=Observation.Status.PARSED,
        as_of=at,
        known_at=at,
    )
    store_rows(observation=observation, rows=rows)


def ref(name, kind="token"):
    return told.AssetRef(kind=kind, identifiers=(("x", name),), name=name)


def market(name, price, at=DUE, kind="token"):
    known(told.MarketRow(asset=ref(name, kind), as_of=at, price_usd=Decimal(str(price))), at=at)


def pool(name, reserve, at=DUE):
    row = told.PoolRow(asset=ref(name), as_of=at, address="0x1", dex="dex", reserve_usd=Decimal(reserve))
    known(row, at=at, family="pools")


def case_of(name, figures=None, kind="token", scanned_at=SCAN, days=14):
    known(told.ListingRow(asset=ref(name, kind), as_of=scanned_at), at=scanned_at, family="listing")
    of = Asset.objects.get(identifiers__value=name)
    scanned = make_card(of, scored_at=scanned_at, figures=THEN if figures is None else figures)
    return Case.objects.create(
        asset=of,
        scorecard=scanned,
        scanned_at=scanned_at,
        horizon_days=days,
        due_at=scanned_at + timedelta(days=days),
    )


def labelled(case, now=NIGHT):
    assert label_cases(now=now) is None
    case.refresh_from_db()
    return case.outcome, case.events, case.labelled_at


@pytest.mark.parametrize("is_packed", [False, True])
def test_price_and_liquidity_as_they_were_is_nothing_bad(is_packed):
    case = case_of("Alpha")
    if is_packed:
        make_card(case.asset, scored_at=DUE)
        assert sum(pack_scorecards([case.asset_id])) == 1
    market("Alpha", 0.8)
    pool("Alpha", 90_000)
    assert labelled(case) == (False, [], NIGHT)


@pytest.mark.parametrize(
    ("price", "reserve", "events"),
    [
        (0.1, 100_000, ["price_lost"]),
        (1.0, 10_000, ["liquidity_lost"]),
        (0.01, 0, ["liquidity_lost", "price_lost"]),
    ],
)
def test_a_loss_of_90_percent_is_bad(price, reserve, events):
    case = case_of("Alpha")
    market("Alpha", price)
    pool("Alpha", reserve)
    assert labelled(case) == (True, events, NIGHT)


def test_what_is_not_due_is_left_alone():
    case = case_of("Alpha", days=90)
    market("Alpha", 0.01)
    assert labelled(case) == (None, [], None)


def test_the_facts_of_a_day_earlier_are_too_old_for_a_price():
    case = case_of("Alpha", {"price_usd": 1.0})
    market("Alpha", 1.0, at=DUE - timedelta(hours=25))
    assert labelled(case) == (None, ["no_price"], None)


def test_without_facts_it_waits_and_tries_again():
    case = case_of("Alpha")
    assert labelled(case) == (None, ["no_price", "no_liquidity"], None)
    later = NIGHT + timedelta(days=3)
    market("Alpha", 0.05, at=later)
    assert labelled(case, now=later) == (True, ["price_lost"], later)


def test_after_two_weeks_it_is_closed_as_not_known():
    case, late = case_of("Alpha"), DUE + TRY_FOR
    assert labelled(case, now=late - timedelta(seconds=1))[2] is None
    assert labelled(case, now=late) == (None, ["unknown", "no_price", "no_liquidity"], late)
    market("Alpha", 1.0, at=late)
    pool("Alpha", 100_000, at=late)
    assert labelled(case, now=late + timedelta(days=1))[2] == late, "what is closed stays closed"


def test_a_scan_without_a_price_is_closed_at_once():
    case = case_of("Alpha", {})
    market("Alpha", 1.0)
    assert labelled(case) == (None, ["unknown", "no_price_at_scan"], NIGHT)


def test_a_server_that_was_down_labels_by_what_was_known_then():
    case, months_later = case_of("Alpha", {"price_usd": 1.0}), DUE + timedelta(days=100)
    market("Alpha", 0.9)
    market("Alpha", 0.01, at=months_later)
    assert labelled(case, now=months_later) == (False, [], months_later)


def equity(figures=()):
    return case_of("Acme", THEN | EQUITY | dict(figures), kind="equity")


def paper(late=1, missing=0, **venue):
    """What registers say of Acme on the day."""
    at, of = DUE, ref("Acme", "equity")
    market("Acme", 1.0, kind="equity")
    known(
        told.BookRow(
            asset=of,
            as_of=at,
            venue="X",
            pair="ACME/USD",
            bid_usd=Decimal("0.99"),
            ask_usd=Decimal("1.01"),
            depth_up_usd=Decimal(50_000),
            depth_down_usd=Decimal(50_000),
        ),
        family="books",
    )
    filing = {"filings_due_24m": 8, "filings_late_24m": late, "filings_missing_24m": missing}
    known(told.FilingRow(asset=of, as_of=at, **filing), family="filings")
    if venue:
        known(told.VenueRow(asset=of, as_of=at, venue="Nasdaq", **venue), family="venue")


@pytest.mark.parametrize(
    ("told_now", "outcome"),
    [
        pytest.param({"tier": "exchange", "suspended_24m": False}, (False, []), id="as it was"),
        pytest.param({"late": 2, "tier": "exchange"}, (True, ["filed_late"]), id="one more is late"),
        pytest.param({"missing": 1, "tier": "exchange"}, (True, ["filed_late"]), id="one is missing"),
        pytest.param({"tier": "exchange", "suspended_24m": True}, (True, ["halted"]), id="suspended"),
        pytest.param({"tier": "caveat_emptor"}, (True, ["halted"]), id="buyers are warned"),
        pytest.param({}, (None, ["no_venue"]), id="no word of the venue"),
    ],
)
def test_what_befalls_a_company(told_now, outcome):
    case = equity()
    paper(**told_now)
    assert labelled(case)[:2] == outcome


def test_a_company_that_was_suspended_before_the_scan_is_not_halted_by_it():
    case = equity()
    before = SCAN - timedelta(days=30)
    row = told.VenueRow(asset=ref("Acme", "equity"), as_of=before, venue="Nasdaq", suspended_24m=True)
    known(row, at=before, family="venue")
    paper(tier="exchange", suspended_24m=True)
    assert labelled(case)[:2] == (False, [])


@pytest.mark.parametrize(
    ("event", "ratio", "price", "outcome"),
    [
        pytest.param("split", 20.0, 0.05, (False, []), id="a split is no loss"),
        pytest.param("reverse_split", 0.05, 1.0, (True, ["price_lost"]), id="a reverse split hides none"),
        pytest.param("split", None, 0.05, (None, ["no_price"]), id="a split of a ratio nobody knows"),
        pytest.param("offering", 20.0, 1.0, (False, []), id="an offering is no split"),
    ],
)
def test_prices_are_those_of_the_units_of_the_scan(event, ratio, price, outcome):
    case = case_of("Acme", {"price_usd": 1.0}, kind="equity")
    day = (SCAN + timedelta(days=7)).date()
    row = {"asset": ref("Acme", "equity"), "event": event, "happened_on": day, "ratio": ratio}
    for times in (1, 2):
        known(told.CapitalRow(as_of=DUE - timedelta(hours=times), **row), family="capital")
    market("Acme", price, kind="equity")
    assert labelled(case)[:2] == outcome


def test_a_slice_of_time_says_where_to_go_on():
    cases = [case_of(name, {"price_usd": 1.0}) for name in ("Alpha", "Beta")]
    Case.objects.filter(pk=cases[1].pk).update(due_at=DUE + timedelta(hours=13))
    market("Alpha", 1.0)
    market("Beta", 1.0, at=DUE + timedelta(hours=13))
    place = label_cases(now=NIGHT, seconds=0)
    assert place == (DUE, cases[0].pk), "a batch is one day"
    assert list(Case.objects.filter(outcome=False)) == [cases[0]]
    place = label_cases(now=NIGHT, after=place, seconds=0)
    assert label_cases(now=NIGHT, after=place, seconds=0) is None
    assert Case.objects.filter(outcome=False).count() == 2
    assert label_cases(now=NIGHT, after=FIRST) is None


def test_many_cost_as_many_queries_as_one(django_assert_max_num_queries):
    cases = [case_of(f"Coin {number}", {"price_usd": 1.0}) for number in range(40)]
    rows = [
        told.MarketRow(
            asset=ref(f"Coin {number}"), as_of=DUE, price_usd=Decimal("1" if number % 2 else "0.01")
        )
        for number in range(40)
    ]
    known(*rows)
    assert len(cases) < BATCH
    with django_assert_max_num_queries(50):
        label_cases(now=NIGHT)
    assert Case.objects.filter(outcome=True).count() == 20


def test_an_asset_without_any_facts_is_not_known():
    bare = make_asset("Bare")
    scanned = make_card(bare, scored_at=SCAN, figures=THEN)
    case = Case.objects.create(asset=bare, scorecard=scanned, scanned_at=SCAN, horizon_days=14, due_at=DUE)
    assert labelled(case)[:2] == (None, ["no_price", "no_liquidity"])
