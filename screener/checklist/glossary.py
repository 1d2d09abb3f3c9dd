"""Glossary: what each criterion's title means in the field, and the terms that pages use.

The Glossary page renders `glossary()`, and `markdown()` writes the same down for `docs/glossary.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from screener.checklist.dimensions import DIMENSIONS
from screener.checklist.terms import TERMS
from screener.checklist.types import Criterion, Dimension, phrase

MEANINGS: Final[Mapping[str, str]] = {
    "utility.active_addresses": phrase(
        "Distinct addresses that sent or received a token in a period. An upper bound on users: one "
        "person can "
        "run many addresses."
    ),
    "utility.trading_activity": phrase("Trade count: the number of swaps on DEX pools in 24 hours."),
    "utility.sells_per_buy": phrase(
        "Number of sells divided by number of buys. A ratio near zero is typical of honeypots and of wash "
        "buying."
    ),
    "utility.traders_per_trade": phrase(
        "Unique traders divided by trades. A low ratio means that few wallets make the volume, as in wash "
        "trading."
    ),
    "utility.activity_trend": phrase(
        "On-chain transactions of the last 30 days against the monthly average of the 60 days before."
    ),
    "utility.price_of_revenue": phrase(
        "Fully diluted valuation divided by annualised protocol revenue; the price-to-sales multiple of a "
        "token."
    ),
    "utility.market_cap_to_tvl": phrase(
        "Market capitalisation divided by total value locked: what is paid for each dollar that users have "
        "deposited in a DeFi protocol."
    ),
    "utility.revenue": phrase("Change of trailing twelve-month revenue against the twelve months before."),
    "utility.piotroski": phrase(
        "Piotroski's score from 0 to 9: nine tests of profitability, leverage and liquidity, and operating "
        "efficiency in two annual reports."
    ),
    "utility.price_to_sales": phrase(
        "Market capitalisation divided by trailing twelve-month revenue (P/S), here against the median of "
        "the "
        "sector."
    ),
    "utility.price_change_12m": phrase("Split-adjusted price return of the last twelve months."),
    "utility.market_cap_to_liabilities": phrase(
        "Market value of equity divided by book value of total liabilities: X4 of Altman's Z-score. A low "
        "ratio "
        "means that the market expects little to be left for shareholders."
    ),
    "utility.distance_to_default": phrase(
        "Merton's distance to default: how many standard deviations of asset value lie between the "
        "company and "
        "the point at which it cannot meet its debt."
    ),
    "tokenomics.float_share": phrase(
        "Market capitalisation divided by fully diluted valuation: the part of the maximum supply in "
        "circulation. "
        "Below one half is called a low float."
    ),
    "tokenomics.unlock_30d": phrase(
        "Tokens that vest or unlock in the next 30 days, as a share of circulating supply."
    ),
    "tokenomics.insider_unlock_12m": phrase(
        "Tokens that unlock for team and investors in the next twelve months, as a share of circulating "
        "supply."
    ),
    "tokenomics.emission_12m": phrase(
        "Growth of circulating supply in twelve months by emission, vesting and minting: a token's "
        "inflation rate."
    ),
    "tokenomics.mint_authority": phrase(
        "The account or program that may mint new tokens. Revoked (on EVM chains: renounced) when nobody can."
    ),
    "tokenomics.taxes": phrase(
        "A honeypot is a token that can be bought but not sold. A transfer tax is a share that the "
        "contract keeps "
        "of each buy, sell or transfer."
    ),
    "tokenomics.dilution_12m": phrase(
        "Growth of shares outstanding in twelve months, adjusted for splits: how much an existing share was "
        "diluted by new ones."
    ),
    "tokenomics.cash_runway": phrase(
        "Cash and short-term investments divided by the average monthly cash burn (negative operating "
        "cash flow)."
    ),
    "tokenomics.altman": phrase(
        "Altman's Z″-score for non-manufacturers, of four balance-sheet ratios: above 2.6 safe zone, "
        "below 1.1 "
        "distress zone."
    ),
    "tokenomics.toxic_capital": phrase(
        "A reverse split merges shares to raise the price. Toxic financing is convertibles or warrants whose "
        "conversion price falls with the market; an ATM programme sells new shares into the market."
    ),
    "tokenomics.overhang": phrase(
        "Shares that may be issued or sold at any time: warrants, convertibles, ATM programmes and "
        "what a shelf registration has left."
    ),
    "tokenomics.insolvency": phrase(
        "Bankruptcy or receivership (8-K item 1.03), and acceleration of debt after a default (item 2.04)."
    ),
    "tokenomics.bid_price": phrase(
        "Nasdaq and NYSE require a minimum bid or closing price of $1. Thirty business days below it bring a "
        "deficiency notice, and delisting if it is not regained."
    ),
    "liquidity_depth.round_trip_cost": phrase(
        "Cost of buying a position and selling it at once: fees, taxes, spread and price impact, twice."
    ),
    "liquidity_depth.days_to_exit": phrase(
        "Days to sell a position at a participation rate of 10 % of average daily volume."
    ),
    "liquidity_depth.depth_to_position": phrase(
        "Value that can be traded before the price moves by 2 %, in order books and pools together."
    ),
    "liquidity_depth.pool_control": phrase(
        "Who holds the liquidity-provider (LP) tokens of a pool, and whether they are burned or in a time "
        "lock. "
        "Who holds them unlocked can pull the liquidity."
    ),
    "liquidity_depth.lp_holder_count": phrase(
        "Number of accounts that hold LP tokens of the deepest pool: how many provide its liquidity."
    ),
    "liquidity_depth.launch_phase": phrase(
        "Whether a token is still sold on the bonding curve of a launchpad, or has graduated to a pool of "
        "its own."
    ),
    "liquidity_depth.exchange_delisting": phrase(
        "Removal of a token's last trading pair from a centralised exchange."
    ),
    "liquidity_depth.living_market": phrase(
        "Whether an asset trades continuously: time since the last trade, and turnover (volume divided by "
        "liquidity). Very low turnover is a dead pool, very high turnover a sign of wash trading."
    ),
    "liquidity_depth.exit_cost": phrase(
        "Implicit and explicit cost of liquidating a position, and how long it takes at 10 % of daily "
        "volume; "
        "without quotes the spread is estimated from daily bars (EDGE)."
    ),
    "liquidity_depth.zero_volume_days": phrase(
        "Trading days without a trade (Lesmond, Ogden and Trzcinka), of the last 60: a measure of "
        "illiquidity."
    ),
    "liquidity_depth.listing_standing": phrase(
        "Whether a listed company meets the listing standards: notices of deficiency and decisions "
        "to delist (8-K item 3.01), and removal by Form 25."
    ),
    "liquidity_depth.venue": phrase(
        "Where a share is listed or quoted: on an exchange, or on OTCQX, OTCQB, OTCID, Pink Limited, the "
        "Expert "
        "Market or the grey market. Disclosure duties fall in this order."
    ),
    "holder_concentration.top_ten_share": phrase(
        "Share of the supply held by the ten largest holders, without pools, burn addresses, bridges, "
        "exchanges "
        "and lockers."
    ),
    "holder_concentration.largest_wallet": phrase(
        "Share of the supply held by the largest single wallet, and by the creator of the token."
    ),
    "holder_concentration.holder_hhi": phrase(
        "Herfindahl–Hirschman index: the sum of the squared percentage holdings, from 0 (dispersed) to "
        "10,000 "
        "(one holder)."
    ),
    "holder_concentration.nakamoto": phrase(
        "The smallest number of holders who together own more than half of the supply."
    ),
    "holder_concentration.holder_count": phrase("Number of addresses with a balance."),
    "holder_concentration.insider_ownership": phrase(
        "Shares held by officers, directors and beneficial owners of 5 % or more (Schedules 13D and 13G, "
        "proxy "
        "statement), as a share of those outstanding."
    ),
    "holder_concentration.free_float": phrase(
        "Shares held by non-affiliates, and so free to trade, as a share of those outstanding."
    ),
    "holder_concentration.insider_trades": phrase(
        "Open-market purchases less sales by officers, directors and 10 % owners, as reported on Form 4."
    ),
    "transparency.verified_source": phrase(
        "Source code published and matched to the deployed bytecode; and privileges of an owner or admin to "
        "upgrade, pause, blacklist, freeze or change balances and taxes."
    ),
    "transparency.audit": phrase(
        "Review of a contract's code by a security firm, with its date and the code that it covers."
    ),
    "transparency.team": phrase(
        "Whether founders are doxxed (publicly identified), pseudonymous or anonymous."
    ),
    "transparency.copycat": phrase(
        "Imitation of a known token's name or symbol by another contract, also in look-alike letters."
    ),
    "transparency.paid_promotion": phrase(
        "Advertisements, boosts and trending places bought on a token's page of a DEX screener."
    ),
    "transparency.official_channels": phrase(
        "Website, X, Telegram, Discord, GitHub and white paper of a project, and whether they link to "
        "each other."
    ),
    "transparency.roadmap": phrase(
        "Delivered milestones of the published roadmap, and commits to public repositories."
    ),
    "transparency.deployer": phrase(
        "Earlier tokens of the account that deployed the contract, and known rug pulls or scams among them."
    ),
    "transparency.filings_on_time": phrase(
        "Whether periodic reports (10-K, 10-Q, 20-F) were filed by their due date; a late filer announces "
        "it on "
        "Form NT 10-K or NT 10-Q (12b-25)."
    ),
    "transparency.going_concern": phrase(
        "Substantial doubt, stated by auditor or management (ASC 205-40), about a company's ability to "
        "continue "
        "as a going concern for one year."
    ),
    "transparency.beneish": phrase(
        "Beneish's M-score of eight ratios of two annual reports: above −1.78 earnings manipulation is "
        "likely."
    ),
    "transparency.auditor": phrase(
        "Change of the certifying accountant (8-K item 4.01), and non-reliance on or restatement of issued "
        "financial statements (item 4.02)."
    ),
    "transparency.warnings": phrase(
        "SEC trading suspensions, accounting and auditing enforcement releases (AAER), and paid stock "
        "promotion."
    ),
    "transparency.threshold_list": phrase(
        "List under Regulation SHO of securities with substantial failures to deliver for five settlement "
        "days "
        "in a row."
    ),
}
"""By criterion its title's meaning in the field, apart from any limit of the checklist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryEntry:
    criterion: Criterion
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossarySection:
    """The criteria of one dimension."""

    dimension: Dimension
    entries: tuple[GlossaryEntry, ...]


def glossary() -> tuple[GlossarySection, ...]:
    """Every criterion with its meaning, by dimension; its question stands in for one that is not written."""
    return tuple(
        GlossarySection(
            dimension=dimension,
            entries=tuple(
                GlossaryEntry(criterion=each, meaning=MEANINGS.get(each.id, each.question))
                for each in dimension.criteria
            ),
        )
        for dimension in DIMENSIONS
    )


HEAD: Final = """\
# Glossary

Written from the code by `manage.py checklist --glossary > docs/glossary.md`: change the code, not this page.
"""


def markdown() -> str:
    """The whole glossary as Markdown."""
    lines = [HEAD]
    for section in glossary():
        lines.append(f"## {' / '.join(dict.fromkeys(section.dimension.titles.values()))}\n")
        lines += [f"- **{each.criterion.title}**: {each.meaning}" for each in section.entries]
        lines.append("")
    lines.append("## Terms\n")
    lines += [f"- **{title}**: {meaning}" for title, meaning in TERMS]
    return "\n".join(lines) + "\n"
