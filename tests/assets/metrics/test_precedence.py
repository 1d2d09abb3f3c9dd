from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics import families
from assets.metrics.denials import denied_in
from assets.metrics.facts import MOMENTS, TEXTS, shaped, stored_columns, stored_rows
from assets.metrics.families import FAMILY_OF, RESOLVED
from assets.metrics.precedence import is_known, known_in, last_words, provenance, resolve

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
COLUMNS = ("circulating", "total", "maximum", "uncapped", "circulating_year_ago")
PRECEDENCE = ("analyst", "first", "second")


def row(provider, asset_id=1, *, days_ago=0, pk=1, **fields):
    return {
        "pk": pk,
        "asset_id": asset_id,
        "observation_id": PRECEDENCE.index(provider) + 10 * asset_id + 100 * pk,
        "provider": provider,
        "as_of": NOW - timedelta(days=days_ago),
        "known_at": NOW,
        **fields,
    }


def resolved(*rows, family=families.SUPPLY, in_parts=(), stand_ins=()):
    """The resolved rows, and those whose word they are."""
    wanted = FAMILY_OF[family]
    names = stored_columns(wanted.frame, also=wanted.basis)
    stored = stored_rows(
        wanted.frame, pd.DataFrame.from_records([dict.fromkeys(names) | each for each in rows], columns=names)
    )
    columns = [each for each in wanted.columns if each not in wanted.place]
    found = resolve(
        stored,
        family=wanted,
        providers=PRECEDENCE,
        known=known_in(stored, columns, family=wanted),
        denied=denied_in(stored, columns, family=wanted),
        columns=columns,
        in_parts=in_parts,
        stand_ins=stand_ins,
    )
    dated = {f"{each}_at": each for each in (*wanted.in_units, *wanted.dated) if each in columns}
    values = found.values(stored, columns, dated=dated)
    return (
        values.assign(**{each: pd.NaT for each in wanted.moments if each not in dated}),
        stored.iloc[found.giving],
        stored.iloc[found.silent],
    )


def test_precedence_decides_field_by_field_and_nothing_is_averaged():
    one, giving, _silent = resolved(
        row("second", circulating=50, total=100, maximum=200), row("first", circulating=60)
    )
    assert one[["circulating", "total", "maximum"]].to_numpy().tolist() == [[60, 100, 200]]
    assert giving["provider"].tolist() == ["first", "second"], "the main one first"


def test_silence_takes_nothing_back_from_who_tells_in_parts():
    rows = [row("analyst", days_ago=400, pk=1, circulating=20, total=90), row("analyst", pk=2, maximum=100)]
    one, giving, _silent = resolved(*rows, in_parts=("analyst",))
    assert one[["circulating", "total", "maximum"]].to_numpy().tolist() == [[20, 90, 100]]
    assert giving["pk"].tolist() == [2, 1]
    one, *_others = resolved(*rows)
    assert one["circulating"].isna().all(), "a vendor's answer of a year ago is not its word of today"


def test_an_old_part_only_fills_what_nobody_newer_knows():
    old = row("analyst", days_ago=400, pk=1, circulating=20, total=90)
    one, *_others = resolved(
        old, row("analyst", pk=2, maximum=100), row("first", pk=3, circulating=50), in_parts=("analyst",)
    )
    assert one[["circulating", "total", "maximum"]].to_numpy().tolist() == [[50, 90, 100]]


def report(pk, *, days_ago, ends=None, **fields):
    period = None if ends is None else pd.Timestamp(ends)
    return row("analyst", pk=pk, days_ago=days_ago, period_ends_on=period, **fields)


def test_what_belongs_to_no_period_outdates_no_figures_of_one():
    one, *_others = resolved(
        report(1, days_ago=90, ends="2025-06-30", cash_usd=3, debt_usd=7),
        report(2, days_ago=40, ends="2025-09-30", cash_usd=5),
        report(3, days_ago=1, insider_share=0.31),
        family=families.FUNDAMENTALS,
        in_parts=("analyst",),
    )
    assert one[["cash_usd", "insider_share"]].to_numpy().tolist() == [[5, 0.31]]
    assert one["debt_usd"].isna().all(), "two periods are not mixed"
    assert one["period_ends_on"].tolist() == [pd.Timestamp("2025-09-30", tz="UTC")]


def test_who_adds_nothing_is_no_source_and_was_weighed():
    _one, giving, silent = resolved(row("first", circulating=60), row("second", circulating=50))
    assert giving["provider"].tolist() == ["first"]
    assert silent["provider"].tolist() == ["second"]


def test_a_superseded_row_only_fills_what_nobody_else_knows():
    one, giving, _silent = resolved(
        row("first", circulating=60, maximum=200, days_ago=90), row("second", circulating=50)
    )
    assert one[["circulating", "maximum"]].to_numpy().tolist() == [[50, 200]]
    assert one["provider"].tolist() == ["second"]
    assert giving["provider"].tolist() == ["second", "first"]


@pytest.mark.parametrize(("seconds", "counts"), [(0, 60), (1, 50)])
def test_a_row_competes_up_to_its_limit_and_not_a_second_longer(seconds, counts):
    older = row("first", circulating=60)
    older["as_of"] = NOW - FAMILY_OF[families.SUPPLY].competes_for - timedelta(seconds=seconds)
    one, _giving, _silent = resolved(older, row("second", circulating=50))
    assert one["circulating"].tolist() == [counts]


def test_what_only_means_something_beside_another_field_comes_from_the_same_row():
    one, _giving, _silent = resolved(
        row("first", circulating=60), row("second", circulating=50, circulating_year_ago=10)
    )
    assert np.isnan(one["circulating_year_ago"].item())
    one, _giving, _silent = resolved(
        row("first", total=60), row("second", circulating=50, circulating_year_ago=10)
    )
    assert one["circulating_year_ago"].item() == 10


def test_each_asset_is_resolved_by_itself():
    one, _giving, _silent = resolved(
        row("first", 1, circulating=1), row("second", 1, total=9), row("second", 2, circulating=2)
    )
    assert one.set_index("asset_id")[["circulating", "total"]].fillna(-1).to_numpy().tolist() == [
        [1, 9],
        [2, -1],
    ]


def test_empty_texts_are_not_known():
    one, _giving, _silent = resolved(
        row("first", source_url="", precision="day"),
        row("second", source_url="https://example.org", precision="month"),
        family=families.UNLOCKS,
    )
    assert one[["source_url", "precision"]].to_numpy().tolist() == [["https://example.org", "day"]]


def test_who_did_not_look_at_audits_does_not_say_that_nobody_did():
    one, _giving, _silent = resolved(
        row("first", audits_known=False), row("second", audits_known=True), family=families.DISCLOSURE
    )
    assert one["audits_known"].tolist() == [1]


@pytest.mark.parametrize("empty", [None, "", {}, []])
def test_absent_null_and_empty_are_one_notion(empty):
    assert not is_known(empty)


@pytest.mark.parametrize("value", [0, 0.0, False, "x", {"a": 1}, [0]])
def test_zero_and_no_are_known(value):
    assert is_known(value)


# Several answers of one provider -----------------------------------------------------


def test_answers_of_one_provider_are_merged_field_by_field():
    one, giving, silent = resolved(
        row("first", tvl_usd=7, pk=1, days_ago=2),
        row("first", fees_annual_usd=5, pk=2, days_ago=1),
        row("first", revenue_annual_usd=3, pk=3),
        family=families.USAGE,
    )
    assert one[["tvl_usd", "fees_annual_usd", "revenue_annual_usd"]].to_numpy().tolist() == [[7, 5, 3]]
    assert giving["pk"].tolist() == [3, 2, 1]
    assert silent.empty


def test_of_one_provider_the_newer_answer_counts_and_the_later_one_of_a_moment():
    one, giving, silent = resolved(
        row("first", tvl_usd=7, pk=1, days_ago=1),
        row("first", tvl_usd=8, pk=2),
        row("first", tvl_usd=9, pk=3),
        family=families.USAGE,
    )
    assert one["tvl_usd"].tolist() == [9]
    assert giving["pk"].tolist() == [3]
    assert silent.empty, "an older answer that says nothing new has had no say"


@pytest.mark.parametrize(("seconds", "tvl"), [(0, 7), (1, None)])
def test_an_earlier_answer_counts_as_long_as_it_is_not_stale_beside_the_newest(seconds, tvl):
    older = row("first", tvl_usd=7, pk=1)
    older["as_of"] = NOW - FAMILY_OF[families.USAGE].stale_after - timedelta(seconds=seconds)
    one, _giving, _silent = resolved(older, row("first", fees_annual_usd=5, pk=2), family=families.USAGE)
    assert one["tvl_usd"].fillna(-1).tolist() == [-1 if tvl is None else tvl]


def test_reports_of_two_periods_are_never_mixed():
    one, giving, _silent = resolved(
        row("first", period_ends_on="2025-06-30", cash_usd=1, debt_usd=2, pk=1, days_ago=90),
        row("first", period_ends_on="2025-09-30", cash_usd=3, pk=2),
        family=families.FUNDAMENTALS,
    )
    assert one["cash_usd"].tolist() == [3]
    assert one["debt_usd"].isna().all()
    assert giving["pk"].tolist() == [2]


def test_reports_of_one_period_are():
    one, _giving, _silent = resolved(
        row("first", period_ends_on="2025-09-30", debt_usd=2, pk=1, days_ago=9),
        row("first", period_ends_on="2025-09-30", cash_usd=3, pk=2),
        family=families.FUNDAMENTALS,
    )
    assert one[["cash_usd", "debt_usd"]].to_numpy().tolist() == [[3, 2]]


def stood_in(*rows):
    one, giving, silent = resolved(*rows, family=families.FUNDAMENTALS, stand_ins=("second",))
    return one[["cash_usd", "debt_usd"]].to_numpy().tolist(), [*giving["pk"]], [*silent["pk"]]


@pytest.mark.parametrize("ends", ["2025-06-30", "2025-12-31"])
def test_who_stands_in_fills_no_gap_of_a_period_that_others_cover(ends):
    found, giving, silent = stood_in(
        row("first", period_ends_on="2025-12-31", cash_usd=3, pk=1, days_ago=1),
        row("second", period_ends_on=ends, cash_usd=5, debt_usd=7, pk=2),
    )
    assert found[0][0] == 3
    assert np.isnan(found[0][1])
    assert (giving, silent) == ([1], [2])


def test_who_stands_in_counts_where_others_are_of_an_earlier_period():
    found, giving, _silent = stood_in(
        row("first", period_ends_on="2023-12-31", cash_usd=3, pk=1, days_ago=700),
        row("second", period_ends_on="2025-06-30", cash_usd=5, debt_usd=7, pk=2, days_ago=90),
    )
    assert (found, giving) == ([[5, 7]], [2])


def test_who_stands_in_counts_beside_what_belongs_to_no_period():
    found, giving, _silent = stood_in(
        row("analyst", cash_usd=3, pk=1),
        row("second", period_ends_on="2025-06-30", cash_usd=5, debt_usd=7, pk=2, days_ago=90),
    )
    assert (found, giving) == ([[3, 7]], [1, 2])


def test_who_stands_in_for_one_company_does_not_for_another():
    one, _giving, _silent = resolved(
        row("first", 1, period_ends_on="2025-12-31", cash_usd=3, pk=1),
        row("second", 1, period_ends_on="2025-06-30", cash_usd=4, debt_usd=1, pk=2),
        row("second", 2, period_ends_on="2025-06-30", cash_usd=5, debt_usd=7, pk=3),
        family=families.FUNDAMENTALS,
        stand_ins=("second",),
    )
    assert one["cash_usd"].tolist() == [3, 5]
    assert one["debt_usd"].fillna(-1).tolist() == [-1, 7]


# Every family and type ----------------------------------------------------------------


def value_of(name):
    if name in MOMENTS:
        return NOW
    return name if name in TEXTS else 1.0


@pytest.mark.parametrize("family", RESOLVED, ids=lambda each: each.name)
@pytest.mark.parametrize("knowing", ["nobody", "one", "other", "both"])
def test_two_providers_of_one_thing_are_resolved_whatever_neither_knows(family, knowing):
    """A moment that no row of the batch knows keeps its type, and so does every other column."""
    full = {name: value_of(name) for name in family.columns}
    place = dict.fromkeys(family.place, "same")
    one, _giving, _silent = resolved(
        row("first", pk=1, **((full if knowing in ("one", "both") else {}) | place)),
        row("second", pk=2, **((full if knowing in ("other", "both") else {}) | place)),
        family=family.name,
    )
    frame = shaped(family.frame, one)
    assert len(frame) == 1
    for name in family.columns:
        dtype = frame[name].dtype
        expected = "datetime64[us, UTC]" if name in MOMENTS else "str" if name in TEXTS else "float64"
        assert dtype == expected, name
        is_told = knowing != "nobody" or name in family.place
        known = frame[name].notna().item() and frame[name].item() != ""
        assert known == is_told, name


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
        max_size=9,
    )
)
def test_every_figure_was_given_by_somebody_and_none_of_a_newest_answer_is_lost(family, answers):
    first, second = FAMILY_OF[family].columns[:2]
    rows = [
        row(provider, asset, days_ago=age, pk=place, **{first: one, second: two})
        for place, (provider, asset, age, one, two) in enumerate(answers, start=1)
    ]
    found, giving, silent = resolved(*rows, family=family)
    assert sorted(found["asset_id"]) == sorted({each[1] for each in answers})
    assert set(giving["asset_id"]) == set(found["asset_id"])
    assert not set(giving["pk"]) & set(silent["pk"])
    for _, of_asset in found.iterrows():
        mine = [each for each in rows if each["asset_id"] == of_asset["asset_id"]]
        newest = {}
        for each in sorted(mine, key=lambda each: (each["as_of"], each["pk"])):
            newest[each["provider"]] = each
        for name in (first, second):
            everything = {each[name] for each in mine} - {None}
            if {each[name] for each in newest.values()} - {None} or pd.notna(of_asset[name]):
                assert of_asset[name] in everything


@given(st.permutations(range(6)))
def test_the_order_of_the_rows_makes_no_difference(order):
    rows = [
        row(provider, 1, days_ago=age, pk=pk, circulating=circulating, total=total)
        for pk, (provider, age, circulating, total) in enumerate(
            [
                ("first", 0, None, 5),
                ("first", 3, 7, None),
                ("second", 1, 8, 6),
                ("second", 40, 9, None),
                ("analyst", 50, 1, 2),
                ("analyst", 20, None, 3),
            ]
        )
    ]
    usual, _giving, _silent = resolved(*rows)
    other, _giving, _silent = resolved(*[rows[place] for place in order])
    pd.testing.assert_frame_equal(usual.reset_index(drop=True), other.reset_index(drop=True))


# Histories -----------------------------------------------------------------------------


def test_of_what_was_told_again_the_last_word_counts_in_its_place():
    rows = pd.DataFrame({"event": ["split", "shelf", "split"], "ratio": [0.1, 0.3, 0.2]})
    assert last_words(rows, keys=("event",))["ratio"].tolist() == [0.3, 0.2]
    assert last_words(rows, keys=("event", "ratio")).equals(rows)


def test_the_newest_of_each_asset_is_cited_and_every_observation_is_named_once():
    rows = pd.DataFrame(
        [(1, 7, 2), (1, 7, 1), (1, 8, 2), (1, 6, 2), (2, 6, 1)],
        columns=["asset_id", "observation_id", "days"],
    )
    rows["as_of"] = pd.to_datetime(NOW) - pd.to_timedelta(rows.pop("days"), unit="D")
    found = provenance(rows, family=families.CAPITAL).sort_values(["asset_id", "observation_id"])
    assert found[["asset_id", "observation_id", "family"]].to_numpy().tolist() == [
        [1, 6, ""],
        [1, 7, families.CAPITAL],
        [1, 8, ""],
        [2, 6, families.CAPITAL],
    ]
    assert set(provenance(rows, family="")["family"]) == {""}
