from datetime import timedelta

import pytest

from tests.assets.metrics.batch import NOW
from tests.assets.metrics.witnesses.looking import asked, asked_by


def more_than_exists(supply, **market):
    return asked_by("more_than_exists", supply=supply, market=market)


@pytest.mark.parametrize(
    ("circulating", "fields"),
    [(100, []), (100.05, []), (101, ["float_share"]), (111, ["float_share", "circulating", "total"])],
)
def test_more_cannot_circulate_than_exists(circulating, fields):
    assert more_than_exists({"circulating": circulating, "total": 100}) == fields


def test_the_figure_that_the_reported_value_counts_is_believed():
    supply = {"circulating": 500, "total": 100, "maximum": 200}
    assert more_than_exists(supply, units_in_cap=500) == ["float_share", "maximum", "total"]
    assert more_than_exists(supply, units_in_diluted=100) == ["float_share", "circulating"]


def test_what_is_not_known_contradicts_nothing():
    assert more_than_exists({"circulating": 500}) == more_than_exists({"total": 100}) == []
    assert asked_by("more_than_exists", kind="equity", supply={"circulating": 9, "total": 1}) == []


@pytest.mark.parametrize(
    ("then", "fields"),
    [(1, []), (0.9, ["circulating_year_ago"]), (200, []), (201, ["circulating_year_ago"]), (None, [])],
)
def test_a_supply_a_year_ago_of_another_unit_is_questioned(then, fields):
    assert asked_by("year_ago", supply={"circulating": 100, "circulating_year_ago": then}) == fields


@pytest.mark.parametrize(
    ("frame", "field"),
    [
        ("holders", "top_ten_share"),
        ("contract", "creator_share"),
        ("fundamentals", "public_float_share"),
        ("fundamentals", "insider_share"),
    ],
)
@pytest.mark.parametrize(
    ("share", "is_asked"), [(1.0, False), (1.005, False), (1.01, True), (45, True), (None, False)]
)
def test_no_part_is_more_than_the_whole(frame, field, share, is_asked):
    assert asked_by("above_the_whole", **{frame: {field: share}}) == [field] * is_asked


def test_one_pool_or_holder_of_several_is_meant():
    pools = [{"address": "a", "lp_burned_share": 0.5}, {"address": "b", "lp_burned_share": 95}]
    assert asked_by("above_the_whole", pools=pools) == ["lp_burned_share"]


@pytest.mark.parametrize(("total", "fields"), [(1e8, []), (1.01e8, ["total"]), (1e26, ["total"]), (None, [])])
def test_a_total_in_the_units_of_the_contract_is_questioned(total, fields):
    assert asked_by("other_unit", supply={"circulating": 100, "total": total}) == fields
    assert asked_by("other_unit", supply={"total": total}) == []
    assert asked_by("other_unit", kind="equity", supply={"circulating": 100, "total": total}) == []


def test_so_is_a_max():
    supply = {"circulating": 100, "total": 100, "maximum": 1e20}
    assert asked_by("other_unit", supply=supply) == ["maximum"]


def counted(days_ago, **figures):
    return figures | {f"{name}_at": NOW - timedelta(days=days_ago) for name in figures}


@pytest.mark.parametrize(("ratio", "unit"), [(10, 10), (0.001, 0.001), (None, None)])
def test_supplies_of_before_a_change_of_units_are_read_in_todays(ratio, unit):
    day = NOW - timedelta(days=3)
    change = [{"event": "redenomination", "happened_on": day, "earliest_on": day, "ratio": ratio}]

    def asks(witness, now, then):
        supply = counted(0, circulating=now) | counted(5, total=then)
        return asked_by(witness, supply=supply, capital=change)

    times = unit or 1e9
    over = ["float_share", "circulating", "total"] if unit else []
    assert asks("more_than_exists", 90 * times, 100) == []
    assert asks("more_than_exists", 300 * times, 100) == over
    assert asks("other_unit", times, 1e5) == []
    assert asks("other_unit", times, 1e7) == (["total"] if unit else [])


def test_what_a_witness_says_is_in_the_unit_of_the_figure():
    day = NOW - timedelta(days=3)
    change = [{"event": "redenomination", "happened_on": day, "earliest_on": day, "ratio": 10}]
    supply = counted(0, circulating=3_000) | counted(5, total=100)
    found = asked(supply=supply, capital=change)
    assert [each[2:] for each in found if each[0] == "supply"] == [
        ("circulating", 3_000, 1_000),
        ("total", 100, 300),
    ]


@pytest.mark.parametrize(
    ("days", "fields"), [(7, ["float_share", "circulating", "total"]), (8, ["float_share"])]
)
def test_totals_of_another_time_leave_open_which_figure_is_wrong(days, fields):
    """More in circulation than in existence is no float, whenever either was counted."""
    then = NOW - timedelta(days=days)
    assert (
        more_than_exists({"circulating": 500, "circulating_at": NOW, "total": 100, "total_at": then})
        == fields
    )
