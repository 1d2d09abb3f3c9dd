"""Lines of ownership reports of one company with a million shares, the shortest way."""

from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from assets.metrics.facts import frame
from assets.metrics.reports import Line, lines_of
from tests.assets.metrics.batch import NOW

OUTSTANDING = 1_000_000


def form(
    accession: str, *lines: dict[str, Any], days_ago: float = 10.0, **common: Any
) -> list[dict[str, Any]]:
    """A Form 4 of one officer: each line has a number and is of direct holdings unless it says otherwise."""
    told = {
        "accession": accession,
        "form": "4",
        "holder": "Example Ada",
        "holder_cik": "1888001",
        "as_of": NOW - timedelta(days=days_ago),
        "happened_on": NOW - timedelta(days=days_ago),
        "period_on": NOW - timedelta(days=days_ago),
        "is_derivative": False,
        "is_direct": True,
        "security": "Common Stock",
        **common,
    }
    return [{**told, "line": number, **line} for number, line in enumerate(lines, start=1)]


def trade(change: float, shares: float, **also: Any) -> dict[str, Any]:
    return {"code": "S" if change < 0 else "P", "change": change, "shares": shares, **also}


def indirect(shares: float, nature: str = "By Trust", **also: Any) -> dict[str, Any]:
    return {"shares": shares, "is_direct": False, "nature": nature, **also}


def schedule(
    accession: str, *persons: dict[str, Any], days_ago: float = 10.0, **common: Any
) -> list[dict[str, Any]]:
    """A Schedule 13D; each person's share follows from its shares."""
    told = {
        "accession": accession,
        "form": "SCHEDULE 13D",
        "role": "five_percent_owner",
        "as_of": NOW - timedelta(days=days_ago),
        "is_derivative": False,
        **common,
    }
    of_each = ({"share": (each["shares"] or 0) / OUTSTANDING, **each} for each in persons)
    return [{**told, "line": number, **each} for number, each in enumerate(of_each, start=1)]


def person(holder: str, shares: float, shared: float | None = None, **also: Any) -> dict[str, Any]:
    return {"holder": holder, "shares": shares, "shared_shares": shared, **also}


def rows_of(*reports: list[dict[str, Any]]) -> pd.DataFrame:
    """These reports as the rows of one company."""
    return frame("ownership", [{"asset_id": 1, **each} for report in reports for each in report])


def lines(*reports: list[dict[str, Any]]) -> list[Line]:
    """These reports as the lines of one company, from old to new."""
    rows = rows_of(*reports)
    company = np.zeros(len(rows), dtype=np.intp)
    outstanding = np.full(len(rows), float(OUTSTANDING))
    (of_company,) = lines_of(rows, company, now=NOW, outstanding=outstanding)
    return of_company
