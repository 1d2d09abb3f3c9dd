"""For every witness facts that it contradicts: by its id the kind of asset, and what is odd of it."""

from datetime import timedelta
from typing import Any

from tests.assets.metrics.batch import NOW

DAY = timedelta(days=1)

TOKEN: dict[str, Any] = {
    "market": {"price_usd": 0.1, "volume_24h_usd": 90_000, "units_in_cap": 1e9, "units_in_diluted": 1e9},
    "supply": {"circulating": 1e9, "total": 1e9, "maximum": 1e9, "circulating_year_ago": 9e8},
    "pools": [{"address": "p", "price_usd": 0.1, "reserve_usd": 900_000, "volume_24h_usd": 9e4}],
    "holders": {"holder_count": 5_000},
    "positions": [{"holder_type": "wallet", "share": each} for each in (0.1, 0.05, 0.02)],
    "schedules": {"precision": "day"},
    "unlocks": [{"unlock_at": NOW, "amount": 1e6, "category": "team"}],
    "usage": {"revenue_annual_usd": 9e6, "tvl_usd": 5e7},
}
REPORT: dict[str, Any] = {
    "period_ends_on": NOW - 60 * DAY,
    "revenue_ttm_usd": 9e6,
    "net_income_ttm_usd": 1e6,
    "operating_cash_flow_ttm_usd": 1e6,
    "cash_usd": 3e6,
    "receivables_usd": 1e6,
    "current_assets_usd": 5e6,
    "total_assets_usd": 9e6,
    "current_liabilities_usd": 2e6,
    "total_liabilities_usd": 3e6,
    "equity_usd": 6e6,
    "shares_outstanding": 1e7,
    "shares_on_balance": 1e7,
}
COMPANY: dict[str, Any] = {
    "market": {"price_usd": 2, "volume_24h_usd": 90_000, "units_in_cap": 1e7},
    "supply": {"circulating": 1e7, "circulating_year_ago": 9e6},
    "fundamentals": REPORT,
    "fundamentals_year_ago": REPORT | {"period_ends_on": NOW - 425 * DAY},
    "filings": {"filings_due_24m": 8, "filings_late_24m": 0, "filings_missing_24m": 0},
}


def bars(**odd):
    """Quiet bars of two months, one of them odd."""
    quiet = {"open_usd": 0.1, "high_usd": 0.101, "low_usd": 0.099, "close_usd": 0.1, "volume_usd": 1e4}
    opened = NOW.replace(hour=0)
    return [
        {"opened_at": opened - day * DAY, **quiet, **(odd if day == 9 else {})} for day in range(60, 0, -1)
    ]


def book(venue, price):
    return {"venue": venue, "pair": "X/USD", "bid_usd": price * 0.999, "ask_usd": price * 1.001}


def unlock(amount, *, days=30):
    return [{"unlock_at": NOW + days * DAY, "amount": amount, "category": "team"}]


OWNER = {
    "form": "SC 13G",
    "period_on": NOW - 9 * DAY,
    "as_of": NOW - 9 * DAY,
    "filed_on": NOW - 9 * DAY,
    "share": 0.6,
}

CONTRADICTED = {
    "foreign_book": ("token", {"books": [book("v", 0.9)]}),
    "reported_cap": ("token", {"supply": TOKEN["supply"] | {"circulating": 2e8}}),
    "market_price": ("token", {"market": TOKEN["market"] | {"price_usd": 5.0}, "candles": bars()}),
    "venue_price": ("token", {"pools": [TOKEN["pools"][0] | {"price_usd": 9.0}]}),
    "turned_over": ("token", {"market": TOKEN["market"] | {"volume_24h_usd": 1e12}}),
    "above_fees": ("token", {"usage": {"fees_annual_usd": 1e6, "revenue_annual_usd": 9e6}}),
    "cover_count": ("equity", {"supply": COMPANY["supply"] | {"circulating": 1e10}}),
    "units_of_cover": (
        "equity",
        {
            "supply": COMPANY["supply"] | {"circulating_at": NOW - 5 * DAY, "circulating_year_ago": None},
            "market": {"price_usd": 2, "volume_24h_usd": 90_000},
            "fundamentals": REPORT | {"shares_on_balance": 1e6},
            "capital": [
                {"event": "reverse_split", "happened_on": NOW - 9 * DAY, "ratio": 0.1, "evidence": "reported"}
            ],
        },
    ),
    "placeholder": ("equity", {"supply": COMPANY["supply"] | {"circulating": 100}}),
    "more_than_exists": ("token", {"supply": TOKEN["supply"] | {"circulating": 9e9}}),
    "other_unit": ("token", {"supply": TOKEN["supply"] | {"maximum": 1e17}}),
    "year_ago": ("token", {"supply": TOKEN["supply"] | {"circulating_year_ago": 1e3}}),
    "other_node": (
        "token",
        {"second_readings": [{"frame": "supply", "place": "", "field": "total", "against": 5e8}]},
    ),
    "above_the_whole": ("token", {"holders": {"holder_count": 5_000, "top_ten_share": 1.4}}),
    "beyond_supply": ("token", {"unlocks": unlock(9e9)}),
    "beyond_locked": ("token", {"unlocks": unlock(9e8)}),
    "lone_wick": ("token", {"candles": bars(high_usd=50.0)}),
    "lone_bar": (
        "token",
        {"candles": bars(open_usd=9.0, high_usd=9.1, low_usd=8.9, close_usd=9.0)},
    ),
    "more_than_supply": (
        "token",
        {"positions": [{"holder_type": "wallet", "share": each} for each in (0.8, 0.7)]},
    ),
    "fewer_than_listed": ("token", {"holders": {"holder_count": 2}}),
    "more_than_the_company": (
        "equity",
        {"ownership": [OWNER | {"holder": each, "holder_cik": each, "accession": each} for each in "12"]},
    ),
    "beside_the_float": (
        "equity",
        {"fundamentals": REPORT | {"insider_share": 0.7, "public_float_share": 0.6}},
    ),
    "other_scale_of_float": ("equity", {"fundamentals": REPORT | {"public_float_usd": 1.5e4}}),
    "other_scale": (
        "equity",
        {
            "fundamentals": REPORT
            | {name: each / 1e3 for name, each in REPORT.items() if name.endswith("_usd")}
        },
    ),
    "other_scale_of_revenue": ("equity", {"fundamentals": REPORT | {"revenue_prior_ttm_usd": 9e3}}),
    "above_its_total": ("equity", {"fundamentals": REPORT | {"cash_usd": 8e9}}),
    "rescaled": ("equity", {"fundamentals": REPORT | {"rescaled_by": 1_000.0}}),
    "other_company": ("equity", {"filings": COMPANY["filings"] | {"became_another_on": NOW - 30 * DAY}}),
    "other_basis": ("equity", {"fundamentals": REPORT | {"comparable_since": NOW - 100 * DAY}}),
    "withdrawn": ("equity", {"filings": COMPANY["filings"] | {"figures_withdrawn": 1}}),
}


def rows_of(witness):
    """The kind, and the rows of each frame, as `facts_of_one` takes them."""
    kind, changed = CONTRADICTED[witness]
    return kind, (TOKEN if kind == "token" else COMPANY) | changed


IN_UNITS = {
    "market": ("units_in_cap", "units_in_diluted"),
    "supply": ("circulating", "total", "maximum", "circulating_year_ago"),
    "unlocks": ("amount",),
    "fundamentals": ("shares_outstanding", "shares_on_balance"),
    "fundamentals_year_ago": ("shares_outstanding", "shares_on_balance"),
    "ownership": ("shares", "change", "shared_shares"),
    "levels": ("quantity",),
}
PRICES = ("price_usd", "bid_usd", "ask_usd", "open_usd", "high_usd", "low_usd", "close_usd")
OF_PRICES = ("market", "pools", "books", "levels", "candles", "ownership")


def rescaled(rows, factor):
    """The same of an asset whose units are so many to one: more of them, each worth less."""

    def of_row(name, row):
        times = dict.fromkeys(IN_UNITS.get(name, ()), factor)
        times |= dict.fromkeys(PRICES, 1 / factor) if name in OF_PRICES else {}
        return {field: value * times[field] if field in times else value for field, value in row.items()}

    return {
        name: of_row(name, given) if isinstance(given, dict) else [of_row(name, each) for each in given]
        for name, given in rows.items()
    }
