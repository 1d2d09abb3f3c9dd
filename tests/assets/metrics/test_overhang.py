from datetime import timedelta

import numpy as np
import pytest

from assets.metrics.overhang import warrants_of
from assets.metrics.unit_changes import UnitChanges
from tests.assets.metrics.batch import NOW, facts_of_one, measured

READ = {"subject": "offerings", "read_until": NOW}
SHARES = {"circulating": 10e6, "circulating_at": NOW}
PRICE = {"price_usd": 2.0, "price_usd_at": NOW, "volume_24h_usd": 100_000.0}


def day(days_ago):
    return (NOW - timedelta(days=days_ago)).date()


def offering(days_ago, kind, accession="a", **terms):
    told = {"accession": accession, "subject": "offering", "event": kind, "filed_on": day(days_ago)}
    return told | {"form": "424B5"} | terms


def capital(days_ago, event, **terms):
    return {"event": event, "happened_on": NOW - timedelta(days=days_ago)} | terms


def found(*offerings, events=(), readings=(READ,), market=PRICE, **facts):
    return measured(
        kind="equity",
        filing_events=list(offerings),
        capital=list(events),
        readings=list(readings),
        supply=SHARES,
        market=market,
        **facts,
    )


def test_without_offerings_there_is_none_where_somebody_looked():
    assert found()["overhang_share"] == 0
    assert np.isnan(found(readings=())["overhang_share"])
    assert (found()["overhang_open"], found(readings=())["overhang_open"]) == (0, 1)


def direct(days_ago, accession="a"):
    return offering(days_ago, "registered_direct", accession, warrants=2e6)


@pytest.mark.parametrize(
    ("offerings", "share"),
    [
        ([direct(30)], 0.2),
        ([direct(30), direct(33, "b")], 0.2),
        ([direct(30), direct(90, "b")], 0.4),
        ([direct(1_200)], 0),
        ([offering(30, "resale", warrants=2e6)], 0),
        ([offering(30, "atm", amount_usd=3e6)], 0.15),
        ([offering(30, "atm", amount_usd=3e6, room_usd=1e6)], 0.05),
        ([offering(300, "atm", amount_usd=3e6), offering(30, "atm", "b", amount_usd=1e6)], 0.05),
        ([offering(300, "atm", amount_usd=3e6), offering(30, "shelf_withdrawn", "b")], 0),
    ],
)
def test_what_may_still_come(offerings, share):
    assert found(*offerings)["overhang_share"] == pytest.approx(share)


def test_a_split_makes_fewer_shares_of_warrants():
    split = capital(20, "reverse_split", ratio=0.1, evidence="reported")
    held = offering(30, "registered_direct", warrants=2e6)
    assert found(held, events=[split])["warrants_share"] == pytest.approx(0.02)


def test_notes_and_programmes_that_others_tell_of_count_by_their_amount():
    events = [capital(30, "convertible", amount_usd=2e6), capital(40, "at_the_market", amount_usd=1e6)]
    measures = found(events=events)
    assert measures["overhang_share"] == pytest.approx(0.15)
    assert measures["overhang_days"] == pytest.approx(30)


@pytest.mark.parametrize(
    ("events", "unsized"),
    [
        ([], 0),
        ([capital(30, "at_the_market"), capital(60, "convertible")], 2),
        ([capital(30, "at_the_market", amount_usd=1e6)], 0),
        ([capital(800, "equity_line")], 0),
    ],
)
def test_a_programme_of_unknown_size_is_one(events, unsized):
    assert found(events=events)["unsized_programmes"] == unsized


def test_an_amount_without_a_price_is_no_share():
    assert np.isnan(found(offering(30, "atm", amount_usd=3e6), market={})["overhang_share"])
    priced = offering(30, "atm", amount_usd=3e6, price_usd=3.0)
    assert found(priced, market={})["overhang_share"] == pytest.approx(0.1)


@pytest.mark.parametrize(("amount", "share"), [(1e6, 0.05), (100e6, 1 / 3)])
def test_a_small_company_may_sell_a_third_of_its_float(amount, share):
    shelf = capital(100, "shelf", amount_usd=amount)
    assert found(events=[shelf])["shelf_room_share"] == pytest.approx(share)
    half = found(events=[shelf], fundamentals={"public_float_share": 0.5})
    assert half["shelf_room_share"] == pytest.approx(min(share, 1 / 6))


def test_warrants_have_their_price_in_units_of_today_and_each_sale_stands_once():
    split = capital(20, "reverse_split", ratio=0.1, evidence="reported")
    told = facts_of_one(
        kind="equity",
        filing_events=[
            offering(30, "registered_direct", warrants=2e6, strike_usd=0.5),
            offering(33, "registered_direct", "b", warrants=2e6, strike_usd=0.5),
            offering(10, "registered_direct", "c", warrants=3e5),
        ],
        capital=[split],
    )
    warrants = warrants_of(told, UnitChanges.of(told))
    assert warrants.shares == pytest.approx([3e5, 2e5])
    assert warrants.strike_usd == pytest.approx([np.nan, 5.0], nan_ok=True)
    assert [*warrants.sales.rows["accession"]] == ["c", "a"]
