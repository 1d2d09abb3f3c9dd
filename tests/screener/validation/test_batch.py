from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from assets.metrics.facts import FRAMES as FRAMES_OF_FACTS
from assets.metrics.families import FAMILY_NAMES
from screener.validation.batch import FAMILY_OF, Batch
from screener.validation.mapping import FRAMES, MappingError, mapping_of
from tests.screener.validation.labelled import mapping as labelled_mapping
from tests.screener.validation.labelled import table as labelled_table

NOW = datetime(2022, 1, 31, tzinfo=UTC)
TABLE = pd.DataFrame(
    {
        "depth": [10.0, np.nan, 0.0, 5.0],
        "burned": [0.6, 0.0, np.nan, 0.2],
        "hours": [24.0, 48.0, np.nan, 1.0],
        "chain": np.array(["eth", None, "base", "eth"], dtype=object),
        "outcome": np.array(["rug", "fine", "rug", "?"], dtype=object),
    }
)


def batch(table=TABLE, **changes):
    labelled = {
        "kind": "token",
        "now": NOW,
        "label": {"column": "outcome", "bad": "rug", "good": "fine"},
        "facts": {"pools": [{"reserve_usd": "2 * depth"}]},
        **changes,
    }
    return Batch.of(table, mapping_of(labelled, name="mine"))


def test_rows_without_a_label_are_left_out_and_counted():
    labelled = batch()
    assert labelled.bad.tolist() == [True, False, True]
    assert labelled.unlabelled == 1
    assert len(labelled.table) == 3


def test_without_a_good_value_every_other_one_is_good():
    assert batch(label={"column": "outcome", "bad": "rug"}).bad.tolist() == [True, False, True, False]


def test_a_condition_that_is_unknown_is_no_label():
    labelled = batch(label={"condition": "burned > 0.5"})
    assert labelled.bad.tolist() == [True, False, False]
    assert labelled.unlabelled == 1


def test_filters_keep_rows():
    assert batch(rows=[{"keep": "isnan(depth) or depth > 0"}]).table["burned"].tolist() == [0.6, 0.0]


def test_facts_are_told_as_of_now_in_the_order_of_the_table():
    facts = batch(
        terms={"usd_per_eth": 3000},
        facts={
            "assets": {"chain": "chain"},
            "pools": [{"reserve_usd": "2 * depth * usd_per_eth", "lp_locked_share": 1}],
            "trading": {"last_traded_at": "days_ago(hours / 24)"},
        },
    ).facts()
    assert facts.now == NOW
    assert facts.asset_ids.tolist() == [1, 2, 3]
    assert facts.assets["kind"].tolist() == ["token"] * 3
    assert facts.assets["chain"].tolist() == ["eth", "", "base"]
    assert facts.pools[["asset_id", "reserve_usd", "lp_locked_share"]].to_numpy().tolist() == [
        [1, 60_000, 1],
        [3, 0, 1],
    ]
    days = (NOW - facts.trading["last_traded_at"]) / pd.Timedelta(days=1)
    assert days.to_dict() == {1: 1, 2: 2}
    by_family = facts.sources.groupby("family")["asset_id"].apply(list).to_dict()
    assert by_family == {"listing": [1, 3], "pools": [1, 3], "trades": [1, 2]}
    assert (facts.sources["as_of"] == pd.Timestamp(NOW)).all()


def test_several_parts_are_several_rows_an_asset():
    facts = batch(
        facts={
            "positions": [
                {"when": "burned > 0.5", "holder_type": "'burn'", "share": "burned"},
                {"holder_type": "'wallet'", "share": "1 - burned"},
            ]
        }
    ).facts()
    assert facts.positions[["asset_id", "holder_type", "share"]].to_numpy().tolist() == [
        [1, "burn", 0.6],
        [1, "wallet", 0.4],
        [2, "wallet", 1.0],
    ]


def test_what_no_column_tells_is_told_of_every_row():
    assert batch(facts={"disclosure": {"channels": 0}}).facts().disclosure["channels"].tolist() == [0, 0, 0]


def test_what_has_no_end_is_not_known():
    assert batch(facts={"market": {"price_usd": "1 / depth", "volume_24h_usd": 1}}).facts().market[
        "price_usd"
    ].tolist() == [0.1]


def test_masking_hides_cells_of_the_inputs_alone():
    table = pd.DataFrame(
        {"depth": np.ones(2_000), "beside": np.ones(2_000), "outcome": ["rug", "fine"] * 1_000}
    )
    labelled = batch(table)
    hidden = labelled.masked(0.3, seed=1)
    assert 550 < 2_000 - len(hidden.pools) < 650
    assert hidden.pools.equals(labelled.masked(0.3, seed=1).pools)
    assert not hidden.pools.equals(labelled.masked(0.3, seed=2).pools)
    assert len(hidden.assets) == 2_000
    assert labelled.table["depth"].notna().all()
    assert len(labelled.masked(0.0, seed=1).pools) == 2_000


def test_masking_hides_texts_too():
    facts = batch(facts={"assets": {"chain": "chain"}}).masked(1.0, seed=1)
    assert facts.assets["chain"].tolist() == ["", "", ""]


def test_features_are_the_numbers_without_the_outcome():
    assert batch(baselines={"leave_out": ["hours"]}).features.columns.tolist() == ["depth", "burned"]
    label = {"condition": "burned > 0.5"}
    assert batch(label=label).features.columns.tolist() == ["depth", "hours"]


def test_age_and_size_are_columns():
    labelled = batch(age="hours / 24")
    np.testing.assert_allclose(labelled.age, [1, 2, np.nan])
    assert labelled.size is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"label": {"column": "outcom", "bad": "rug"}},
            "label.column: there is no column 'outcom'. Is it 'outcome'",
        ),
        ({"label": {"column": "outcome", "bad": "scam"}}, r"no row is bad.*'rug', 'fine'"),
        ({"label": {"column": "outcome", "bad": ["rug", "fine", "?"]}}, "every row is bad"),
        ({"label": {"condition": "depth > 99"}}, r"by label.condition no row is bad"),
        ({"label": {"condition": "chain"}}, "label.condition must give numbers"),
        ({"baselines": {"leave_out": ["x"]}}, "baselines.leave_out: there is no column 'x'"),
        ({"terms": {"depth": 1}}, "terms.depth: the table has a column of that name"),
        ({"rows": [{"keep": "dept > 0"}]}, "rows: In “dept > 0”"),
        ({"rows": [{"keep": "depth > 1e9"}]}, "no row is bad"),
    ],
)
def test_a_mapping_that_does_not_fit_is_told(changes, message):
    with pytest.raises(MappingError, match=message):
        batch(**changes)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"pools": [{"reserve_usd": "dept"}]}, r"facts.pools\[0\].reserve_usd: In “dept”: .*Is it 'depth'"),
        ({"pools": [{"reserve_usd": "chain"}]}, r"reserve_usd must give numbers; of a column of texts"),
        ({"pools": [{"opened_at": "depth"}]}, r"opened_at must give moments"),
        ({"assets": {"chain": "depth"}}, "facts.assets.chain must give texts"),
        ({"pools": [{"reserve_usd": "depth", "when": "dept > 0"}]}, r"facts.pools\[0\].when: "),
    ],
)
def test_a_fact_that_can_not_be_worked_out_is_told(facts, message):
    with pytest.raises(MappingError, match=message):
        batch(facts=facts).facts()


def test_a_term_that_can_not_be_worked_out_is_told():
    with pytest.raises(MappingError, match=r"terms.half: In “dept / 2”: there is no column 'dept'"):
        batch(terms={"half": "dept / 2"}).facts()


def test_an_age_that_is_no_number_is_told():
    with pytest.raises(MappingError, match="age must give numbers"):
        _unused = batch(age="chain").age


def test_each_frame_has_its_family():
    assert set(FAMILY_OF) == set(FRAMES)
    made = {"sources", "questions", "outdated", "aged", "second_readings"}
    assert set(FRAMES) == set(FRAMES_OF_FACTS) - made
    assert set(FAMILY_OF.values()) <= set(FAMILY_NAMES)


def test_a_sample_keeps_the_part_of_either_outcome():
    whole = Batch.of(labelled_table(400), labelled_mapping())
    part = whole.sample(100, seed=1)
    assert len(part.table) == len(part.bad)
    assert 98 <= len(part.bad) <= 102
    assert part.bad.mean() == pytest.approx(whole.bad.mean(), abs=0.01)
    assert whole.sample(400, seed=1) is whole
