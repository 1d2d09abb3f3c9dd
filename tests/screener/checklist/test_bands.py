import numpy as np
import pytest

from screener.checklist.bands import LEAST, AtLeast, AtMost, LessThan, Within, written
from screener.checklist.states import STATES


def states(band, *values):
    return [STATES[code].value for code in band.states(np.array(values, dtype=float))]


@pytest.mark.parametrize(
    ("band", "values", "expected"),
    [
        (AtMost(passes=1, cautions=5), (0, 1, 1.1, 5, 5.1), "pass pass caution caution fail"),
        (LessThan(passes=1, cautions=5), (0.9, 1, 4.9, 5), "pass caution caution fail"),
        (AtLeast(passes=5, cautions=1), (6, 5, 4.9, 1, 0.9), "pass pass caution caution fail"),
        (
            Within(passes=(2, 3), cautions=(1, 4)),
            (2, 3, 1, 4, 0.9, 4.1),
            "pass pass caution caution fail fail",
        ),
        (AtMost(passes=0), (0, 1, 1e9), "pass caution caution"),
        (AtLeast(passes=1, cautions=1), (1, 0), "pass fail"),
    ],
)
def test_a_value_exactly_on_a_limit(band, values, expected):
    assert states(band, *values) == expected.split()


@pytest.mark.parametrize(
    "band",
    [
        AtMost(passes=1, cautions=5, gate=7),
        AtLeast(passes=5, cautions=1, gate=1),
        AtMost(passes=1),
        Within(passes=(2, 3), cautions=(1, 4)),
    ],
)
def test_what_is_not_known_is_no_answer_and_opens_no_gate(band):
    nothing = np.array([np.nan])
    assert states(band, np.nan) == ["unknown"]
    assert not band.opens_gate(nothing).any()


@pytest.mark.parametrize(
    ("band", "inside", "beyond"),
    [
        (AtMost(passes=0.3, cautions=0.5, gate=0.7), 0.7, 0.701),
        (AtLeast(passes=180, cautions=30, gate=30), 30, 29.9),
    ],
)
def test_a_gate_opens_only_beyond_its_limit(band, inside, beyond):
    assert band.opens_gate(np.array([inside, beyond])).tolist() == [False, True]


def test_without_a_gate_nothing_opens():
    assert not AtMost(passes=1, cautions=2).opens_gate(np.array([1e9])).any()


@pytest.mark.parametrize(
    ("band", "limits"),
    [
        (AtMost, {"passes": 5, "cautions": 1}),
        (AtLeast, {"passes": 1, "cautions": 5}),
        (LessThan, {"passes": 5, "cautions": 1}),
        (Within, {"passes": (1, 4), "cautions": (2, 3)}),
        (AtMost, {"passes": 1, "cautions": 5, "gate": 3}),
    ],
)
def test_limits_must_grow_laxer(band, limits):
    with pytest.raises(ValueError, match="must be a laxer limit than"):
        band(**limits)


@pytest.mark.parametrize(
    ("band", "unit", "expected"),
    [
        (
            AtMost(passes=0.3, cautions=0.5, gate=0.7),
            "share",
            [("pass", "≤ 30 %"), ("caution", "≤ 50 %"), ("fail", "> 50 %"), ("stop", "> 70 %")],
        ),
        (AtLeast(passes=5e6), "usd", [("pass", "≥ $5 M"), ("caution", "< $5 M")]),
        (AtMost(passes=365), "days", [("pass", "≤ 365 d"), ("caution", "> 365 d")]),
        (AtLeast(passes=LEAST), "share", [("pass", "> 0 %"), ("caution", "≤ 0 %")]),
        (AtLeast(passes=1, cautions=1, unit="usd"), "ratio", [("pass", "≥ $1"), ("fail", "< $1")]),
        (
            Within(passes=(0.05, 5), cautions=(0.01, 20)),
            "ratio",
            [("pass", "0.05 × – 5 ×"), ("caution", "0.01 × – 20 ×"), ("fail", "< 0.01 ×, > 20 ×")],
        ),
    ],
)
def test_thresholds_in_figures(band, unit, expected):
    assert list(band.thresholds(unit)) == expected


@pytest.mark.parametrize(
    ("limit", "unit", "expected"),
    [
        (-0.2, "share", "−20 %"),
        (18, "months", "18 mo"),
        (2_000, "count", "2,000"),
        (10_000, "usd", "$10,000"),
        (1.5, "usd", "$1.50"),
    ],
)
def test_a_limit_in_its_unit(limit, unit, expected):
    assert written(limit, unit) == expected


def test_codes_are_written_as_what_they_stand_for():
    band = AtMost(passes=0, cautions=1, gate=2, levels=("nobody", "a DAO", "a timelock", "a wallet"))
    assert list(band.thresholds("score")) == [
        ("pass", "nobody"),
        ("caution", "a DAO"),
        ("fail", "a timelock, a wallet"),
        ("stop", "a wallet"),
    ]


def test_none_of_a_count_is_written_as_0():
    assert AtMost(passes=0, cautions=1).thresholds("count")[0] == ("pass", "0")
    assert AtMost(passes=0, cautions=1).thresholds("share")[0] == ("pass", "≤ 0 %")


def test_a_range_from_0_has_one_limit():
    band = Within(passes=(1 / 3, 1), cautions=(0, 3))
    assert [text for _state, text in band.thresholds("ratio")] == ["0.333 × – 1 ×", "≤ 3 ×", "> 3 ×"]
