"""Scorecards of eight recorded assets, read line by line against what their providers answered.

Expected figures are worked out here from the raw bodies; what a card says of each criterion is written
out. A criterion that is not named is unknown.
"""

import math
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from assets.models import Asset
from tests.end_to_end.installation import REPLAY
from tests.golden.recorded import ASSETS, GVR, JUPITER, body_of, coin_of_2017, listed_polygon, scorecard_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.shared,
    pytest.mark.skipif(not REPLAY.exists(), reason="the recorded provider data is not beside the checkout"),
]

POSITION_USD = 5_000
DAILY_PART = 0.1
"""What one seller can be of a day's volume."""

STATES = {
    "skycoin": {
        "pass": "liquidity_depth.days_to_exit",
        "fail": "tokenomics.float_share",
        "n-a": "utility.market_cap_to_tvl",
    },
    "polygon": {
        "pass": """
            tokenomics.float_share liquidity_depth.round_trip_cost
            liquidity_depth.days_to_exit liquidity_depth.living_market transparency.official_channels
            liquidity_depth.exchange_delisting
        """,
        "n-a": "utility.market_cap_to_tvl liquidity_depth.launch_phase",
    },
    "gary": {
        "pass": "utility.trading_activity liquidity_depth.days_to_exit",
        "caution": "utility.sells_per_buy liquidity_depth.living_market",
        "fail": "liquidity_depth.round_trip_cost liquidity_depth.depth_to_position",
        "n-a": "utility.market_cap_to_tvl liquidity_depth.exchange_delisting transparency.audit",
    },
    "grove": {
        "pass": """
            liquidity_depth.pool_control holder_concentration.holder_hhi
            holder_concentration.nakamoto holder_concentration.holder_count transparency.copycat
        """,
        "caution": "holder_concentration.top_ten_share holder_concentration.largest_wallet",
        "fail": """
            tokenomics.mint_authority tokenomics.taxes liquidity_depth.round_trip_cost
            liquidity_depth.depth_to_position transparency.verified_source
        """,
        "n-a": """
            utility.market_cap_to_tvl liquidity_depth.lp_holder_count liquidity_depth.launch_phase
            liquidity_depth.exchange_delisting
        """,
    },
    "jupiter": {
        "pass": "holder_concentration.largest_wallet holder_concentration.holder_count",
        "n-a": """
            utility.market_cap_to_tvl liquidity_depth.launch_phase liquidity_depth.exchange_delisting
        """,
    },
    "apple": {
        "pass": """
            utility.revenue utility.piotroski tokenomics.dilution_12m
            tokenomics.cash_runway tokenomics.altman transparency.beneish
        """,
    },
    "alzamend": {
        "pass": "liquidity_depth.venue tokenomics.insolvency",
        "caution": "transparency.filings_on_time",
        "fail": """
            utility.revenue utility.piotroski utility.price_to_sales
            tokenomics.dilution_12m tokenomics.cash_runway tokenomics.toxic_capital
        """,
        "n-a": "tokenomics.altman transparency.beneish",
    },
    "ink": {
        "pass": "liquidity_depth.exchange_delisting",
        "fail": "liquidity_depth.round_trip_cost liquidity_depth.depth_to_position",
        "n-a": "utility.market_cap_to_tvl liquidity_depth.launch_phase",
    },
}
"""By asset and state the criteria."""


@pytest.fixture
def card(request):
    return scorecard_of(request.param)


def of(name):
    return pytest.mark.parametrize("card", [name], indirect=True)


def states(card) -> Mapping[str, str]:
    return {each["criterion"]: each["state"] for each in card.findings if each["state"] != "unknown"}


def value(card, criterion):
    return next(each["value"] for each in card.findings if each["criterion"] == criterion)


@pytest.mark.parametrize("card", ASSETS, indirect=True)
def test_what_the_card_says_of_each_criterion(card, request):
    name = request.node.callspec.params["card"]
    expected = {each: state for state, listed in STATES[name].items() for each in listed.split()}
    assert states(card) == expected
    assert Asset.objects.count() == 1, "every answer is about one asset"


@of("skycoin")
def test_a_coin_of_2017(card):
    row = coin_of_2017("skycoin")
    price, circulating, most = row["current_price"], row["circulating_supply"], row["max_supply"]
    assert card.figures["market_cap_usd"] == pytest.approx(price * circulating)
    assert card.figures["market_cap_usd"] == pytest.approx(row["market_cap"])
    assert card.figures["fully_diluted_usd"] == pytest.approx(price * most)
    assert card.figures["total_supply"] == row["total_supply"]
    assert card.figures["float_share"] == pytest.approx(circulating / most)
    assert card.figures["days_to_exit"] == pytest.approx(POSITION_USD / (DAILY_PART * row["total_volume"]))
    assert card.tier == "micro"


@of("polygon")
def test_a_large_coin_of_2023(card):
    whole, listed = body_of("coingecko/dashbrd/coins_matic.json"), listed_polygon()
    price, cap = listed["current_price"], listed["market_cap"]
    assert whole["last_updated"] < listed["last_updated"], "so that the list has the last word"
    assert card.figures["price_usd"] == price
    assert card.figures["market_cap_usd"] == pytest.approx(price * listed["circulating_supply"])
    assert card.figures["market_cap_usd"] == pytest.approx(cap, rel=0.01)
    assert card.figures["fully_diluted_usd"] == pytest.approx(price * listed["max_supply"])
    assert card.figures["volume_24h_usd"] == listed["total_volume"]
    last_traded_at = max(datetime.fromisoformat(each["last_traded_at"]) for each in whole["tickers"])
    assert timedelta(0) < card.scored_at - last_traded_at < timedelta(hours=1)
    sound = [each for each in whole["tickers"] if not each["is_stale"] and not each["is_anomaly"]]
    assert 0 < card.figures["round_trip_cost_share"] < 0.01
    assert (
        card.figures["spread_share"] <= min(each["bid_ask_spread_percentage"] for each in sound) / 100 + 1e-6
    )


@of("gary")
def test_a_token_of_solana_pools(card):
    pairs = body_of("dexscreener/recent/token_pairs_gary.json")
    pairs = pairs["pairs"] if isinstance(pairs, dict) else pairs
    deepest = max(pairs, key=lambda each: (each.get("liquidity") or {}).get("usd") or 0)
    quote_usd = deepest["liquidity"]["usd"] / 2
    # A constant product: what moves the price down by 2 %, of the deepest pool at least.
    assert card.figures["depth_down_usd"] >= quote_usd * (1 - math.sqrt(0.98)) * 0.95
    assert card.figures["depth_down_usd"] <= card.figures["liquidity_usd"] / 2 * (1 - math.sqrt(0.98)) * 1.001
    assert card.figures["liquidity_usd"] <= sum(
        (each.get("liquidity") or {}).get("usd") or 0 for each in pairs
    )
    assert card.figures["price_usd"] == pytest.approx(float(deepest["priceUsd"]), rel=0.02)


@of("grove")
def test_a_contract_on_ethereum(card):
    contract = body_of("goplus/token_security_eth_grove_gvr.json")["result"][GVR]
    burned, pool = "0x000000000000000000000000000000000000dead", contract["dex"][0]["pair"]
    held = {each["address"]: float(each["percent"]) for each in contract["holders"]}
    programs = {each["address"] for each in contract["holders"] if each["is_contract"]}
    counted = 1 - held[burned]
    owners = {each: share / counted for each, share in held.items() if each not in (burned, pool)}
    wallets = [share for each, share in owners.items() if each not in programs]
    assert card.figures["top_ten_share"] == pytest.approx(sum(held.values()))
    assert card.figures["top_ten_adjusted_share"] == pytest.approx(sum(owners.values()))
    assert card.figures["top_ten_adjusted_low_share"] == pytest.approx(sum(wallets))
    assert card.figures["largest_wallet_share"] == pytest.approx(max(wallets))
    assert contract["cannot_buy"] == "1", "so that its taxes of 100 % say that the trial failed"
    assert "tax_share" not in card.figures
    assert card.figures["holder_count"] == int(contract["holder_count"])


@of("jupiter")
def test_a_token_on_solana(card):
    contract = body_of("goplus/token_security_solana_jup.json")["result"][JUPITER]
    held = [float(each["percent"]) for each in contract["holders"]]
    assert card.figures["top_ten_share"] == pytest.approx(sum(held))
    assert card.figures["top_ten_adjusted_low_share"] <= card.figures["top_ten_adjusted_share"] <= sum(held)
    assert card.figures["holder_count"] == int(contract["holder_count"])
    assert card.gates_open == [], "whom its largest accounts hold for is not known"


class Reports:
    """What a company's reports say, by tag and period, as last filed."""

    def __init__(self, path):
        self.facts = body_of(path)["facts"]

    def of(self, tag, end, start=None, *, unit="USD", taxonomy="us-gaap"):
        listed = self.facts[taxonomy][tag]["units"][unit]
        return [each["val"] for each in listed if (each.get("start"), each["end"]) == (start, end)][-1]

    def twelve_months(self, tag, year, quarter, year_before):
        """A year and the quarter after it, less that quarter of the year before."""
        start, end = year
        return self.of(tag, end, start) + self.of(tag, *quarter[::-1]) - self.of(tag, *year_before[::-1])


def z2(*, working, retained, earned, equity, assets, owed):
    """Altman's Z″ of 1995, without its constant; no ratio beyond ±100 % of the assets."""

    def share(value):
        return max(-1.0, min(1.0, value / assets))

    return 6.56 * share(working) + 3.26 * share(retained) + 6.72 * share(earned) + 1.05 * equity / owed


@of("apple")
def test_a_company_of_2026(card):
    reports = Reports("sec_edgar/companyfacts/CIK0000320193_apple.json.gz")
    year, quarter = ("2024-09-29", "2025-09-27"), ("2025-09-28", "2025-12-27")

    def twelve_months(tag):
        return reports.twelve_months(tag, year, quarter, ("2024-09-29", "2024-12-28"))

    end = "2025-12-27"
    revenue = twelve_months("RevenueFromContractWithCustomerExcludingAssessedTax")
    assert card.figures["revenue_annual_usd"] == revenue
    flow = twelve_months("NetCashProvidedByUsedInOperatingActivities")
    assert card.figures["operating_cash_flow_annual_usd"] == flow
    cash = reports.of("CashAndCashEquivalentsAtCarryingValue", end)
    assert card.figures["cash_usd"] == cash + reports.of("MarketableSecuritiesCurrent", end)
    assert card.figures["altman_z2"] == pytest.approx(
        z2(
            working=reports.of("AssetsCurrent", end) - reports.of("LiabilitiesCurrent", end),
            retained=reports.of("RetainedEarningsAccumulatedDeficit", end),
            earned=twelve_months("OperatingIncomeLoss"),
            equity=reports.of("StockholdersEquity", end),
            assets=reports.of("Assets", end),
            owed=reports.of("Liabilities", end),
        )
    )
    assert card.figures["gross_margin_share"] == pytest.approx(twelve_months("GrossProfit") / revenue)


@of("alzamend")
def test_a_company_that_merged_its_shares(card):
    recent = body_of("sec_edgar/submissions/CIK0001677077.json")["filings"]["recent"]
    periodic = [form for form, day in zip(recent["form"], recent["filingDate"], strict=True)
                if form in ("10-K", "10-Q") and day >= "2024-03-07"]  # fmt: skip
    assert card.figures["filings_due_24m"] == len(periodic) == 8
    assert card.figures["filings_missing_24m"] == 0
    assert card.figures["auditor_troubles_24m"] == 0, "nobody has read what the change was"
    assert card.figures["auditor_troubles_24m_most"] == 1, "8-K of 2024-05-09, item 4.01"
    assert card.figures["grace_met_24m"] == 2, (
        "notices of 2024-03-18 and 2024-07-30, each report within its days"
    )
    assert card.figures["reverse_splits_24m"] == 2, "July 2024 and May 2025, told by its accounts"


@of("alzamend")
def test_a_company_that_burns_its_cash(card):
    reports = Reports("sec_data/api/xbrl/companyfacts/CIK0001677077.json.gz")
    end, year = "2025-07-31", ("2024-05-01", "2025-04-30")

    def twelve_months(tag):
        return reports.twelve_months(tag, year, ("2025-05-01", end), ("2024-05-01", "2024-07-31"))

    assert not [tag for tag in reports.facts["us-gaap"] if "Revenue" in tag or "SalesRevenue" in tag]
    assert card.figures["revenue_annual_usd"] == 0, "complete accounts that name no revenue"
    flow = twelve_months("NetCashProvidedByUsedInOperatingActivities")
    cash = reports.of("CashAndCashEquivalentsAtCarryingValue", end)
    assert (flow, cash) == (-7_875_230, 5_620_872)
    assert card.figures["operating_cash_flow_annual_usd"] == flow
    assert card.figures["cash_usd"] == cash
    assert card.figures["runway_months"] == pytest.approx(cash / (-flow / 12))

    assets, owed = reports.of("Assets", end), reports.of("Liabilities", end)
    working = reports.of("AssetsCurrent", end) - owed  # all it owes is current: there is no other heading
    assert card.figures["working_capital_usd"] == working
    assert card.figures["altman_z2"] == pytest.approx(
        z2(
            working=working,
            retained=reports.of("RetainedEarningsAccumulatedDeficit", end),
            earned=twelve_months("OperatingIncomeLoss"),
            equity=reports.of("StockholdersEquity", end),
            assets=assets,
            owed=owed,
        )
    )
    assert card.figures["return_on_assets_share"] == pytest.approx(twelve_months("NetIncomeLoss") / assets)
    # Less of a loss on its assets than a year ago, and more current assets for what it owes: nothing else.
    assert (card.figures["piotroski_f"], card.figures["piotroski_known"]) == (2, 9)


@of("alzamend")
def test_its_shares_of_two_years_are_counted_in_one_unit(card):
    reports = Reports("sec_data/api/xbrl/companyfacts/CIK0001677077.json.gz")
    cover = "EntityCommonStockSharesOutstanding"
    now, before = (
        reports.of(cover, day, unit="shares", taxonomy="dei") for day in ("2025-09-10", "2024-09-11")
    )
    merged = 9  # for one, on 2025-05-12, between the two covers
    assert card.figures["circulating_supply"] == now
    assert card.figures["emission_12m_share"] == pytest.approx(now / (before / merged) - 1)
    assert value(card, "tokenomics.dilution_12m") == pytest.approx(6.264, abs=0.001)


@of("ink")
def test_an_order_book_without_bids_nearby(card):
    body = body_of("orderbooks/gateio/07_currency_pair_INK_USDT_limit_100_with_id_true.json")["body"]
    bids, asks = ([(float(p), float(q)) for p, q in body[side]] for side in ("bids", "asks"))
    money, bought, fee = float(POSITION_USD), 0.0, 0.002
    for price, size in asks:
        taken = min(size, money / price)
        bought, money = bought + taken, money - taken * price
    left, got = bought * (1 - fee), 0.0
    for price, size in bids:
        sold = min(size, left)
        left, got = left - sold, got + sold * price
    assert left == 0
    lost = 1 - got * (1 - fee) / POSITION_USD
    assert value(card, "liquidity_depth.round_trip_cost") == pytest.approx(lost, abs=1e-9)
    mid = (bids[0][0] + asks[0][0]) / 2
    assert bids[0][0] < 0.98 * mid
    assert card.figures["depth_down_usd"] == 0
