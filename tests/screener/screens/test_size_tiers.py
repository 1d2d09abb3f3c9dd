"""Size tiers by anybody's limits, as cards have them by the checklist's."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.market import tiers
from screener.screens.evaluate import percentiles
from screener.screens.size_tiers import tier_of, under_tiers
from screener.screens.tier_limits import (
    OF_CHECKLIST,
    KindLimits,
    TierLimits,
    Whose,
    read_limits,
)
from tests.screener.screens.steps import SOME_STEPS
from tests.screener.screens.tables import NAN, table_of

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
