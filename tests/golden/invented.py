"""Eight invented assets, from a sound one to one of which nothing is known."""

from datetime import UTC, datetime, timedelta
from typing import Any

from assets.metrics.facts import ONE_ROW_AN_ASSET, Facts

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
FRAME_OF_FAMILY = {"unlocks": "schedules"}
FAMILIES = (
    *("market", "supply", "pools", "books", "holders"),
    *("unlocks", "usage", "disclosure", "fundamentals", "filings"),
)


def facts_of(*, kind: str, sector: str = "", age: timedelta = timedelta(hours=1), **rows: Any) -> Facts:
    """Facts of asset 1, each family told by an observation of this age."""
    told: dict[str, list[dict[str, Any]]] = {"assets": [{"asset_id": 1, "kind": kind, "sector": sector}]}
    for name, given in rows.items():
        each_of = [given] if name in ONE_ROW_AN_ASSET else given
        told[name] = [{"asset_id": 1, **each} for each in each_of]
    moment = {"as_of": NOW - age, "known_at": NOW - age}
    told["sources"] = [
        {"asset_id": 1, "family": family, "observation_id": place + 1, "provider": "sandbox", **moment}
        for place, family in enumerate(FAMILIES)
        if FRAME_OF_FAMILY.get(family, family) in told
    ]
    return Facts.of(now=NOW, **told)


def wallets(*shares: float) -> list[dict[str, Any]]:
    return [{"holder_type": "wallet", "share": share} for share in shares]


def unlock(days: float, amount: float, category: str) -> dict[str, Any]:
    return {"unlock_at": NOW + timedelta(days=days), "amount": amount, "category": category}


HEALTHY: dict[str, Any] = {
    "kind": "token",
    "sector": "DeFi",
    "market": {"price_usd": 0.5, "volume_24h_usd": 900_000, "price_change_24h_share": 0.02},
    "supply": {"circulating": 50e6, "total": 60e6, "maximum": 60e6, "circulating_year_ago": 49e6},
    "pools": [
        {
            "address": "deep", "price_usd": 0.5, "reserve_usd": 12e6, "volume_24h_usd": 900_000,
            "fee_share": 0.003, "buys_24h": 420, "sells_24h": 380, "lp_burned_share": 0.98,
        }
    ],
    "holders": {"holder_count": 8_200},
    "positions": [
        {"holder_type": "pool", "share": 0.2},
        {"holder_type": "exchange", "share": 0.1},
        *wallets(*(0.02 - 0.0005 * place for place in range(30))),
    ],
    "schedules": {"precision": "day"},
    "unlocks": [unlock(90, 1e6, "ecosystem")],
    "usage": {
        "active_addresses_30d": 4_100, "transactions_30d": 30_000, "transactions_prior_60d": 52_000,
        "revenue_annual_usd": 2.4e6, "tvl_usd": 40e6,
    },
    "disclosure": {
        "channels": 5, "team": "named", "roadmap_planned": 8, "roadmap_delivered": 6, "commits_90d": 74,
        "audits_known": True,
    },
    "audits": [{"firm": "Lindgren Audit", "audited_on": NOW - timedelta(days=120), "matches_deployed": True}],
}  # fmt: skip

EQUITY_HEALTHY: dict[str, Any] = {
    "kind": "equity",
    "sector": "Industrials",
    "market": {"price_usd": 4.2, "volume_24h_usd": 600_000},
    "supply": {"circulating": 21e6, "total": 21.5e6, "maximum": 23e6, "circulating_year_ago": 20.6e6},
    "books": [
        {
            "venue": "XNAS", "pair": "NWND", "bid_usd": 4.19, "ask_usd": 4.21, "depth_up_usd": 80_000,
            "depth_down_usd": 75_000, "volume_24h_usd": 600_000, "stale": False, "anomalous": False,
        }
    ],
    "holders": {"holder_count": 2_400},
    "positions": [
        {"holder_type": "insider", "share": 0.12},
        {"holder_type": "institution", "share": 0.08},
        *wallets(*[0.01] * 10),
    ],
    "schedules": {"precision": "day"},
    "disclosure": {"channels": 4, "audits_known": True},
    "audits": [{"firm": "Marsh & Oyelaran", "audited_on": NOW - timedelta(days=80)}],
    "fundamentals": {
        "revenue_ttm_usd": 38e6, "revenue_prior_ttm_usd": 33e6, "operating_cash_flow_ttm_usd": 2.1e6,
        "cash_usd": 9e6, "total_liabilities_usd": 7e6, "insider_share": 0.2, "public_float_share": 0.71,
    },
    "filings": {
        "filings_due_24m": 8, "filings_late_24m": 0, "filings_missing_24m": 0, "going_concern": "none",
        "last_filed_on": NOW - timedelta(days=20),
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
                    "address": "thin", "price_usd": 0.5, "reserve_usd": 38_000, "volume_24h_usd": 2_100,
                    "buys_24h": 9, "sells_24h": 6, "lp_burned_share": 0, "lp_locked_share": 0.97,
                    "lp_locked_until": NOW + timedelta(days=12),
                }
            ],
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
    "stale": facts_of(**{**HEALTHY, "age": timedelta(days=40)}),
    "no-data": facts_of(kind="token"),
    "equity-healthy": facts_of(**EQUITY_HEALTHY),
    "equity-going-concern": facts_of(
        **{
            **EQUITY_HEALTHY,
            "supply": {"circulating": 34e6, "total": 35e6, "maximum": 60e6, "circulating_year_ago": 21e6},
            "fundamentals": {
                "revenue_ttm_usd": 0.7e6, "revenue_prior_ttm_usd": 1.6e6,
                "operating_cash_flow_ttm_usd": -8.4e6, "cash_usd": 3.1e6, "insider_share": 0.03,
                "public_float_share": 0.9,
            },
            "unlocks": [unlock(20, 6e6, "offering")],
            "filings": {
                "filings_due_24m": 8, "filings_late_24m": 3, "filings_missing_24m": 0,
                "going_concern": "stated",
            },
        }
    ),
}  # fmt: skip
