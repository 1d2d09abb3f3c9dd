from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.checklist import DIMENSIONS, Dimension
from screener.checklist.bands import LOG, AtLeast, AtMost, Within
from screener.checklist.profiles import Changes, ProfileError, adjusted
from screener.checklist.types import criterion


def made(bands, *, kinds=("token",), sectors=(), weight=2):
    @criterion(
        title="Size",
        question="Is it small?",
        passes="p",
        cautions="c",
        fails="f",
        unknown="u",
        weight=weight,
        unit="share",
        kinds=kinds,
        sectors=sectors,
        families=("market",),
        decided_by=("market.market_cap_usd",),
        bands=bands,
    )
    def size(m):
        """Because."""
        return m["float_share"]

    return size


def dimension(*criteria, weight=10.0):
    return Dimension(id="part", titles={"token": "Part"}, weight=weight, criteria=criteria)


SIZE = made((AtMost(passes=0.1, cautions=0.2, gate=0.5), Within(passes=(1, 2), cautions=(0, 3))))
PART = dimension(SIZE)


def changed(**changes):
    (part,) = adjusted([PART], Changes(**changes))
    return part


def refused(*, dimensions=(PART,), **changes):
    with pytest.raises(ProfileError) as refusal:
        adjusted(dimensions, Changes(**changes))
    return refusal.value.problems


def test_without_changes_it_is_the_checklist():
    assert adjusted(DIMENSIONS, Changes()) == DIMENSIONS
    assert not Changes()
    assert Changes(criterion_weights={"a.b": 1})


def test_weights_are_changed():
    part = changed(dimension_weights={"part": 55}, criterion_weights={SIZE.id: 3})
    assert (part.weight, part.criteria[0].weight) == (55.0, 3)


def test_only_the_limits_that_are_named_move_and_the_gate_stays():
    moved, other = changed(thresholds={SIZE.id: [{"cautions": 0.3}, None]}).criteria[0].bands
    assert (moved.passes, moved.cautions, moved.gate) == (0.1, 0.3, 0.5)
    assert other == SIZE.bands[1]


def test_pairs_come_as_lists_out_of_json():
    bands = changed(thresholds={SIZE.id: [None, {"passes": [1.5, 2]}]}).criteria[0].bands
    assert bands[1].passes == (1.5, 2.0)


def test_a_gate_is_not_moved_whatever_a_profile_says():
    band = changed(thresholds={SIZE.id: [{"gate": 0.9, "of": "x", "passes": 0.1}, None]}).criteria[0].bands[0]
    assert (band.gate, band.of) == (0.5, "")


def test_a_criterion_of_weight_zero_stays_in_with_its_gate():
    other = made(AtMost(passes=1), weight=1)
    other = replace(other, id="part.other")
    (part,) = adjusted([dimension(SIZE, other)], Changes(criterion_weights={SIZE.id: 0}))
    assert part.criteria[0].weight == 0
    assert part.criteria[0].is_gate


def test_ids_of_other_versions_change_nothing_and_are_told():
    changes = Changes(
        dimension_weights={"gone": 1},
        criterion_weights={"part.gone": 1},
        thresholds={"part.gone": [{"passes": 1}]},
    )
    assert adjusted([PART], changes) == (PART,)
    assert changes.unknown_to([PART]) == ("gone", "part.gone")


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"dimension_weights": {"part": -1}}, ("part", None, ""), "from 0 to 100"),
        ({"dimension_weights": {"part": 101}}, ("part", None, ""), "from 0 to 100"),
        ({"dimension_weights": {"part": float("nan")}}, ("part", None, ""), "from 0 to 100"),
        ({"dimension_weights": {"part": "5"}}, ("part", None, ""), "from 0 to 100"),
        ({"dimension_weights": {"part": True}}, ("part", None, ""), "from 0 to 100"),
        ({"criterion_weights": {SIZE.id: 4}}, (SIZE.id, None, ""), "1, 2 or 3"),
        ({"criterion_weights": {SIZE.id: 1.5}}, (SIZE.id, None, ""), "1, 2 or 3"),
        ({"criterion_weights": {SIZE.id: []}}, (SIZE.id, None, ""), "1, 2 or 3"),
        ({"thresholds": {SIZE.id: [{"passes": 0.1}]}}, (SIZE.id, None, ""), "2 thresholds now"),
        (
            {"thresholds": {SIZE.id: [{"passes": 0.3}, None]}},
            (SIZE.id, 0, "passes"),
            "(30 %) must be",
        ),
        ({"thresholds": {SIZE.id: [{"cautions": 0.6}, None]}}, (SIZE.id, 0, "cautions"), "good side of 50 %"),
        ({"thresholds": {SIZE.id: [{"passes": float("inf")}, None]}}, (SIZE.id, 0, "passes"), "a number"),
        ({"thresholds": {SIZE.id: [{"passes": [1, 2]}, None]}}, (SIZE.id, 0, "passes"), "a number"),
        ({"thresholds": {SIZE.id: [{"passes": "x"}, None]}}, (SIZE.id, 0, "passes"), "a number"),
        ({"thresholds": {SIZE.id: [None, {"passes": 1}]}}, (SIZE.id, 1, "passes"), "two numbers"),
        ({"thresholds": {SIZE.id: [None, {"passes": [2, 1]}]}}, (SIZE.id, 1, "passes"), "not be more than"),
        (
            {"thresholds": {SIZE.id: [None, {"passes": [-1, 2]}]}},
            (SIZE.id, 1, "passes"),
            "at least as strict",
        ),
    ],
)
def test_what_makes_no_checklist_is_refused_with_its_setting(changes, place, words):
    (problem,) = refused(**changes)
    assert tuple(problem.setting) == place
    assert words in str(problem)
    assert str(problem).startswith(f"{place[0]}: ")


def test_everything_wrong_is_told_at_once():
    problems = refused(
        dimension_weights={"part": -1},
        thresholds={SIZE.id: [{"passes": 0.3}, {"cautions": [9, 1]}]},
    )
    assert [each.setting.band for each in problems] == [None, 0, 1]


def test_a_limit_beyond_a_gate_without_a_caution_is_one_of_pass():
    gate_only = made(AtMost(passes=0.1, gate=0.5))
    (problem,) = refused(dimensions=[dimension(gate_only)], thresholds={gate_only.id: [{"passes": 0.6}]})
    assert problem.setting.limit == "passes"
    assert "good side of 50 %" in str(problem)


def test_a_band_that_counts_orders_of_magnitude_has_no_zero():
    by_order = made(AtLeast(passes=100, cautions=10, scale=LOG))
    (problem,) = refused(dimensions=[dimension(by_order)], thresholds={by_order.id: [{"cautions": 0}]})
    assert "more than 0" in str(problem)


@pytest.mark.parametrize("changes", [{"dimension_weights": {"part": 0}}, {"criterion_weights": {SIZE.id: 0}}])
def test_something_counts_for_each_type_of_asset(changes):
    (problem,) = refused(**changes)
    assert problem.setting is None
    assert "“token”" in str(problem)


def test_what_counts_for_a_sector_alone_is_not_enough():
    of_defi = made(AtMost(passes=1), sectors=("defi",))
    (problem,) = refused(dimensions=[dimension(of_defi)])
    assert "Nothing counts" in str(problem)


@given(passes=st.floats(-1, 1), cautions=st.floats(-1, 1))
def test_limits_are_taken_when_they_are_in_order_and_within_the_gate(passes, cautions):
    changes = Changes(thresholds={SIZE.id: [{"passes": passes, "cautions": cautions}, None]})
    if passes <= cautions <= 0.5:
        band = adjusted([PART], changes)[0].criteria[0].bands[0]
        assert (band.passes, band.cautions, band.gate) == (passes, cautions, 0.5)
    else:
        with pytest.raises(ProfileError):
            adjusted([PART], changes)
