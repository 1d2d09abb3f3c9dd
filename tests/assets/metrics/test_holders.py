import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assets.metrics.columns import Groups
from assets.metrics.facts import frame
from assets.metrics.holders import (
    EXCLUDED_TYPES,
    HOLDER_TYPES,
    herfindahl,
    most_of_owners,
    nakamoto_count,
    top_n_share,
    typed_by_pools,
)
from tests.assets.metrics.batch import measured

ADJUSTED = ["top_ten_adjusted_share", "largest_wallet_share", "holder_hhi", "nakamoto_count"]
LISTS = st.lists(st.floats(1e-6, 1), min_size=1, max_size=40).map(
    lambda weights: sorted((each / sum(weights) for each in weights), reverse=True)
)


def holders(*shares):
    """A list of one asset's holders, and their shares."""
    rows = pd.DataFrame({"asset_id": 1, "share": list(shares)}).astype({"share": float})
    grouped = Groups.of(rows, pd.Index([1]))
    return grouped, grouped["share"]


def positions(*shares, holder_type="wallet"):
    return [{"holder_type": holder_type, "share": share} for share in shares]


def test_ten_wallets_of_seven_percent():
    listed = holders(*[0.07] * 10)
    assert top_n_share(*listed) == pytest.approx([0.7])
    assert herfindahl(*listed) == pytest.approx([490])
    assert nakamoto_count(*listed) == pytest.approx([8])


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([0.51], 1),
        ([0.5, 0.1], 2),
        ([0.3, 0.2, 0.1], 3),  # 0.3 + 0.2 is a half, not more than a half
        ([0.2, 0.1, 0.1], 5),  # 0.4 listed; one more of at most 0.1 makes a half, two make more
        ([0.1, 0.05], 10),
    ],
)
def test_nakamoto(shares, expected):
    assert nakamoto_count(*holders(*shares)).tolist() == [expected]


@given(shares=LISTS)
def test_concentration_stays_in_its_range(shares):
    listed = holders(*shares)
    assert 0 < top_n_share(*listed)[0] <= 1 + 1e-9
    assert 10_000 / len(shares) - 1e-6 <= herfindahl(*listed)[0] <= 10_000 + 1e-6
    assert 1 <= nakamoto_count(*listed)[0] <= len(shares) // 2 + 1


@settings(max_examples=20)
@given(shares=LISTS)
def test_the_order_of_the_rows_does_not_matter(shares):
    found = [measured(positions=positions(*each)) for each in (shares, shares[::-1])]
    assert found[0][ADJUSTED].tolist() == pytest.approx(found[1][ADJUSTED].tolist(), nan_ok=True)


@settings(max_examples=20)
@given(shares=LISTS, holder_type=st.sampled_from(EXCLUDED_TYPES))
def test_adjusted_never_exceeds_raw_unless_units_were_burned(shares, holder_type):
    scaled = [each / 2 for each in shares]
    found = measured(
        positions=[*positions(*scaled), *positions(0.5, holder_type=holder_type)],
        holders={"holder_count": 41},
    )
    if holder_type == "burn":
        assert found["largest_wallet_share"] == pytest.approx(max(shares))
    elif not np.isnan(found["top_ten_adjusted_share"]):
        assert found["top_ten_adjusted_share"] <= found["top_ten_share"] + 1e-9


def test_a_bridge_does_not_count_as_a_whale():
    """As with MATIC, whose raw top ten held 96.8 % since one bridge held 96.2 %."""
    found = measured(positions=[*positions(0.962, holder_type="bridge"), *positions(*[0.0006] * 10)])
    assert found["top_ten_share"] == pytest.approx(0.9674)
    assert found["top_ten_adjusted_share"] == pytest.approx(0.006)
    assert found["largest_wallet_share"] == pytest.approx(0.0006)


def test_burned_units_are_taken_off_the_supply():
    found = measured(positions=[*positions(0.9, holder_type="burn"), *positions(*[0.008] * 10)])
    assert found["top_ten_adjusted_share"] == pytest.approx(0.8)
    assert found["nakamoto_count"] == 7


def test_a_reported_top_ten_without_positions_says_nothing_about_types():
    found = measured(holders={"holder_count": 900, "top_ten_share": 0.4})
    assert (found["holder_count"], found["top_ten_share"]) == (900, 0.4)
    assert found[ADJUSTED].isna().all()


def test_one_listed_holder_does_not_tell_the_other_nine():
    """The rest is held by somebody, perhaps by one."""
    found = measured(positions=positions(0.03))
    assert found[["top_ten_share", *ADJUSTED]].isna().all()
    assert measured(positions=positions(0.6))["largest_wallet_share"] == 0.6
    found = measured(positions=positions(0.03), holders={"holder_count": 900})
    assert found["largest_wallet_share"] == 0.03


@pytest.mark.parametrize("rest", [{"holders": {"holder_count": 2}}, {}])
def test_a_short_list_is_enough_when_it_is_all_there_is(rest):
    shares = (0.6, 0.4) if rest else (0.9, 0.1)
    found = measured(positions=positions(*shares), **rest)
    assert found["top_ten_adjusted_share"] == pytest.approx(sum(shares))
    assert found["nakamoto_count"] == 1


@pytest.mark.parametrize("shares", [(1.2, 0.1), (0.9, 0.9), (-0.1, 0.5), (None, 0.5)])
def test_a_list_that_contradicts_the_supply_counts_for_nothing(shares):
    assert measured(positions=positions(*shares))[ADJUSTED].isna().all()


@pytest.mark.parametrize("count", [3, 4, 5, 900])
def test_a_list_that_leaves_out_more_than_the_others_can_hold_is_not_that_of_the_largest(count):
    """Four listed with 9.7 % of the supply: as many as there are, or nearly, so that somebody is missing."""
    found = measured(positions=positions(0.083, 0.011, 0.0021, 0.0004), holders={"holder_count": count})
    assert found[["top_ten_share", *ADJUSTED, "holder_gini"]].isna().all()
    assert found["holder_count"] == count


def test_a_page_of_ten_says_nothing_of_the_other_twelve_thousand_but_that_they_hold_less():
    found = measured(positions=positions(*[0.03] * 10), holders={"holder_count": 12_000})
    assert found["top_ten_adjusted_share"] == pytest.approx(0.3)
    assert found["holder_hhi_low"] == pytest.approx(90)
    assert found["holder_hhi"] == pytest.approx(90 + 1e4 * 0.7 * 0.03)
    assert (found["nakamoto_count"], found["nakamoto_high_count"]) == (17, 6_001)
    assert np.isnan(found["holder_gini"])


def test_of_a_whole_list_there_is_one_figure():
    found = measured(positions=positions(*[0.1] * 10), holders={"holder_count": 10})
    assert (found["holder_hhi"], found["nakamoto_count"]) == (pytest.approx(1_000), 6)
    assert found["holder_gini"] == pytest.approx(0)
    ends = ["top_ten_adjusted_low_share", "holder_hhi_low", "nakamoto_high_count"]
    assert found[ends].isna().all()


@pytest.mark.parametrize("holder_type", ["contract", "unknown"])
def test_who_may_hold_for_others_makes_an_interval(holder_type):
    uncertain = positions(0.6, holder_type=holder_type)
    found = measured(positions=[*uncertain, *positions(*[0.01] * 20)], holders={"holder_count": 900})
    assert found["top_ten_adjusted_share"] == pytest.approx(0.69)
    assert found["top_ten_adjusted_low_share"] == pytest.approx(0.1)
    assert found["nakamoto_count"] == 1
    assert found["nakamoto_high_count"] == 451


def test_the_largest_wallet_is_a_wallet():
    rest = positions(*[0.01] * 20)
    found = measured(positions=[*positions(0.6, holder_type="contract"), *rest])
    assert found["largest_wallet_share"] == 0.01
    assert np.isnan(
        measured(positions=[*positions(0.6, holder_type="unknown"), *rest])["largest_wallet_share"]
    )
    assert np.isnan(measured(positions=positions(0.6, 0.4, holder_type="contract"))["largest_wallet_share"])


@pytest.mark.parametrize("count", [0, None])
@pytest.mark.parametrize("listed", [[], [0.0, 0.0]])
def test_an_empty_list_is_no_list(count, listed):
    found = measured(positions=positions(*listed), holders={"holder_count": count, "top_ten_share": 0})
    assert found[["holder_count", "top_ten_share", *ADJUSTED]].isna().all()


@settings(max_examples=60)
@given(shares=LISTS, types=st.lists(st.sampled_from(HOLDER_TYPES), min_size=40, max_size=40))
def test_the_ends_of_an_interval_stand_in_order(shares, types):
    rows = [{"holder_type": kind, "share": share} for kind, share in zip(types, shares, strict=False)]
    found = measured(positions=rows, holders={"holder_count": 50_000})
    assert not found["top_ten_adjusted_low_share"] > found["top_ten_adjusted_share"]
    assert not found["holder_hhi_low"] > found["holder_hhi"]
    assert not found["nakamoto_high_count"] < found["nakamoto_count"]


def test_everything_burned():
    found = measured(positions=positions(1.0, holder_type="burn"))
    assert found[ADJUSTED].isna().all()


def test_excluded_types_are_types():
    assert set(EXCLUDED_TYPES) < set(HOLDER_TYPES)


# The ten largest as a sum alone -------------------------------------------------------


def test_a_sum_alone_bounds_what_owners_have():
    """Of a fifth that ten have, all may be owners' or all may be burned, and then it is of four fifths."""
    told = measured(holders={"top_ten_share": 0.2})
    assert told["top_ten_most_share"] == pytest.approx(0.25)
    assert np.isnan(told["top_ten_adjusted_share"])


@pytest.mark.parametrize(("share", "most"), [(0.0, np.nan), (0.5, 1.0), (0.8, 1.0), (1.0, np.nan)])
def test_more_than_all_is_no_bound(share, most):
    """A share of nothing is a provider's word for "not known"."""
    told = measured(holders={"top_ten_share": share})["top_ten_most_share"]
    assert told == pytest.approx(most, nan_ok=True)


def test_a_list_needs_no_bound():
    told = measured(holders={"top_ten_share": 0.2, "holder_count": 2}, positions=positions(0.6, 0.4))
    assert np.isnan(told["top_ten_most_share"])


@given(
    st.lists(
        st.tuples(st.sampled_from(HOLDER_TYPES), st.floats(1e-4, 1)),
        min_size=1,
        max_size=30,
    )
)
def test_no_list_has_owners_of_more_than_its_sum_allows(weights):
    assume(sum(kind == "burn" for kind, _weight in weights) <= 10)
    total = sum(weight for _kind, weight in weights)
    listed = [{"holder_type": kind, "share": weight / total} for kind, weight in weights]
    top = sum(sorted((each["share"] for each in listed), reverse=True)[:10])
    told = measured(holders={"holder_count": len(listed)}, positions=listed)
    bound = most_of_owners(np.array([top]))[0]
    adjusted = told["top_ten_adjusted_share"]
    assert np.isnan(bound) or np.isnan(adjusted) or adjusted <= bound + 1e-9


@pytest.mark.parametrize(("holders", "least"), [(3, None), (458, None), (459, 459)])
def test_it_takes_no_more_holders_than_there_are(holders, least):
    """What a launchpad's curve holds is no owner's: the rest is never a majority."""
    rows = [*positions(0.5, 0.49, holder_type="pool"), *positions(0.0010908)]
    count = measured(holders={"holder_count": holders}, positions=rows)["nakamoto_count"]
    assert count == least if least else np.isnan(count)


def test_a_list_of_fewer_than_ten_owners_bounds_what_ten_have():
    rows = [*positions(0.05, holder_type="pool"), *positions(0.003, 0.002)]
    figures = measured(holders={"holder_count": 3_000}, positions=rows)
    assert figures["top_ten_adjusted_share"] == pytest.approx(0.005)
    assert figures["top_ten_adjusted_most_share"] == pytest.approx(0.005 + 8 * 0.002)
    whole = measured(holders={"holder_count": 3_000}, positions=positions(*[0.01] * 12))
    assert np.isnan(whole["top_ten_adjusted_most_share"])


# Pools that others name ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("position", "pool", "expected"),
    [
        ({"holder_type": "contract"}, {}, "pool"),
        ({"holder_type": "wallet"}, {}, "pool"),
        ({"holder_type": "unknown"}, {"quote_is_listed": True}, "pool"),
        ({"holder_type": "locker"}, {}, "locker"),
        ({"holder_type": "burn"}, {}, "burn"),
        ({"holder_type": "contract"}, {"address": "0xb"}, "contract"),
        ({"holder_type": "contract"}, {"asset_id": 2}, "contract"),
        ({"holder_type": "contract"}, {"quote_is_listed": False}, "contract"),
        ({"holder_type": "contract", "address": ""}, {"address": ""}, "contract"),
    ],
    ids=[
        *(
            "a contract",
            "a wallet",
            "nobody says what it is",
            "a locker stays one",
            "nobody's stays nobody's",
        ),
        *("another address", "a pool of another asset", "its quote is worth nothing", "no address"),
    ],
)
def test_who_has_the_address_of_a_pool_is_one(position, pool, expected):
    positions = frame("positions", [{"asset_id": 1, "address": "0xa", "share": 0.4, **position}])
    pools = frame("pools", [{"asset_id": 1, "address": "0xa", **pool}])
    typed = typed_by_pools(positions, pools)
    assert typed["holder_type"].tolist() == [expected]
    assert typed["holder_type"].dtype == positions["holder_type"].dtype
    assert positions["holder_type"].tolist() == [position["holder_type"]], "what was told stays"


def test_without_pools_or_holders_nothing_changes():
    positions = frame("positions", [{"asset_id": 1, "holder_type": "wallet", "address": "0xa", "share": 1}])
    assert typed_by_pools(positions, frame("pools", ())) is positions
    assert typed_by_pools(frame("positions", ()), frame("pools", [{"asset_id": 1, "address": "0xa"}])).empty
