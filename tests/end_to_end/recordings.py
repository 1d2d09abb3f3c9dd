"""The raw numbers of the recorded files, read with nothing but the standard library."""

import csv
import gzip
import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from tests.end_to_end.installation import REPLAY

RECORDINGS = REPLAY.parents[1] / "data" / "providers"


def fingerprint(body: Any) -> str:
    """Of a JSON value, whatever the spaces and the order of its keys."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


@cache
def recording(path: str) -> Any:
    """A recorded JSON file."""
    whole = RECORDINGS / path
    body = gzip.decompress(whole.read_bytes()) if whole.suffix == ".gz" else whole.read_bytes()
    return json.loads(body)


@cache
def coins_of_2017() -> dict[str, dict[str, str]]:
    with (RECORDINGS / "coinmarketcap" / "coinmarketcap_2017-12-06.csv").open(newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def sides(path: str) -> list[list[tuple[float, float]]]:
    """Bids and asks of a recorded order book, as (price, size), best first."""
    body = recording(path)["body"]
    return [[(float(price), float(size)) for price, size in body[side]] for side in ("bids", "asks")]


class Facts:
    """Figures of a company by tag, in the words of the recorded file; of several the last one filed."""

    def __init__(self, path: str) -> None:
        self.body = recording(path)

    def reported(self, tag: str, start: str | None, end: str, *, where: str, unit: str) -> float:
        values = self.body["facts"][where][tag]["units"][unit]
        fitting = [each for each in values if (each.get("start"), each["end"]) == (start, end)]
        value: float = max(fitting, key=lambda each: str(each["filed"]))["val"]
        return value

    def balance(self, tag: str, end: str) -> float:
        return self.reported(tag, None, end, where="us-gaap", unit="USD")

    def shares(self, end: str) -> float:
        return self.reported("EntityCommonStockSharesOutstanding", None, end, where="dei", unit="shares")

    def twelve_months(self, tag: str, year: str, since: str, before: str) -> float:
        """A fiscal year, and what came since less the same part of the year before; each as "start/end"."""
        whole, more, less = (
            self.reported(tag, *period.split("/"), where="us-gaap", unit="USD")
            for period in (year, since, before)
        )
        return whole + more - less


def reports_due(filings: Any, today: date) -> tuple[int, int]:
    """Reports of a company whose last day lay in the last 24 months, and how many of them never came.

    For a quarter that is 45 days after its end, for a year 90, and 3 more for weekends. A quarter is 13
    weeks, and the year ends around the first of February.
    """
    recent = filings["filings"]["recent"]
    ends = sorted(
        date.fromisoformat(end)
        for form, end in zip(recent["form"], recent["reportDate"], strict=True)
        if form in ("10-K", "10-Q")
    )
    reported = len(ends)
    while ends[-1] < today:
        ends.append(ends[-1] + timedelta(weeks=13))
    owed = [end + timedelta(days=(90 if end.month in (1, 2) else 45) + 3) for end in ends]
    start = today - timedelta(days=731)
    return sum(start < each <= today for each in owed), sum(start < each <= today for each in owed[reported:])
