from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.families import FAMILY_OF, MARKET, POOLS, SUPPLY
from assets.metrics.precedence import known_in, resolve
from assets.metrics.second_readings import second_readings

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
SECONDS = {"node_second": "node"}


def row(provider, *, minutes_ago=0, asset_id=1, **fields):
    as_of = pd.Timestamp(NOW - timedelta(minutes=minutes_ago))
    return {"asset_id": asset_id, "provider": provider, "as_of": as_of, **fields}


def read(*rows, family=SUPPLY, columns=("total",), providers=("node", "node_second", "scanner")):
    kind = FAMILY_OF[family]
    frame = pd.DataFrame(rows).assign(pk=range(len(rows))).astype(dict.fromkeys(columns, float))
    known = known_in(frame, columns, family=kind)
    resolution = resolve(
        frame,
        family=kind,
        providers=providers,
        known=known,
        denied=known & False,
        columns=columns,
    )
    return second_readings(frame, resolution, family=kind, known=known, columns=columns, seconds=SECONDS)


@pytest.mark.parametrize(
    ("other", "minutes_ago", "holds"),
    [(102, 0, False), (102.1, 0, True), (97.9, 0, True), (150, 120, True), (150, 121, False)],
)
def test_supplies_differ_from_two_percent_on_within_two_hours(other, minutes_ago, holds):
    found = read(row("node", total=100), row("node_second", total=other, minutes_ago=minutes_ago))
    assert (found is not None) == holds
    if holds:
        (one,) = found.to_dict("records")
        assert one == {"asset_id": 1, "frame": "supply", "place": "", "field": "total", "against": other}


def test_the_newest_word_of_either_node_is_compared():
    found = read(
        row("node", total=100),
        row("node_second", total=150, minutes_ago=30),
        row("node_second", total=100, minutes_ago=5),
    )
    assert found is None


def test_a_second_node_whose_word_counts_is_compared_with_the_first():
    found = read(row("node", total=None), row("node_second", total=100), columns=("total",))
    assert found is None, "the first one says nothing of it"
    found = read(row("node_second", total=100), row("node", total=50), providers=("node_second", "node"))
    assert found["against"].tolist() == [50]


def test_what_a_scanner_tells_before_the_nodes_is_not_theirs():
    rows = row("scanner", total=80), row("node", total=100), row("node_second", total=150)
    assert read(*rows, providers=("scanner", "node", "node_second")) is None


def pool(provider, *, address="0xa", **fields):
    return row(provider, address=address, chain="base", **fields)


@pytest.mark.parametrize(
    ("field", "first", "second", "minutes_ago", "holds"),
    [
        ("base_reserve", 100, 109, 10, False),
        ("base_reserve", 100, 111, 10, True),
        ("base_reserve", 100, 111, 11, False),
        ("lp_burned_share", 0.5, 0.52, 0, False),
        ("lp_burned_share", 0.5, 0.53, 120, True),
        ("lp_free_share", 0.0, 0.5, 0, True),
    ],
)
def test_pools_differ_by_their_reserves_and_by_who_holds_them(field, first, second, minutes_ago, holds):
    found = read(
        pool("node", **{field: first}),
        pool("node_second", minutes_ago=minutes_ago, **{field: second}),
        pool("node", address="0xb", **{field: first}),
        family=POOLS,
        columns=(field,),
    )
    assert (found is not None) == holds
    if holds:
        assert found[["place", "field", "against"]].to_numpy().tolist() == [["0xa", field, second]]


def test_other_families_and_other_providers_are_not_looked_at():
    assert (
        read(row("node", price_usd=1), row("node_second", price_usd=9), family=MARKET, columns=("price_usd",))
        is None
    )
    assert read(row("node", total=1), row("scanner", total=9)) is None


SHARE = st.none() | st.floats(0, 1)


@given(SHARE, SHARE, st.integers(0, 300))
def test_whichever_node_is_the_first_the_same_share_is_questioned(first, second, minutes_ago):
    """Who says nothing contradicts nobody, nor does who says the same."""
    rows = (
        pool("node", lp_burned_share=first),
        pool("node_second", lp_burned_share=second, minutes_ago=minutes_ago),
    )
    orders = (("node", "node_second"), ("node_second", "node"))
    found = [read(*rows, family=POOLS, columns=("lp_burned_share",), providers=each) for each in orders]
    holds = {each is not None for each in found}
    assert len(holds) == 1
    if None in (first, second) or first == second or minutes_ago > 120:
        assert holds == {False}
