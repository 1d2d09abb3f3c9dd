"""Limits of size tiers: read as they are written, refused where they are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.size_tiers import TIERS
from screener.screens.tier_limits import (
    OF_CHECKLIST,
    TierLimitsError,
    Whose,
    limits_as_typed,
    read_limits,
    steps_of,
)
from tests.screener.screens.steps import SOME_STEPS

NANO = "nano:100m,micro:200m,small:7b,mid:9b"


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
