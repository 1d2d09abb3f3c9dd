"""Size tiers by anybody's limits: as cards have them by the checklist's, and read as they are written."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.market import TIERS, tiers
from screener.screens.evaluate import percentiles
from screener.screens.size_tiers import (
    MOST_USD,
    OF_CHECKLIST,
    KindLimits,
    TierLimits,
    TierLimitsError,
    Whose,
    limits_as_typed,
    read_limits,
    steps_of,
    tier_of,
    under_tiers,
)
from tests.screener.screens.tables import NAN, table_of

AMOUNTS = st.floats(min_value=0.01, max_value=MOST_USD, allow_nan=False)
STEPS = st.lists(AMOUNTS, min_size=4, max_size=4, unique=True).map(
    lambda limits: tuple(zip(("nano", "micro", "small", "mid"), sorted(limits), strict=True))
)
SOME_STEPS = st.tuples(STEPS, st.booleans()).map(lambda pair: pair[0][1:] if pair[1] else pair[0])
LIMITS = st.builds(
    lambda token, equity: TierLimits(token=KindLimits(steps=token), equity=KindLimits(steps=equity)),
    SOME_STEPS,
    SOME_STEPS,
)
SIZES = st.one_of(st.just(NAN), st.floats(min_value=1e3, max_value=1e12))
ASSETS = st.lists(st.tuples(st.sampled_from(["token", "equity"]), SIZES, SIZES, SIZES), max_size=8)
NANO = "nano:100m,micro:200m,small:7b,mid:9b"


def judged(assets):
    """The table of these assets, each in the tier that its card would have."""
    columns = [*zip(*assets, strict=True)] or [(), (), (), ()]
    named = tiers(columns[0], *(np.array(each, dtype=float) for each in columns[1:]))
    return table_of(
        *(
            {"kind": kind, "market_cap": cap, "fdv": diluted, "public_float_usd": public, "tier": tier}
            for (kind, cap, diluted, public), tier in zip(assets, named, strict=True)
        )
    )


def shown(table):
    coded = table.categories["tier"]
    return [coded.labels[code] for code in coded.codes]


@given(assets=ASSETS, limits=LIMITS)
def test_a_table_under_limits_has_the_tiers_that_its_cards_would_have_by_them(assets, limits):
    seen = under_tiers(judged(assets), limits)
    columns = [*zip(*assets, strict=True)] or [(), (), (), ()]
    sizes = [np.array(each, dtype=float) for each in columns[1:]]
    # Where the card had none, a float was left out; where FDV decides now, none was needed.
    sizes[2] = np.where(np.array(shown(judged(assets)), dtype=object) == "", np.nan, sizes[2])
    assert shown(seen) == tiers(columns[0], *sizes, steps=limits.steps).tolist()
    assert list(seen.categories["tier"].labels) == sorted(set(shown(seen)))


@given(assets=ASSETS, limits=LIMITS)
def test_one_asset_has_the_tier_that_it_has_in_the_table(assets, limits):
    table = judged(assets)
    names = ("market_cap_usd", "fully_diluted_usd", "public_float_usd")
    by_figures = [
        tier_of(
            {name: size for name, size in zip(names, sizes, strict=True) if size == size},
            kind=kind,
            judged=tier,
            limits=limits,
        )
        for (kind, *sizes), tier in zip(assets, shown(table), strict=True)
    ]
    assert by_figures == shown(under_tiers(table, limits))


def test_the_checklists_limits_leave_the_table_as_it_is():
    table = table_of({"kind": "token", "market_cap": 5e6, "tier": "micro"})
    assert under_tiers(table, OF_CHECKLIST) is table
    assert tier_of({"market_cap_usd": 5e6}, kind="token", judged="micro", limits=OF_CHECKLIST) == "micro"


def test_a_float_that_its_card_did_not_believe_gives_no_tier_by_other_limits():
    """Its price and its number of shares contradict each other: nobody knows the size."""
    own = OF_CHECKLIST.with_own({"equity": read_limits(NANO)}, whose=Whose.PROFILE)
    row = {"kind": "equity", "public_float_usd": 40e6}
    assert shown(under_tiers(table_of({**row, "tier": ""}, {**row, "tier": "nano"}), own)) == ["", "nano"]


def test_percentiles_are_among_those_of_the_same_tier_by_the_limits_in_use():
    rows = [
        {"kind": "token", "market_cap": cap, "tier": "micro", "volume": volume}
        for cap, volume in ((10e6, 1.0), (20e6, 2.0), (60e6, 3.0), (70e6, 4.0))
    ]
    split = read_limits("nano:50m,micro:100m,small:2b,mid:10b")
    own = OF_CHECKLIST.with_own({"token": split}, whose=Whose.PROFILE)
    table = under_tiers(table_of(*rows), own)
    found = percentiles(table.numbers["volume"], table.peer_groups, table.categories["tier"].missing)
    assert found.tolist() == [0, 100, 0, 100]


@given(steps=SOME_STEPS)
def test_limits_are_read_back_as_they_are_written(steps):
    assert steps_of(dict(steps)) == steps
    if len(typed := limits_as_typed(steps)) <= 120:
        assert read_limits(typed) == steps


@pytest.mark.parametrize(
    "text",
    [
        "nano:50m,micro:300m,small:2b,mid:10b",
        " Micro : $100m , SMALL:2bn,mid:10b",
    ],
)
def test_limits_are_read_as_people_write_them(text):
    assert [name for name, _limit in read_limits(text)][-3:] == ["micro", "small", "mid"]


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("", ""),
        ("micro", ""),
        ("giant:1b", ""),
        ("micro:1m,micro:2m,small:2b,mid:10b", ""),
        ("large:1m,small:2b,mid:10b", ""),
        ("micro:100m,small:2b", "mid"),
        ("micro:some,small:2b,mid:10b", "micro"),
        ("micro:0,small:2b,mid:10b", "micro"),
        ("micro:-5m,small:2b,mid:10b", "micro"),
        ("micro:100m,small:100m,mid:10b", "small"),
        ("nano:200m,micro:100m,small:2b,mid:10b", "micro"),
        ("micro:100m,small:2b,mid:1e200", "mid"),
        ("micro:100m,small:2b,mid:" + "9" * 200, ""),
    ],
)
def test_what_makes_no_limits_is_refused_with_its_tier(text, tier):
    with pytest.raises(TierLimitsError) as refusal:
        read_limits(text)
    assert refusal.value.tier == tier


@pytest.mark.parametrize("limit", [None, "2b", float("nan"), float("inf"), True])
def test_stored_limits_that_are_no_amounts_are_refused(limit):
    with pytest.raises(TierLimitsError):
        steps_of({"micro": 1e8, "small": limit, "mid": 1e10})


@given(text=st.text(alphabet="nanomicrsldlge:,0123456789.bmk $", max_size=130))
def test_any_text_is_read_or_refused(text):
    try:
        steps = read_limits(text)
    except TierLimitsError:
        return
    limits = [limit for _name, limit in steps]
    assert limits == sorted(set(limits))
    assert {name for name, _limit in steps} < set(TIERS)


def test_limits_of_ones_own_hold_for_the_kinds_of_which_they_are():
    own = OF_CHECKLIST.with_own({"token": read_limits(NANO)}, whose=Whose.PROFILE, profile="Mine")
    assert (own.token.whose, own.token.profile, own.equity) == (Whose.PROFILE, "Mine", OF_CHECKLIST.equity)
    same = OF_CHECKLIST.with_own({"token": OF_CHECKLIST.token.steps}, whose=Whose.OPERATOR)
    assert same.token.whose is Whose.CHECKLIST, "who sets the same has set nothing"
