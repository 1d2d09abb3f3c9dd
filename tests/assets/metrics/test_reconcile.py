from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics import families
from assets.metrics.facts import told_columns, told_rows
from assets.metrics.reconcile import cited, last_words, settle

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
COLUMNS = ("circulating", "total", "maximum", "uncapped", "circulating_year_ago")
PRECEDENCE = ("analyst", "first", "second")


def row(provider, asset_id=1, *, days_ago=0, **told):
    return {
        "pk": 1,
        "asset_id": asset_id,
        "observation_id": PRECEDENCE.index(provider) + 10 * asset_id,
        "provider": provider,
        "as_of": NOW - timedelta(days=days_ago),
        "known_at": NOW,
        **{name: told.get(name) for name in COLUMNS},
    }


def stored(name, rows):
    return told_rows(name, pd.DataFrame.from_records(rows, columns=told_columns(name)))


def settled(*rows, family=families.SUPPLY):
    return settle(
        stored("supply", rows), keys=("asset_id",), columns=COLUMNS, family=family, precedence=PRECEDENCE
    )


def test_precedence_decides_field_by_field_and_nothing_is_averaged():
    one, told_by = settled(
        row("second", circulating=50, total=100, maximum=200),
        row("first", circulating=60, total=None),
    )
    assert one[["circulating", "total", "maximum"]].to_numpy().tolist() == [[60, 100, 200]]
    assert told_by["provider"].tolist() == ["first", "second"], "the main one first"


def test_who_adds_nothing_is_no_source():
    _one, told_by = settled(row("first", circulating=60), row("second", circulating=50))
    assert told_by["provider"].tolist() == ["first"]


def test_an_outlived_row_only_fills_what_nobody_else_knows():
    one, told_by = settled(
        row("first", circulating=60, maximum=200, days_ago=90), row("second", circulating=50)
    )
    assert one[["circulating", "maximum"]].to_numpy().tolist() == [[50, 200]]
    assert one["provider"].tolist() == ["second"]
    assert told_by["provider"].tolist() == ["second", "first"]


def test_what_only_means_something_beside_another_field_comes_from_the_same_provider():
    one, _told_by = settled(
        row("first", circulating=60), row("second", circulating=50, circulating_year_ago=10)
    )
    assert np.isnan(one["circulating_year_ago"].item())


def test_each_asset_is_settled_by_itself():
    one, _told_by = settled(
        row("first", 1, circulating=1), row("second", 1, total=9), row("second", 2, circulating=2)
    )
    assert one.set_index("asset_id")[["circulating", "total"]].fillna(-1).to_numpy().tolist() == [
        [1, 9],
        [2, -1],
    ]


def test_empty_texts_are_not_told():
    rows = stored(
        "schedules",
        [
            {**row("first"), "source_url": "", "precision": "day"},
            {**row("second"), "source_url": "https://example.org", "precision": "month"},
        ],
    )
    one, _told_by = settle(
        rows,
        keys=("asset_id",),
        columns=("source_url", "precision"),
        family=families.UNLOCKS,
        precedence=PRECEDENCE,
    )
    assert one[["source_url", "precision"]].to_numpy().tolist() == [["https://example.org", "day"]]


@pytest.mark.parametrize("family", [families.SUPPLY, families.MARKET])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(PRECEDENCE),
            st.integers(1, 3),
            st.integers(0, 60),
            st.one_of(st.none(), st.integers(1, 9)),
            st.one_of(st.none(), st.integers(1, 9)),
        ),
        unique_by=lambda each: each[:2],
        max_size=9,
    )
)
def test_every_settled_figure_was_told_by_somebody_and_none_that_is_known_is_lost(family, told):
    rows = [
        row(provider, asset, days_ago=age, circulating=circulating, total=total)
        for provider, asset, age, circulating, total in told
    ]
    one, told_by = settled(*rows, family=family)
    assert sorted(one["asset_id"]) == sorted({each[1] for each in told})
    for _, settled_row in one.iterrows():
        mine = [each for each in told if each[1] == settled_row["asset_id"]]
        for place, name in ((3, "circulating"), (4, "total")):
            known = {each[place] for each in mine} - {None}
            if known:
                assert settled_row[name] in known
            else:
                assert pd.isna(settled_row[name])
    assert set(told_by["asset_id"]) == set(one["asset_id"])


def test_of_what_was_told_again_the_last_word_counts_in_its_place():
    rows = pd.DataFrame({"event": ["split", "shelf", "split"], "ratio": [0.1, 0.3, 0.2]})
    assert last_words(rows, keys=("event",))["ratio"].tolist() == [0.3, 0.2]
    assert last_words(rows, keys=("event", "ratio")).equals(rows)


def test_the_newest_of_each_asset_is_cited_and_every_observation_is_named_once():
    told = pd.DataFrame(
        [(1, 7, 2), (1, 7, 1), (1, 8, 2), (1, 6, 2), (2, 6, 1)],
        columns=["asset_id", "observation_id", "days"],
    )
    told["as_of"] = pd.to_datetime(NOW) - pd.to_timedelta(told.pop("days"), unit="D")
    found = cited(told, family=families.CAPITAL).sort_values(["asset_id", "observation_id"])
    assert found[["asset_id", "observation_id", "family"]].to_numpy().tolist() == [
        [1, 6, ""],
        [1, 7, families.CAPITAL],
        [1, 8, ""],
        [2, 6, families.CAPITAL],
    ]
    assert set(cited(told, family="")["family"]) == {""}
