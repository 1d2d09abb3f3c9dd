from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.families import FAMILY_OF, FUNDAMENTALS, SUPPLY
from assets.metrics.ruled import HEARD, RuledFigure, heard_of, near, standing, unsettled, witness_says
from tests.assets.metrics.batch import NOW

CAP = ("measures", "market_cap_usd", "reported_cap")
RULING = RuledFigure(observation_id=9, field="circulating", seen=(100.0, 900.0), heard={CAP: 900.0})


def answers(*given):
    """(provider, days ago, circulating) as they came; a ruling is observation 9."""
    rows = pd.DataFrame(
        {
            "pk": range(1, len(given) + 1),
            "asset_id": 1,
            "observation_id": [
                9 if provider == "analyst" else 20 + at for at, (provider, *_) in enumerate(given)
            ],
            "provider": [each[0] for each in given],
            "as_of": pd.to_datetime([NOW - timedelta(days=each[1]) for each in given], utc=True),
            "circulating": [float(each[2]) for each in given],
        }
    )
    return rows.astype({"circulating": "float64"})


def stand(rows, *rulings, family=SUPPLY, field="circulating"):
    return standing(
        rows,
        rulings,
        family=FAMILY_OF[family],
        providers=("analyst", "coingecko", "etherscan"),
        known=rows[[field]].notna().to_numpy(),
        denied=np.zeros((len(rows), 1), dtype=np.bool_),
        columns=[field],
        in_parts=("analyst",),
    )


def test_without_rulings_everything_counts_as_it_came():
    rows = answers(("coingecko", 1, 100), ("etherscan", 0, 900))
    found = stand(rows)
    assert found.counts.all()
    assert not found.holding
    assert found.as_of.equals(rows["as_of"])


@pytest.mark.parametrize(
    ("stated", "holds", "gives"),
    [(100, True, True), (101.9, True, True), (910, True, False), (110, False, False), (95, False, False)],
)
def test_a_ruling_holds_while_the_answers_state_what_was_seen(stated, holds, gives):
    rows = answers(("coingecko", 40, 100), ("analyst", 40, 900), ("coingecko", 0, stated))
    found = stand(rows, RULING)
    assert bool(found.holding) == holds
    assert found.counts.tolist() == [True, gives, True]
    if gives:
        assert found.as_of.iloc[1] == rows["as_of"].iloc[2], "it competes like the answer that it overrules"
    assert 2 in found.weighed


def test_a_ruling_for_what_the_source_says_leaves_it_its_word():
    found = stand(answers(("coingecko", 1, 100), ("analyst", 1, 100)), RULING)
    assert found.holding == {1: RULING}
    assert found.counts.tolist() == [True, False]


def test_a_ruling_fills_what_nobody_else_knows():
    rows = answers(("coingecko", 1, float("nan")), ("analyst", 300, 900))
    assert stand(rows, RULING).counts.tolist() == [True, True]
    assert stand(rows.iloc[1:].reset_index(drop=True), RULING).holding == {0: RULING}


def test_of_several_rulings_on_a_figure_the_last_one_speaks():
    rows = answers(("coingecko", 1, 100), ("analyst", 1, 900), ("analyst", 1, 450))
    rows["observation_id"] = [1, 8, 9]
    found = stand(rows, replace(RULING, observation_id=8), RULING)
    assert found.holding == {2: RULING}
    assert found.counts.tolist() == [True, False, True]


def test_a_ruling_is_of_its_period():
    rows = answers(("coingecko", 1, 100), ("analyst", 1, 900)).rename(columns={"circulating": "debt_usd"})
    ruling = replace(RULING, field="debt_usd")
    for ended_on, holds in ((date(2025, 12, 31), True), (date(2026, 3, 31), False)):
        rows["period_ends_on"] = pd.to_datetime([ended_on, date(2025, 12, 31)], utc=True)
        found = stand(rows, ruling, family=FUNDAMENTALS, field="debt_usd")
        assert bool(found.holding) == holds


@given(st.floats(0, 1e12), st.floats(0, 0.5))
def test_near_is_a_share_of_the_larger(value, tolerance):
    assert near(value, value, tolerance)
    assert near(value, value * (1 + tolerance / 2), tolerance)
    assert near(-value, -value * (1 - tolerance / 2), tolerance)
    assert not near(value + 1, -value - 1, tolerance)


def question(frame="measures", field="market_cap_usd", value=100.0, against=900.0):
    return {"frame": frame, "field": field, "value": value, "against": against, "witness": "reported_cap"}


def test_a_witness_speaks_of_the_figure_behind_a_measure():
    assert witness_says(question(), 50) == 450
    assert witness_says(question(value=0.0), 50) is None
    assert witness_says(question(against=None), 50) is None
    assert witness_says(question(against=float("nan")), 50) is None
    assert witness_says(question("measures", "float_share", 1.2, 1.0), 50) is None
    assert witness_says(question("supply", "circulating"), 50) == 900


def heard(says=900.0, ruled=100.0):
    return pd.DataFrame([(1, *CAP, ruled, says)], columns=[*HEARD])


@pytest.mark.parametrize(
    ("says", "value", "against", "settled"),
    [
        (900.0, 100.0, 900.0, True),
        (900.0, 100.0, 1_790.0, True),
        (900.0, 100.0, 1_810.0, False),
        (900.0, 100.0, 440.0, False),
        (900.0, 2_000.0, 18_000.0, True),  # The price moved, the number of units did not.
        (900.0, 100.0, float("nan"), False),
        (float("nan"), 100.0, float("nan"), True),
        (float("nan"), 100.0, 900.0, False),
    ],
)
def test_a_question_is_settled_while_its_witness_says_the_same(says, value, against, settled):
    asked = pd.DataFrame([question(value=value, against=against)]).assign(asset_id=1)
    assert unsettled(asked, heard(says)).empty == settled


def test_what_was_not_heard_is_not_settled():
    asked = pd.DataFrame([question()]).assign(asset_id=1)
    assert len(unsettled(asked.assign(asset_id=2), heard())) == 1
    assert len(unsettled(asked.assign(witness="cover_count"), heard())) == 1
    assert unsettled(asked, heard().iloc[:0]) is asked
    losses = pd.DataFrame([question("fundamentals", "net_income_ttm_usd", -5, -100)]).assign(asset_id=1)
    of_losses = pd.DataFrame(
        [(1, "fundamentals", "net_income_ttm_usd", "reported_cap", -5.0, 100.0)], columns=[*HEARD]
    )
    assert len(unsettled(losses, of_losses)) == 1, "a gain is not a loss"


def test_what_was_heard_is_listed_with_the_ruled_value():
    rows = answers(("coingecko", 1, 100), ("analyst", 1, 450))
    listed = heard_of({1: RULING}, rows, family=FAMILY_OF[SUPPLY])
    assert listed.to_numpy().tolist() == [[1, *CAP, 450.0, 900.0]]
    assert heard_of({}, rows, family=FAMILY_OF[SUPPLY]).empty


def test_places_of_rows_are_kept():
    rows = pd.concat(
        [
            answers(("coingecko", 1, 100)).assign(asset_id=2),
            answers(("coingecko", 1, 100), ("analyst", 1, 900)),
        ]
    )
    found = stand(rows.reset_index(drop=True), RULING)
    assert np.flatnonzero(found.counts).tolist() == [0, 1, 2]
    assert found.holding == {2: RULING}
