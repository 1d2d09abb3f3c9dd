import numpy as np
import pandas as pd
import pytest
from financetoolkit.models import beneish_model
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics import beneish
from assets.metrics.beneish import beneish_m, is_financial, m_of
from tests.assets.metrics.companies import BEFORE, MONEY, NOW_BETTER, accounts

NAN = np.nan
INDICES = ("dsri", "gmi", "aqi", "sgi", "depi", "sgai", "lvgi")
SOFTWARE = pd.Series(["Software"])

figures = st.fixed_dictionaries({name: st.floats(1e4, 1e8) for name in MONEY})


def one(value):
    return np.array([value], dtype=float)


def reports(now=None, before=None):
    return accounts(NOW_BETTER, **(now or {})), accounts(BEFORE, **(before or {}))


def m(now=None, before=None):
    return m_of(*reports(now, before), sectors=SOFTWARE)


@pytest.mark.parametrize(
    ("sample", "indices", "expected"),
    [
        (
            "manipulators",
            {
                "dsri": 1.465,
                "gmi": 1.193,
                "aqi": 1.254,
                "sgi": 1.607,
                "depi": 1.077,
                "sgai": 1.041,
                "lvgi": 1.111,
                "tata": 0.031,
            },
            -4.84 + (1.3478 + 0.629904 + 0.506616 + 1.433444) + (0.123855 - 0.179052 + 0.145049 - 0.363297),
        ),
        (
            "the others",
            {
                "dsri": 1.031,
                "gmi": 1.014,
                "aqi": 1.039,
                "sgi": 1.134,
                "depi": 1.001,
                "sgai": 1.054,
                "lvgi": 1.037,
                "tata": 0.018,
            },
            -4.84 + (0.94852 + 0.535392 + 0.419756 + 1.011528) + (0.115115 - 0.181288 + 0.084222 - 0.339099),
        ),
    ],
)
def test_the_means_of_the_two_samples_of_the_paper(sample, indices, expected):
    score = beneish_m(**{name: one(value) for name, value in indices.items()})
    assert score == pytest.approx([expected])
    assert score > -1.78 if sample == "manipulators" else score < -2.22


def test_a_company_that_did_as_the_year_before_has_indices_of_one():
    same = accounts(BEFORE)
    for name in INDICES:
        assert getattr(beneish, name)(same, same) == pytest.approx([1]), name
    ones = -4.84 + 0.92 + 0.528 + 0.404 + 0.892 + 0.115 - 0.172 - 0.327
    assert m_of(same, same, sectors=SOFTWARE) == pytest.approx([ones + 4.679 * (0.5 - 0.9) / 10])


def test_a_worked_example():
    """Each index from the figures of the two reports, in millions."""
    by_hand = {
        "dsri": (1.5 / 12) / (1 / 10),
        "gmi": (4 / 10) / (5.4 / 12),
        "aqi": (1 - (4.6 + 4.4) / 10) / (1 - (4 + 5) / 10),
        "sgi": 12 / 10,
        "depi": (0.6 / (0.6 + 5)) / (0.6 / (0.6 + 4.4)),
        "sgai": (2 / 12) / (2 / 10),
        "lvgi": ((2 + 2.4) / 10) / ((2 + 3) / 10),
    }
    now, before = reports()
    for name, expected in by_hand.items():
        assert getattr(beneish, name)(now, before) == pytest.approx([expected]), name
    assert beneish.tata(now) == pytest.approx([(0.8 - 1.1) / 10])
    by_hand = {**by_hand, "tata": -0.03}
    weights = {"dsri": 0.92, "gmi": 0.528, "aqi": 0.404, "sgi": 0.892, "depi": 0.115, "sgai": -0.172}
    weights |= {"tata": 4.679, "lvgi": -0.327}
    assert m() == pytest.approx([-4.84 + sum(weights[name] * by_hand[name] for name in weights)])


def test_debt_that_is_due_within_the_year_counts_once():
    """Of 4 M debt at most the 2.5 M that are no current liabilities are long-term."""
    now, before = reports({"debt_usd": 4e6})
    assert beneish.lvgi(now, before) == pytest.approx([(2 + 2.5) / (2 + 3)])
    now, before = reports({"debt_usd": 4e6, "total_liabilities_usd": NAN})
    assert beneish.lvgi(now, before) == pytest.approx([(2 + 4) / (2 + 3)])


def frame(before, now):
    return pd.DataFrame([[before.item(), now.item()]])


def both(name, now, before):
    return frame(getattr(before, name), getattr(now, name))


def oracle(now, before):
    revenue, assets = both("revenue_ttm_usd", now, before), both("total_assets_usd", now, before)
    costs = revenue - both("gross_profit_ttm_usd", now, before)
    property_usd = both("property_usd", now, before)
    debt = both("total_liabilities_usd", now, before) - both("current_liabilities_usd", now, before)
    indices = {
        "dsri": beneish_model.get_days_sales_in_receivables_index(
            both("receivables_usd", now, before), revenue
        ),
        "gmi": beneish_model.get_gross_margin_index(revenue, costs),
        "aqi": beneish_model.get_asset_quality_index(
            both("current_assets_usd", now, before), property_usd, assets
        ),
        "sgi": beneish_model.get_sales_growth_index(revenue),
        "depi": beneish_model.get_depreciation_index(both("depreciation_ttm_usd", now, before), property_usd),
        "sgai": beneish_model.get_selling_general_and_administrative_expenses_index(
            both("selling_general_admin_ttm_usd", now, before), revenue
        ),
        "lvgi": beneish_model.get_leverage_index(both("current_liabilities_usd", now, before), debt, assets),
    }
    return {name: each.iloc[0, 1] for name, each in indices.items()}


@settings(max_examples=40)
@given(figures, figures)
def test_the_indices_are_those_of_financetoolkit(now, before):
    for each in (now, before):
        each["total_assets_usd"] += each["current_assets_usd"] + each["property_usd"]
        each["total_liabilities_usd"] += each["current_liabilities_usd"]
        each["debt_usd"] = each["total_liabilities_usd"]
    found = reports(now, before)
    for name, expected in oracle(*found).items():
        assert getattr(beneish, name)(*found) == pytest.approx([expected], rel=1e-6), name


@given(st.tuples(*[st.floats(-3, 10)] * 8))
def test_the_score_is_that_of_financetoolkit(variables):
    columns = [one(each) for each in variables]
    names = ("dsri", "gmi", "aqi", "sgi", "depi", "sgai", "lvgi", "tata")
    oracle = beneish_model.get_beneish_m_score(*(pd.Series(each) for each in columns))
    found = beneish_m(**dict(zip(names, columns, strict=True)))
    assert found == pytest.approx(oracle.to_numpy(), abs=1e-9)


@pytest.mark.parametrize(
    ("name", "now", "before"),
    [
        ("dsri", {}, {"receivables_usd": 0}),
        ("gmi", {"gross_profit_ttm_usd": 0}, {}),
        ("gmi", {"gross_profit_ttm_usd": -1e6}, {}),
        ("gmi", {}, {"gross_profit_ttm_usd": -1e6}),
        ("aqi", {}, {"current_assets_usd": 5e6}),
        ("aqi", {"property_usd": 9e6}, {}),
        ("sgi", {}, {"revenue_ttm_usd": 0}),
        ("depi", {"depreciation_ttm_usd": 0}, {}),
        ("depi", {}, {"depreciation_ttm_usd": 0, "property_usd": 0}),
        ("sgai", {}, {"selling_general_admin_ttm_usd": 0}),
        ("lvgi", {}, {"current_liabilities_usd": 0, "debt_usd": 0}),
        ("lvgi", {"debt_usd": NAN}, {}),
    ],
)
def test_an_index_without_a_meaning_is_not_known(name, now, before):
    assert np.isnan(getattr(beneish, name)(*reports(now, before)))
    assert np.isnan(m(now, before))


NEEDED = (
    "revenue_ttm_usd",
    "gross_profit_ttm_usd",
    "depreciation_ttm_usd",
    "selling_general_admin_ttm_usd",
    "receivables_usd",
    "current_assets_usd",
    "property_usd",
    "total_assets_usd",
    "current_liabilities_usd",
    "debt_usd",
)


@pytest.mark.parametrize("name", NEEDED)
def test_what_it_needs_must_be_known_of_both_years(name):
    assert np.isnan(m({name: NAN}))
    assert np.isnan(m(before={name: NAN}))


@pytest.mark.parametrize("name", ["net_income_ttm_usd", "operating_cash_flow_ttm_usd"])
def test_accruals_are_those_of_the_newest_year(name):
    assert np.isnan(m({name: NAN}))
    assert m(before={name: NAN}) == m()


@settings(max_examples=40)
@given(st.floats(1e-6, 1e6))
def test_the_currency_does_not_matter(times):
    scaled = [{name: each[name] * times for name in MONEY} for each in (NOW_BETTER, BEFORE)]
    assert m(*scaled) == pytest.approx(m())


@given(*[st.fixed_dictionaries({name: st.floats(allow_nan=False) for name in NEEDED})] * 2)
def test_it_is_never_infinite(now, before):
    assert not np.isinf(m(now, before))


@pytest.mark.parametrize(
    ("sector", "expected"),
    [
        ("State Commercial Banks", True),
        ("NATIONAL COMMERCIAL BANKS", True),
        ("Mortgage Bankers & Loan Correspondents", True),
        ("Fire, Marine & Casualty Insurance", True),
        ("Finance Services", True),
        ("Financials", True),
        ("Personal Credit Institutions", True),
        ("Real Estate Investment Trusts", True),
        ("Mortgage REITs", True),
        ("reit", True),
        ("Security Brokers, Dealers & Flotation Companies", True),
        ("Asset-Backed Securities", True),
        ("Savings Institution, Federally Chartered", True),
        ("Software", False),
        ("Reiteration Machines", False),
        ("Services-Prepackaged Software", False),
        ("Embankment Construction", False),
        ("", False),
    ],
)
def test_which_sectors_are_financial(sector, expected):
    assert is_financial(pd.Series([sector], dtype="str")) == expected
    score = m_of(*reports(), sectors=pd.Series([sector], dtype="str"))
    assert np.isnan(score) == expected
