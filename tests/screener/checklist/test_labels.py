import re

import numpy as np
import pandas as pd
import pytest

from assets.metrics.facts import frame
from assets.metrics.measure import MEASURES
from screener.checklist.labels import LABEL_OF, LABELS, labels_of
from tests.screener.checklist.asking import measures_of


def label(kind, *, sector="", tags="", name="", **measures):
    assets = frame("assets", [{"asset_id": 1, "kind": kind, "sector": sector, "tags": tags, "name": name}])
    return labels_of(measures_of(measures), assets)[0]


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ({}, ""),
        ({"tags": "Stablecoins,USD Stablecoin"}, "stablecoin"),
        ({"sector": "Meme", "revenue_annual_usd": 5e6}, "meme_coin"),
        ({"tags": "DeFi,Dog-Themed,Meme"}, "meme_coin"),
        ({"sector": "Homemememaker"}, ""),
        ({"tags": "Real World Assets (RWA)"}, "security_like"),
        ({"tags": "Tokenized Gold"}, "security_like"),
        ({"tags": "Governance"}, "governance_token"),
        ({"tags": "dao"}, "governance_token"),
        ({"tags": "dao,meme"}, "meme_coin"),
        ({"revenue_annual_usd": 1}, "utility_token"),
        ({"tvl_usd": 1}, "utility_token"),
        ({"active_addresses_30d": 1_000}, "utility_token"),
        ({"active_addresses_30d": 999}, ""),
        ({"active_addresses_30d": 99, "team_level": 0, "audit_count": 0}, "air_token"),
        ({"active_addresses_30d": 99, "channels_count": 0}, "air_token"),
        ({"active_addresses_30d": 100, "channels_count": 0}, ""),
        ({"active_addresses_30d": 99, "team_level": 0}, ""),
        ({"active_addresses_30d": 99, "team_level": 1, "audit_count": 0}, ""),
        ({"team_level": 0, "audit_count": 0, "channels_count": 0}, ""),
        ({"active_addresses_30d": 5, "channels_count": 0, "revenue_annual_usd": 9}, "utility_token"),
    ],
)
def test_tokens(measures, expected):
    assert label("token", **measures) == expected


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ({}, ""),
        ({"name": "Harbor Acquisition Corp. II", "revenue_annual_usd": 9e6}, "spac"),
        ({"sector": "Blank Checks"}, "spac"),
        ({"name": "Corporate Acquisitions Ltd"}, ""),
        ({"sector": "State Commercial Banks", "revenue_annual_usd": 9e6}, "financial_company"),
        ({"revenue_annual_usd": 100_000}, "operating_company"),
        ({"revenue_annual_usd": 99_999, "operating_cash_flow_annual_usd": -999_999}, "shell"),
        ({"revenue_annual_usd": 0, "operating_cash_flow_annual_usd": -1e6}, "pre_revenue_company"),
        ({"revenue_annual_usd": 0}, ""),
    ],
)
def test_companies(measures, expected):
    assert label("equity", **measures) == expected


def test_a_label_of_the_other_kind_is_never_given():
    assert label("equity", tags="meme") == ""
    assert label("token", name="Harbor Acquisition Corp.") == ""


def test_labels_come_in_the_order_of_the_assets():
    assets = frame(
        "assets", [{"asset_id": each, "kind": kind} for each, kind in ((9, "equity"), (3, "token"))]
    )
    measures = measures_of({"revenue_annual_usd": 1e6}, {"tvl_usd": 5}).set_axis(pd.Index([9, 3]))
    assert labels_of(measures.loc[[3, 9]], assets) == ["operating_company", "utility_token"]


@pytest.mark.parametrize("each", LABELS, ids=lambda each: each.id)
def test_each_says_why(each):
    assert set(re.findall(r"{(\w+)}", each.reason)) == set(each.measures)
    assert set(each.measures) <= {measure.name for measure in MEASURES}
    assert each.reason.endswith(".")
    assert LABEL_OF[each.id] is each
    assert len(each.id) <= 24


def test_an_empty_batch():
    assert labels_of(measures_of(), frame("assets", [])) == []
    assert np.array(labels_of(measures_of(), frame("assets", []))).size == 0
