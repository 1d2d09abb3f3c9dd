"""Bodies to parse: our own small ones, and the recorded ones beside the checkout where they exist."""

import gzip
import math
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from assets.models import MODEL_OF
from assets.sourcing.contract import Parsed, Provider, RawObservation, Request
from assets.sourcing.rows import ListingRow, Row

PAYLOADS = Path(__file__).parents[2] / "payloads"
RECORDED = Path(__file__).parents[4] / "shared" / "data" / "providers"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def payload(vendor: str, name: str) -> bytes:
    return (PAYLOADS / vendor / f"{name}.json").read_bytes()


def recorded(path: str) -> bytes:
    whole = RECORDED / path
    if not whole.exists():
        pytest.skip(f"the recorded provider data is not beside the checkout: ../shared/data/providers/{path}")
    return gzip.decompress(whole.read_bytes()) if path.endswith(".gz") else whole.read_bytes()


def read(provider: Provider, request: Request, body: bytes, *, status_code: int = 200) -> Parsed:
    """What the provider reads in this body; whatever it is, every row of it must be sound, and hold nothing
    that the provider does not say it tells (`Provider.fields`)."""
    parsed = provider.parse(
        RawObservation(
            provider=provider.name, request=request, status_code=status_code, body=body, fetched_at=NOW
        )
    )
    for row in parsed.rows:
        assert EARLIEST <= row.as_of <= NOW
        assert_promised(provider, row)
        for name, value in values_of(row):
            assert_sound(name, value)
    return parsed


EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
ADDRESSES = {"links", "channels"}
MAY_BE_NEGATIVE = {
    "price_change_24h_share",
    "change",
    "gross_profit_ttm_usd",
    "operating_income_ttm_usd",
    "net_income_ttm_usd",
    "operating_cash_flow_ttm_usd",
    "retained_earnings_usd",
    "equity_usd",
    "fees_annual_usd",
    "revenue_annual_usd",
}


def assert_promised(provider: Provider, row: Row) -> None:
    """A person's sheets and the sandbox promise nothing: they can tell everything."""
    if provider.fields and not isinstance(row, ListingRow):
        family = MODEL_OF[type(row)].family
        filled = [
            each.name
            for each in fields(row)
            if getattr(row, each.name) not in (each.default, None, "", (), {})
        ]
        unpromised = [name for name in filled if not provider.tells(family, name)]
        assert [name for name in unpromised if name not in ("asset", "as_of")] == [], (family, provider.name)


def values_of(row: object) -> Iterator[tuple[str, object]]:
    for each in fields(row):
        value = getattr(row, each.name)
        if is_dataclass(value):
            yield from values_of(value)
        elif isinstance(value, (tuple, list)):
            yield from ((each.name, part) for part in value)
        elif isinstance(value, dict):
            yield from ((each.name, part) for part in (*value, *value.values()))
        else:
            yield each.name, value


def assert_sound(name: str, value: object) -> None:
    """Finite, not negative, within the database's columns, free of what a database or a page chokes on."""
    if isinstance(value, Decimal):
        assert value.is_finite(), name
        assert value >= 0 or name in MAY_BE_NEGATIVE, name
        assert abs(value) < Decimal("1e30"), name
    elif isinstance(value, float):
        assert math.isfinite(value), name
        assert value >= 0 or name in MAY_BE_NEGATIVE, name
    elif isinstance(value, bool):
        return
    elif isinstance(value, int):
        assert 0 <= value < 2**31, name
    elif isinstance(value, datetime):
        assert value.tzinfo is not None, name
    elif isinstance(value, tuple):
        for part in value:
            assert_sound(name, part)
    elif isinstance(value, str):
        value.encode()
        assert "\x00" not in value, name
        assert name not in ADDRESSES or not value.lower().startswith("javascript:"), name
