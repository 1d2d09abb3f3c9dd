"""Invented assets, from a sound one to one of which nothing is known, and the worked example."""

from datetime import UTC, datetime, timedelta
from typing import Any

from assets.metrics.facts import ONE_ROW_AN_ASSET, Facts

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
FRAME_OF_FAMILY = {"unlocks": "schedules", "trades": "trading", "venue": "venues"}
FAMILIES = (
    *("market", "supply", "pools", "books", "holders", "unlocks", "usage", "disclosure", "fundamentals"),
    *("filings", "contract", "trades", "candles", "capital", "ownership", "venue"),
)


def facts_of(*, kind: str, age: timedelta = timedelta(hours=1), **rows: Any) -> Facts:
    """Facts of asset 1, each family told by an observation of this age."""
    about = {name: rows.pop(name) for name in ONE_ROW_AN_ASSET["assets"] if name in rows}
    frames: dict[str, list[dict[str, Any]]] = {"assets": [{"asset_id": 1, "kind": kind, **about}]}
    for name, given in rows.items():
        each_of = [given] if name in ONE_ROW_AN_ASSET else given
        frames[name] = [{"asset_id": 1, **each} for each in each_of]
    moment = {"as_of": NOW - age, "known_at": NOW - age}
    frames["sources"] = [
        {"asset_id": 1, "family": family, "observation_id": place + 1, "provider": "sandbox", **moment}
        for place, family in enumerate(FAMILIES)
        if FRAME_OF_FAMILY.get(family, family) in frames
    ]
    return Facts.of(now=NOW, **frames)


def wallets(*shares: float) -> list[dict[str, Any]]:
    return [{"holder_type": "wallet", "share": share} for share in shares]


def unlock(days: float, amount: float, category: str) -> dict[str, Any]:
    return {"unlock_at": NOW + timedelta(days=days), "amount": amount, "category": category}


def candles(*, days: int, price_usd: float, volume_usd: float, quiet: int = 0) -> list[dict[str, Any]]:
    """Daily bars of a price that swings; on every so manieth day nobody trades."""
    bars = []
    for ago in range(days, 0, -1):
        middle = price_usd * (1 + 0.03 * ((ago * 7) % 5 - 2) / 2)
        silent = quiet and ago % quiet == 0
        bars.append(
            {
                "market": "main",
                "opened_at": (NOW - timedelta(days=ago)).replace(hour=0),
                "open_usd": middle,
                "high_usd": middle if silent else middle * 1.01,
                "low_usd": middle if silent else middle * 0.99,
                "close_usd": middle if silent else middle * (1.004 if ago % 2 else 0.997),
                "volume_usd": 0 if silent else volume_usd,
            }
        )
    return bars


HEALTHY: dict[str, Any] = {
    "kind": "token",
    "symbol": "GRVD",
    "name": "Gravender",
    "sector": "DeFi",
    "market": {
        "price_usd": 0.5, "volume_24h_usd": 900_000, "price_change_24h_share": 0.02,
        "launch_completed": True, "launch_completed_at": NOW - timedelta(days=690),
    },
    "supply": {"circulating": 50e6, "total": 60e6, "maximum": 60e6, "circulating_year_ago": 49e6},
    "pools": [
        {
            "address": "deep", "pool_type": "constant_product",
            "price_usd": 0.5, "reserve_usd": 12e6, "volume_24h_usd": 900_000,
            "fee_share": 0.003, "buys_24h": 420, "sells_24h": 380, "buyers_24h": 300, "sellers_24h": 260,
            "lp_burned_share": 0.94,
            "lp_locked_share": 0, "lp_largest_free_share": 0.01, "lp_free_holder_is_wallet": True,
            "lp_holder_count": 31,
        }
    ],
    "trading": {"last_traded_at": NOW - timedelta(minutes=70), "asked_at": NOW - timedelta(minutes=60)},
    "contract": {
        "verified_source": True, "mint_authority": "none", "owner_authority": "timelock", "proxy": True,
        "pausable": False, "blacklist": False, "hidden_owner": False, "balance_mutable": False,
        "tax_mutable": False, "honeypot": False, "buy_tax_share": 0, "sell_tax_share": 0,
        "creator_share": 0.01, "creator_earlier_tokens": 0, "creator_rugs": 0,
        "deployed_at": NOW - timedelta(days=700),
    },
    "holders": {"holder_count": 8_200},
    "positions": [
        {"holder_type": "pool", "share": 0.2},
        {"holder_type": "exchange", "share": 0.1},
        *wallets(*(0.02 - 0.0005 * place for place in range(30))),
    ],
    "schedules": {"precision": "day", "complete": 1},
    "unlocks": [unlock(90, 1e6, "ecosystem")],
    "usage": {
        "active_addresses_30d": 4_100, "transactions_30d": 30_000, "transactions_prior_60d": 52_000,
        "revenue_annual_usd": 2.4e6, "tvl_usd": 40e6,
    },
    "disclosure": {
        "channels": 5, "channels_linked": True, "site_since": NOW - timedelta(days=900), "team": "named",
        "roadmap_planned": 8, "roadmap_delivered": 6, "commits_90d": 74,
        "audits_known": True, "paid_promotions": 0, "profile_paid": True,
    },
    "audits": [{"firm": "Lindgren Audit", "audited_on": NOW - timedelta(days=120), "matches_deployed": True}],
}  # fmt: skip

EQUITY_HEALTHY: dict[str, Any] = {
    "kind": "equity",
    "sector": "Industrials",
    "venue": "NASDAQ",
    "sector_price_to_sales": 2.6,
    "market": {"price_usd": 4.2, "volume_24h_usd": 600_000},
    "supply": {"circulating": 21e6, "total": 21.5e6, "maximum": 23e6, "circulating_year_ago": 20.6e6},
    "capital": [],
    "readings": [{"subject": subject, "read_until": NOW} for subject in ("splits", "offerings", "filed")],
    "books": [
        {
            "venue": "XNAS", "pair": "NWND", "bid_usd": 4.19, "ask_usd": 4.21, "depth_up_usd": 80_000,
            "depth_down_usd": 75_000, "volume_24h_usd": 600_000, "stale": False, "anomalous": False,
        }
    ],
    "candles": candles(days=85, price_usd=4.2, volume_usd=600_000),
    "close_year_ago": {"opened_at": NOW - timedelta(days=366), "close_usd": 3.9},
    "venues": {
        "listed_on": "NASDAQ", "tier": "exchange", "suspended_24m": False, "enforcement_24m": False,
        "paid_promotion": False, "threshold_list": False,
    },
    "ownership": [
        {
            "form": "4", "holder": "Ada Lind", "role": "officer", "happened_on": NOW - timedelta(days=40),
            "code": "P", "change": 30_000, "price_usd": 4.0, "shares": 900_000, "share": 0.043,
            "is_derivative": False, "filed_on": NOW - timedelta(days=38),
        }
    ],
    "fundamentals": {
        "period_ends_on": NOW - timedelta(days=60), "revenue_ttm_usd": 38e6, "revenue_prior_ttm_usd": 33e6,
        "gross_profit_ttm_usd": 15e6, "operating_income_ttm_usd": 3.4e6, "net_income_ttm_usd": 1.8e6,
        "depreciation_ttm_usd": 1.1e6, "selling_general_admin_ttm_usd": 9e6,
        "operating_cash_flow_ttm_usd": 2.1e6, "cash_usd": 9e6, "receivables_usd": 5e6,
        "current_assets_usd": 17e6, "property_usd": 8e6, "total_assets_usd": 31e6,
        "current_liabilities_usd": 5e6, "debt_usd": 1e6, "total_liabilities_usd": 7e6,
        "retained_earnings_usd": 6e6, "equity_usd": 24e6, "shares_outstanding": 20.6e6,
        "insider_share": 0.2, "public_float_share": 0.71,
    },
    "fundamentals_year_ago": {
        "period_ends_on": NOW - timedelta(days=425), "revenue_ttm_usd": 33e6,
        "gross_profit_ttm_usd": 12.4e6, "operating_income_ttm_usd": 2.5e6, "net_income_ttm_usd": 1.1e6,
        "depreciation_ttm_usd": 1.1e6, "selling_general_admin_ttm_usd": 8.1e6,
        "operating_cash_flow_ttm_usd": 1.6e6, "receivables_usd": 4.6e6, "current_assets_usd": 15e6,
        "property_usd": 8.2e6, "total_assets_usd": 29e6, "current_liabilities_usd": 5.2e6,
        "debt_usd": 1.6e6, "total_liabilities_usd": 7.4e6, "retained_earnings_usd": 4.2e6,
        "equity_usd": 21.6e6, "shares_outstanding": 20.6e6,
    },
    "filings": {
        "filings_due_24m": 8, "filings_late_24m": 0, "filings_missing_24m": 0, "going_concern": "none",
        "auditor_changes_24m": 0, "restatements_24m": 0, "last_filed_on": NOW - timedelta(days=20),
    },
}  # fmt: skip

INVENTED: dict[str, Facts] = {
    "healthy": facts_of(**HEALTHY),
    "thin-pool": facts_of(
        **{
            **HEALTHY,
            "market": {"price_usd": 0.5, "volume_24h_usd": 2_100},
            "pools": [
                {
                    "address": "thin", "pool_type": "constant_product",
                    "price_usd": 0.5, "reserve_usd": 38_000, "volume_24h_usd": 2_100,
                    "buys_24h": 9, "sells_24h": 6, "lp_burned_share": 0, "lp_locked_share": 0.97,
                    "lp_locked_until": NOW + timedelta(days=12), "lp_largest_free_share": 0.03,
                }
            ],
            "trading": {"last_traded_at": NOW - timedelta(hours=9), "asked_at": NOW - timedelta(hours=1)},
        }
    ),
    "whale-held": facts_of(
        **{
            **HEALTHY,
            "holders": {"holder_count": 610},
            "positions": [{"holder_type": "pool", "share": 0.05}, *wallets(0.41, 0.22, *[0.015] * 12)],
        }
    ),
    "unlock-cliff": facts_of(
        **{
            **HEALTHY,
            "supply": {"circulating": 50e6, "total": 200e6, "circulating_year_ago": 38e6},
            "unlocks": [unlock(12, 20e6, "team"), unlock(200, 30e6, "investors")],
        }
    ),
    "honeypot": facts_of(
        **{
            **HEALTHY,
            "pools": [
                {
                    "address": "trap", "pool_type": "constant_product",
                    "price_usd": 0.5, "reserve_usd": 140_000, "volume_24h_usd": 60_000,
                    "buys_24h": 310, "sells_24h": 2, "lp_burned_share": 0, "lp_locked_share": 0,
                    "lp_largest_free_share": 1.0, "lp_free_holder_is_wallet": True,
                }
            ],
            "contract": {
                **HEALTHY["contract"], "owner_authority": "wallet", "blacklist": True, "hidden_owner": True,
                "honeypot": True, "sell_tax_share": 1.0, "creator_share": 0.18,
                "creator_earlier_tokens": 9, "creator_rugs": 3,
            },
            "holders": {"holder_count": 410},
            "disclosure": {"channels": 1, "team": "none", "audits_known": True},
            "audits": [],
        }
    ),
    "worked-example": facts_of(
        **{
            **HEALTHY,
            "supply": {"circulating": 50e6, "total": 70e6, "maximum": 70e6},
            "unlocks": [unlock(10, 20e6, "team")],
        }
    ),
    "stale": facts_of(**{**HEALTHY, "age": timedelta(days=40)}),
    "no-data": facts_of(kind="token"),
    "equity-healthy": facts_of(**EQUITY_HEALTHY),
    "equity-going-concern": facts_of(
        **{
            **EQUITY_HEALTHY,
            "venue": "OTCQB",
            "candles": candles(days=85, price_usd=0.4, volume_usd=21_000, quiet=7),
            "supply": {
                "circulating": 34e6, "total": 35e6, "maximum": 60e6, "circulating_year_ago": 21e6,
                "circulating_at": NOW, "total_at": NOW, "maximum_at": NOW,
                "circulating_year_ago_at": NOW - timedelta(days=365),
            },
            "market": {"price_usd": 0.4, "price_usd_at": NOW, "volume_24h_usd": 21_000},
            "capital": [
                {"event": "reverse_split", "happened_on": NOW - timedelta(days=500), "ratio": 0.1},
                {"event": "at_the_market", "happened_on": NOW - timedelta(days=90), "amount_usd": 4e6},
                {"event": "convertible", "happened_on": NOW - timedelta(days=30), "amount_usd": 1e6},
            ],
            "venues": {**EQUITY_HEALTHY["venues"], "listed_on": "OTCQB", "tier": "otcqb"},
            "fundamentals": {
                "period_ends_on": NOW - timedelta(days=60), "revenue_ttm_usd": 0.7e6,
                "revenue_prior_ttm_usd": 1.6e6, "operating_income_ttm_usd": -9e6,
                "operating_cash_flow_ttm_usd": -8.4e6, "cash_usd": 3.1e6, "current_assets_usd": 4e6,
                "current_liabilities_usd": 6e6, "total_assets_usd": 7e6, "total_liabilities_usd": 8e6,
                "retained_earnings_usd": -61e6, "equity_usd": -1e6, "insider_share": 0.03,
                "public_float_share": 0.9,
            },
            "fundamentals_year_ago": {},
            "filings": {
                "filings_due_24m": 8, "filings_late_24m": 3, "filings_missing_24m": 0,
                "going_concern": "stated", "auditor_changes_24m": 1, "restatements_24m": 1,
            },
        }
    ),
    "equity-late-filer": facts_of(
        **{
            **EQUITY_HEALTHY,
            "venue": "Pink Limited",
            "venues": {**EQUITY_HEALTHY["venues"], "listed_on": "Pink Limited", "tier": "pink_limited"},
            "candles": candles(days=85, price_usd=4.2, volume_usd=9_000, quiet=3),
            "market": {"price_usd": 4.2, "volume_24h_usd": 9_000},
            "filings": {
                "filings_due_24m": 8, "filings_late_24m": 3, "filings_missing_24m": 1,
                "late_notices_24m": 3, "going_concern": "alleviated", "auditor_changes_24m": 1,
                "restatements_24m": 0,
            },
        }
    ),
}  # fmt: skip
