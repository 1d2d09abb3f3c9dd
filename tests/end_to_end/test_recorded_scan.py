"""A scan of recorded answers: a scorecard for every asset, and five of them read line by line.

Each expected figure is worked out here from the raw numbers of a recorded file, with the formula
written out again; nothing of the application's own arithmetic is used.
"""

import math
from datetime import timedelta

import pytest

from tests.end_to_end.installation import RECORDED, SCORING, Installation, replay_server
from tests.end_to_end.recordings import (
    Facts,
    coins_of_2017,
    day,
    fingerprint,
    recording,
    reports_due,
    sides,
)
from tests.end_to_end.scan import APPLE, BUNTBALL, CARDS, GVR, MARVELL, Card, scan

pytestmark = [*RECORDED, pytest.mark.slow("assets", "screener/supervisor", *SCORING)]

POSITION_USD = 5_000


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    with replay_server() as url:
        made = Installation(tmp_path_factory.mktemp("assay"), url)
        made.manage("migrate", "-v", "0")
        assert scan(made) == [], "every run ends well"
    return made


def named(states):
    """{"pass": "utility.a utility.b", …} as {criterion: state}."""
    return {criterion: state for state, criteria in states.items() for criterion in criteria.split()}


# The whole scan -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def everything(installation):
    return installation.ask(CARDS)


def test_every_asset_has_a_scorecard(everything):
    assert everything["assets"] == len(everything["cards"])
    kinds = [card["kind"] for card in everything["cards"]]
    assert kinds.count("token") > 1_500
    assert kinds.count("equity") > 40


@pytest.mark.parametrize(("kind", "many"), [("token", 34), ("equity", 26)])
def test_every_criterion_of_its_kind_is_answered_on_every_card(everything, kind, many):
    asked = everything["criteria"][kind]
    assert len(asked) == many
    for card in everything["cards"]:
        if card["kind"] == kind:
            assert [each["criterion"] for each in card["findings"]] == asked


def test_no_number_is_senseless(everything):
    for card in everything["cards"]:
        numbers = [*card["scores"], *card["figures"].values()]
        numbers += [score for each in card["dimensions"].values() for score in each.values()]
        numbers += [value for each in card["findings"] for value in each["values"].values()]
        numbers += [each[key] for each in card["findings"] for key in ("value", "points")]
        assert all(math.isfinite(each) for each in numbers if each is not None), card["asset"]


def test_an_answer_names_what_it_rests_on_and_an_unknown_one_earns_nothing(everything):
    for card in everything["cards"]:
        for each in card["findings"]:
            is_answered = each["state"] in ("pass", "caution", "fail")
            assert (each["points"] is not None) == is_answered
            assert set(each["observations"]) <= set(card["observations"])
            assert each["observations"] or not is_answered, each


# A coin of 2017: nothing but a price, supplies and a volume ---------------------------


def test_a_coin_of_2017_line_by_line(installation):
    card, row = Card.of(installation, "coingecko", "ufo-coin"), coins_of_2017()["ufo-coin"]
    price, volume = float(row["price_usd"]), float(row["24h_volume_usd"])
    circulating, most = float(row["available_supply"]), float(row["max_supply"])

    assert card.figures["price_usd"] == price
    assert card.figures["volume_24h_usd"] == volume
    assert card.figures["market_cap_usd"] == pytest.approx(price * circulating)
    assert card.figures["market_cap_usd"] == pytest.approx(float(row["market_cap_usd"]), abs=1)
    assert card.figures["fully_diluted_usd"] == pytest.approx(price * most)
    assert card.value("tokenomics.float_share") == pytest.approx(circulating / most, abs=1e-9)
    assert card.value("liquidity_depth.days_to_exit") == pytest.approx(POSITION_USD / (0.1 * volume))
    assert card.states() == named(
        {
            "pass": "tokenomics.float_share",
            "fail": "liquidity_depth.days_to_exit",
            "n-a": "utility.market_cap_to_tvl",
            "unknown": """
                utility.active_addresses utility.trading_activity utility.sells_per_buy
                utility.traders_per_trade utility.activity_trend utility.price_of_revenue
                tokenomics.unlock_30d
                tokenomics.insider_unlock_12m tokenomics.emission_12m tokenomics.mint_authority
                tokenomics.taxes liquidity_depth.round_trip_cost liquidity_depth.depth_to_position
                liquidity_depth.pool_control liquidity_depth.lp_holder_count liquidity_depth.living_market
                holder_concentration.top_ten_share holder_concentration.largest_wallet
                holder_concentration.holder_hhi holder_concentration.nakamoto
                holder_concentration.holder_count transparency.verified_source transparency.audit
                transparency.team transparency.official_channels transparency.roadmap
                transparency.deployer transparency.copycat
                transparency.paid_promotion liquidity_depth.launch_phase
                liquidity_depth.exchange_delisting
            """,
        }
    )
    for criterion in ("tokenomics.float_share", "liquidity_depth.days_to_exit"):
        assert card.findings[criterion]["stale"]
        (page,) = card.bodies(criterion)
        (coin_row,) = [coin for coin in page if coin["id"] == "ufo-coin"]
        assert coin_row["current_price"] == price
        assert coin_row["circulating_supply"] == circulating
        assert coin_row["max_supply"] == most
        assert coin_row["total_volume"] == volume


# A token of a Solana pool -------------------------------------------------------------


def lost_share(x, fee=0.003):
    """The part of 5,000 that a pool with x USD on either side keeps: buy, and sell once its price is back.

    Its fee is not recorded, so that of most pools counts.
    """
    y = x  # tokens, in units that cost one dollar
    added = POSITION_USD * (1 - fee)
    bought = y * added / (x + added)
    sold = bought * (1 - fee)
    return 1 - x * sold / (y + sold) / POSITION_USD


def test_a_token_of_a_pool_line_by_line(installation):
    card = Card.of(installation, "address:solana", BUNTBALL)
    page = recording("geckoterminal/json/spec_new_pools_by_network.json")
    (pool,) = [
        each["attributes"]
        for each in page["data"]
        if each["relationships"]["base_token"]["data"]["id"] == f"solana_{BUNTBALL}"
    ]
    reserve, volume = float(pool["reserve_in_usd"]), float(pool["volume_usd"]["h24"])
    buys, sells, buyers, sellers = (
        pool["transactions"]["h24"][each] for each in ("buys", "sells", "buyers", "sellers")
    )

    x = reserve / 2
    # PumpSwap takes 1.25 % below a market cap of 420 SOL, and this one is worth 277.
    assert float(pool["fdv_usd"]) / float(pool["quote_token_price_usd"]) < 420
    assert card.value("liquidity_depth.round_trip_cost") == pytest.approx(lost_share(x, 0.0125), abs=1e-9)
    assert card.figures["depth_down_usd"] == pytest.approx(x - x * math.sqrt(0.98))
    assert card.value("liquidity_depth.depth_to_position") == pytest.approx(
        x * (1 - math.sqrt(0.98)) / POSITION_USD, abs=1e-9
    )
    assert card.figures["liquidity_usd"] == reserve
    assert card.value("utility.trading_activity") == buys + sells
    assert card.value("utility.sells_per_buy") == pytest.approx(sells / buys)
    assert card.value("utility.traders_per_trade") == pytest.approx((buyers + sellers) / (buys + sells))
    assert card.findings["liquidity_depth.living_market"]["values"] == {
        "volume_to_liquidity": pytest.approx(volume / reserve)
    }
    assert card.value("liquidity_depth.days_to_exit") == pytest.approx(POSITION_USD / (0.1 * volume))
    assert card.figures["fully_diluted_usd"] == pytest.approx(float(pool["fdv_usd"]), rel=1e-6)
    assert card.states() == named(
        {
            "pass": "utility.sells_per_buy utility.traders_per_trade liquidity_depth.living_market",
            "caution": "utility.trading_activity liquidity_depth.days_to_exit",
            "fail": "liquidity_depth.round_trip_cost liquidity_depth.depth_to_position",
            "n-a": """
                utility.market_cap_to_tvl liquidity_depth.launch_phase liquidity_depth.exchange_delisting
            """,
            "unknown": """
                utility.active_addresses utility.activity_trend utility.price_of_revenue
                tokenomics.float_share tokenomics.unlock_30d tokenomics.insider_unlock_12m
                tokenomics.emission_12m tokenomics.mint_authority tokenomics.taxes
                liquidity_depth.pool_control liquidity_depth.lp_holder_count
                holder_concentration.top_ten_share holder_concentration.largest_wallet
                holder_concentration.holder_hhi holder_concentration.nakamoto
                holder_concentration.holder_count transparency.verified_source transparency.audit
                transparency.team transparency.official_channels transparency.roadmap
                transparency.deployer transparency.copycat
                transparency.paid_promotion
            """,
        }
    )
    for criterion in (
        *("utility.trading_activity", "utility.sells_per_buy", "liquidity_depth.round_trip_cost"),
        *("liquidity_depth.depth_to_position", "liquidity_depth.living_market"),
        "liquidity_depth.days_to_exit",
    ):
        assert fingerprint(page) in map(fingerprint, card.bodies(criterion))


# A contract on Ethereum ---------------------------------------------------------------


def test_a_contract_line_by_line(installation):
    card = Card.of(installation, "address:ethereum", GVR)
    body = recording("goplus/token_security_eth_grove_gvr.json")
    contract = body["result"][GVR]
    shares = {each["address"]: float(each["percent"]) for each in contract["holders"]}
    burned = shares["0x000000000000000000000000000000000000dead"]
    pool = contract["dex"][0]["pair"]
    owners = sorted((share / (1 - burned) for address, share in shares.items()
                     if address not in (pool, "0x000000000000000000000000000000000000dead")),
                    reverse=True)  # fmt: skip
    reserve = float(contract["dex"][0]["liquidity"])

    # It can be minted and paused by a contract of which nobody knows who controls it; nothing can be sold.
    assert contract["is_mintable"] == contract["transfer_pausable"] == contract["is_open_source"] == "1"
    assert contract["owner_address"] not in shares
    assert card.value("tokenomics.mint_authority") == 3
    # Taxes of all there is, where nothing can be bought: the trial trade failed and says nothing of them.
    assert contract["cannot_buy"] == contract["buy_tax"] == contract["sell_tax"] == "1"
    assert card.value("tokenomics.taxes") is None
    assert card.value("transparency.verified_source") == 1
    assert contract["anti_whale_modifiable"] == "1"
    assert card.figures["contract_powers_count"] == 2

    assert len(shares) == 10
    assert card.figures["top_ten_share"] == pytest.approx(sum(shares.values()))
    assert card.value("holder_concentration.top_ten_share") == pytest.approx(sum(owners), abs=1e-9)
    programs = {each["address"] for each in contract["holders"] if each["is_contract"]}
    wallets = [share / (1 - burned) for address, share in shares.items() if address not in programs]
    wallets.remove(burned / (1 - burned))
    assert card.value("holder_concentration.largest_wallet") == pytest.approx(max(wallets), abs=1e-9)
    assert card.figures["top_ten_adjusted_low_share"] == pytest.approx(sum(wallets))
    assert card.figures["creator_share"] == float(contract["creator_percent"]) == 0
    # At most: of those who are not listed nobody has more than the last one who is.
    unlisted = (1 - sum(shares.values())) / (1 - burned) * owners[-1]
    assert card.value("holder_concentration.holder_hhi") == pytest.approx(
        100**2 * (sum(each**2 for each in owners) + unlisted), abs=1e-6
    )
    # The holders that are not named are no larger than the last one that is.
    unnamed = math.floor((0.5 - sum(owners)) / owners[-1]) + 1
    assert card.value("holder_concentration.nakamoto") == len(owners) + unnamed
    assert card.value("holder_concentration.holder_count") == int(contract["holder_count"])

    free = [float(each["percent"]) for each in contract["lp_holders"] if each["is_locked"] == 0]
    dead = [float(each["percent"]) for each in contract["lp_holders"] if each["is_locked"] == 1]
    assert sum(free) + sum(dead) == pytest.approx(1, abs=1e-6)
    assert card.value("liquidity_depth.pool_control") == pytest.approx(max(free), abs=1e-9)

    x = reserve / 2
    assert card.value("liquidity_depth.round_trip_cost") == pytest.approx(lost_share(x), abs=1e-9)
    assert card.figures["depth_down_usd"] == pytest.approx(x * (1 - math.sqrt(0.98)))
    assert card.gates == [], "a trial that failed is no proof of a trap"
    assert card.states() == named(
        {
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
            "unknown": """
                utility.active_addresses utility.trading_activity utility.sells_per_buy
                utility.traders_per_trade utility.activity_trend utility.price_of_revenue
                tokenomics.float_share
                tokenomics.unlock_30d tokenomics.insider_unlock_12m tokenomics.emission_12m
                liquidity_depth.days_to_exit
                liquidity_depth.living_market transparency.audit transparency.team
                transparency.official_channels transparency.roadmap transparency.deployer
                transparency.paid_promotion
            """,
        }
    )
    for criterion, finding in card.findings.items():
        if finding["state"] in ("pass", "caution", "fail"):
            assert list(map(fingerprint, card.bodies(criterion))) == [fingerprint(body)]


# A company ----------------------------------------------------------------------------


YEAR = ("2025-02-02/2026-01-31", "2026-02-01/2026-05-02", "2025-02-02/2025-05-03")
YEAR_BEFORE = ("2024-02-04/2025-02-01", "2025-02-02/2025-05-03", "2024-02-04/2024-05-04")
"""The fiscal year of Marvell's, the quarter after it, and the same quarter a year before."""


def test_a_company_line_by_line(installation):
    card = Card.of(installation, "cik", MARVELL)
    facts = Facts("sec_edgar/companyfacts/CIK0001835632_marvell.json.gz")
    filings = recording("sec_edgar/submissions/CIK0001835632.json")
    end, sales = "2026-05-02", "RevenueFromContractWithCustomerExcludingAssessedTax"

    revenue, before = (facts.twelve_months(sales, *periods) for periods in (YEAR, YEAR_BEFORE))
    assert card.value("utility.revenue") == pytest.approx(revenue)
    assert card.findings["utility.revenue"]["values"] == {
        "revenue_growth_share": pytest.approx(revenue / before - 1)
    }
    flow = facts.twelve_months("NetCashProvidedByUsedInOperatingActivities", *YEAR)
    assert flow > 0
    assert card.figures["operating_cash_flow_annual_usd"] == flow
    assert card.figures["cash_usd"] == facts.balance("CashAndCashEquivalentsAtCarryingValue", end)
    assert card.value("tokenomics.cash_runway") == 120, "it burns nothing"

    assets, owed = facts.balance("Assets", end), facts.balance("Liabilities", end)
    working = facts.balance("AssetsCurrent", end) - facts.balance("LiabilitiesCurrent", end)
    retained = facts.balance("RetainedEarningsAccumulatedDeficit", end)
    ebit, equity = (
        facts.twelve_months("OperatingIncomeLoss", *YEAR),
        facts.balance("StockholdersEquity", end),
    )
    z = 6.56 * working / assets + 3.26 * retained / assets + 6.72 * ebit / assets + 1.05 * equity / owed
    assert card.value("tokenomics.altman") == pytest.approx(z, abs=1e-9)

    shares, year_ago = facts.shares("2026-05-21"), facts.shares("2025-05-23")
    assert card.figures["circulating_supply"] == shares
    assert card.value("tokenomics.dilution_12m") == pytest.approx(shares / year_ago - 1, abs=1e-9)

    counts = card.findings["transparency.filings_on_time"]["values"]
    missing = counts["filings_missing_24m"]
    # The last day of a quarter that nobody reported is known to within a few days only.
    near = [reports_due(filings, card.scored_at.date() + timedelta(days=days)) for days in (-4, 0, 4)]
    assert (counts["filings_due_24m"], missing) in near
    assert counts["filings_late_24m"] == 0
    assert filings["exchanges"] == ["Nasdaq"]
    assert card.value("liquidity_depth.venue") == 0
    assert ("transparency.filings_on_time" in card.gates) == (missing > 0)

    # A pass counts in full as long as what it rests on is young enough; the recording grows older every day.
    assert card.findings["utility.revenue"]["stale"] == card.is_aged(day("2026-05-28"), 200)
    assert card.states() == {
        **named(
            {
                "pass": """
                    liquidity_depth.venue liquidity_depth.listing_standing transparency.auditor
                    utility.revenue tokenomics.insolvency tokenomics.dilution_12m tokenomics.cash_runway
                    tokenomics.altman """,
                # Six of nine; between −2.22 and −1.78.
                "caution": "utility.piotroski transparency.beneish",
                "unknown": """
                    tokenomics.toxic_capital tokenomics.overhang
                    utility.price_to_sales utility.price_change_12m utility.market_cap_to_liabilities
                    utility.distance_to_default tokenomics.bid_price liquidity_depth.exit_cost
                    liquidity_depth.zero_volume_days holder_concentration.insider_ownership
                    holder_concentration.free_float holder_concentration.insider_trades
                    transparency.going_concern transparency.warnings transparency.threshold_list
                """,
            }
        ),
        "transparency.filings_on_time": "fail" if missing else "pass",
    }
    from_facts = """
        utility.revenue utility.piotroski tokenomics.dilution_12m tokenomics.cash_runway
        tokenomics.altman transparency.beneish
    """
    from_filings = """
        tokenomics.toxic_capital liquidity_depth.venue transparency.filings_on_time transparency.auditor
    """
    for body, criteria in ((facts.body, from_facts), (filings, from_filings)):
        for criterion in criteria.split():
            assert list(map(fingerprint, card.bodies(criterion))) == [fingerprint(body)]


def test_billions_are_told_to_the_dollar(installation):
    card, facts = (
        Card.of(installation, "cik", APPLE),
        Facts("sec_edgar/companyfacts/CIK0000320193_apple.json.gz"),
    )
    year = ("2024-09-29/2025-09-27", "2025-09-28/2025-12-27", "2024-09-29/2024-12-28")
    sales = facts.twelve_months("RevenueFromContractWithCustomerExcludingAssessedTax", *year)
    assert card.figures["revenue_annual_usd"] == sales


# An order book ------------------------------------------------------------------------


BOOKS = {
    ("gate", "OMG"): "orderbooks/gateio/04_currency_pair_OMG_USDT_limit_100_with_id_true.json",
    ("gate", "NANO"): "orderbooks/gateio/10_currency_pair_NANO_USDT_limit_100_with_id_true.json",
    ("gate", "INK"): "orderbooks/gateio/07_currency_pair_INK_USDT_limit_100_with_id_true.json",
    ("gate", "FAST"): "orderbooks/gateio/03_currency_pair_FAST_USDT_limit_100_with_id_true.json",
    ("gate", "DIS"): "orderbooks/gateio/08_currency_pair_DIS_USDT_limit_100_with_id_true.json",
    ("binance", "NKN"): "orderbooks/binance/01_symbol_NKNUSDT_limit_1000.json",
}


TAKER_FEES = {"gate": 0.002, "binance": 0.001}
"""By their public fee schedules, at the lowest tier."""


def bought_for(money, asks):
    """What this money buys, order by order."""
    bought = 0.0
    for price, size in asks:
        taken = min(size, money / price)
        bought, money = bought + taken, money - taken * price
    assert money == pytest.approx(0, abs=1e-6), "the book holds as much"
    return bought


def proceeds_of(quantity, bids):
    """What selling so much brings, order by order; and what nobody buys."""
    money = 0.0
    for price, size in bids:
        sold = min(size, quantity)
        money, quantity = money + sold * price, quantity - sold
    return money, quantity


def round_trip_share(bids, asks, fee):
    """Spend 5,000, then sell what came, a fee on either trade: the part that is lost."""
    money, left = proceeds_of(bought_for(POSITION_USD, asks) * (1 - fee), bids)
    assert left == 0, "the book holds as much"
    return 1 - money * (1 - fee) / POSITION_USD


@pytest.mark.parametrize(("exchange", "code"), BOOKS)
def test_a_round_trip_walks_the_recorded_orders(installation, exchange, code):
    card = Card.of(installation, f"currency:{exchange}", code)
    expected = round_trip_share(*sides(BOOKS[exchange, code]), TAKER_FEES[exchange])
    assert card.value("liquidity_depth.round_trip_cost") == pytest.approx(expected, abs=1e-9)


def test_an_order_book_line_by_line(installation):
    card, path = Card.of(installation, "currency:gate", "FAST"), BOOKS["gate", "FAST"]
    bids, asks = sides(path)
    mid = (bids[0][0] + asks[0][0]) / 2
    within = sum(price * size for price, size in bids if price >= 0.98 * mid)
    assert card.figures["spread_share"] == pytest.approx((asks[0][0] - bids[0][0]) / mid)
    assert card.figures["depth_down_usd"] == pytest.approx(within)
    assert card.value("liquidity_depth.depth_to_position") == pytest.approx(within / POSITION_USD, abs=1e-9)
    assert card.gates == [], "dear is no reason to stop"
    assert card.states() == named(
        {
            "pass": "liquidity_depth.exchange_delisting",
            "fail": "liquidity_depth.round_trip_cost liquidity_depth.depth_to_position",
            "n-a": "utility.market_cap_to_tvl liquidity_depth.launch_phase",
            "unknown": """
                utility.active_addresses utility.trading_activity utility.sells_per_buy
                utility.traders_per_trade utility.activity_trend utility.price_of_revenue
                tokenomics.float_share
                liquidity_depth.lp_holder_count tokenomics.unlock_30d
                tokenomics.insider_unlock_12m tokenomics.emission_12m tokenomics.mint_authority
                tokenomics.taxes liquidity_depth.days_to_exit liquidity_depth.pool_control
                liquidity_depth.living_market holder_concentration.top_ten_share
                holder_concentration.largest_wallet holder_concentration.holder_hhi
                holder_concentration.nakamoto holder_concentration.holder_count
                transparency.verified_source transparency.audit transparency.team
                transparency.official_channels transparency.roadmap transparency.deployer
                transparency.copycat transparency.paid_promotion
            """,
        }
    )
    for criterion in ("liquidity_depth.round_trip_cost", "liquidity_depth.depth_to_position"):
        (body,) = card.bodies(criterion)
        assert fingerprint(body) == fingerprint(recording(path)["body"])
