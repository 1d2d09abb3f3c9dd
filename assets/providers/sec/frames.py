"""XBRL frames: basic figures of all companies of one fiscal year, from a few calls for all of them at once.

https://www.sec.gov/search-filings/edgar-application-programming-interfaces:
`/api/xbrl/frames/{taxonomy}/{tag}/{unit}/{period}.json` tells of one tag, for each company, the fact that
fits a calendar period best, as the last filing told it. `CY2025` are fiscal years of some 365 days whose
middle lies in 2025, `CY2025Q4I` balances of a day within 46 days of the end of that quarter (so labelled in
the company facts of 33 companies). A row names CIK, accession number, days and value; neither form nor day of
filing.

Facts of different filings stand side by side in frames, and a number of shares is in the units of the filing
that told it last, which no frame says: shares are taken from covers alone, which tell those of their own day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from assets.identity.sec_notation import accession_of, cik_of, day_of
from assets.metrics.families import FUNDAMENTALS
from assets.providers.sec.concepts import DEI, FLOAT_ON_COVER, SHARES_ON_COVER, US_GAAP
from assets.sourcing.contract import DamagedError, RawObservation, Request, UnreadableError
from assets.sourcing.messages import message
from assets.sourcing.reading import RowReader, decimal_of, load_json

FOLDER: Final = "/api/xbrl/frames"
QUARTERS: Final = 4
"""A fiscal year ends in one of them."""
REPORTED_BY: Final = timedelta(days=90)
"""After the end of a fiscal year the smallest companies have reported it (Form 10-K, instruction A)."""
A_YEAR_DAYS: Final = range(350, 381)
"""Of 52 or 53 weeks, or a calendar year."""

NET_INCOME, CASH_FLOW = "net_income_ttm_usd", "operating_cash_flow_ttm_usd"
REVENUES: Final = ("Revenues", "RevenueFromContractWithCustomerExcludingAssessedTax")
FLOWS: Final = {
    NET_INCOME: "NetIncomeLoss",
    CASH_FLOW: "NetCashProvidedByUsedInOperatingActivities",
    "operating_income_ttm_usd": "OperatingIncomeLoss",
}
TOTAL_ASSETS: Final = "total_assets_usd"
BALANCES: Final = {
    TOTAL_ASSETS: "Assets",
    "current_assets_usd": "AssetsCurrent",
    "total_liabilities_usd": "Liabilities",
    "current_liabilities_usd": "LiabilitiesCurrent",
    "equity_usd": "StockholdersEquity",
    "retained_earnings_usd": "RetainedEarningsAccumulatedDeficit",
}
CASH: Final = (
    "CashAndCashEquivalentsAtCarryingValue",
    "CashCashEquivalentsAndShortTermInvestments",
    "ShortTermInvestments",
    "MarketableSecuritiesCurrent",
    "DebtSecuritiesCurrent",
    "AvailableForSaleSecuritiesDebtSecuritiesCurrent",
)
"""The usual tags of `cash.CASH`."""
SIGNED: Final = frozenset({*FLOWS.values(), "StockholdersEquity", "RetainedEarningsAccumulatedDeficit"})


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter, counted from the year 0."""

    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year * 4 + (day.month - 1) // 3)

    @classmethod
    def named(cls, name: str) -> "Quarter":
        year, _, quarter = name.partition("Q")
        return cls(int(year) * 4 + int(quarter) - 1)

    def earlier(self, quarters: int) -> "Quarter":
        return Quarter(self.number - quarters)

    @property
    def name(self) -> str:
        return f"{self.number // 4}Q{self.number % 4 + 1}"

    @property
    def balance(self) -> str:
        """The period of balances at its end."""
        return f"CY{self.name}I"

    @property
    def fiscal_year(self) -> str:
        """The period of fiscal years that end in it: their middle lies in the year before until spring."""
        year, place = divmod(self.number, 4)
        return f"CY{year if place else year - 1}"


@dataclass(frozen=True, slots=True)
class Frame:
    """One call: a tag in its unit and period."""

    taxonomy: str
    tag: str
    unit: str
    period: str

    @property
    def path(self) -> str:
        return f"{FOLDER}/{self.taxonomy}/{self.tag}/{self.unit}/{self.period}.json"


@dataclass(frozen=True, slots=True)
class FrameFact:
    """A company's fact in a frame; `start` is None of a balance."""

    value: Decimal
    start: date | None
    end: date
    accession: str

    @property
    def is_of_a_year(self) -> bool:
        return self.start is not None and (self.end - self.start).days + 1 in A_YEAR_DAYS


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """The facts of the fiscal years that end in a quarter, by frame and CIK."""

    quarter: "Quarter"
    facts: Mapping[Frame, Mapping[str, FrameFact]]

    def flow(self, tag: str, cik: str, *, years_before: int = 0) -> FrameFact | None:
        """Of a fiscal year; one of another length is none."""
        fact = self._of(Frame(US_GAAP, tag, "USD", self.quarter.earlier(4 * years_before).fiscal_year), cik)
        return fact if fact and fact.is_of_a_year else None

    def balance(self, tag: str, cik: str) -> FrameFact | None:
        return self._of(Frame(US_GAAP, tag, "USD", self.quarter.balance), cik)

    def shares(self, cik: str) -> FrameFact | None:
        """As the newest cover counts them."""
        counted = (self._of(each, cik) for each in covers_of(self.quarter))
        return max((each for each in counted if each), key=lambda each: each.end, default=None)

    def public_float(self, cik: str) -> FrameFact | None:
        """As of the middle of the year."""
        return self._of(Frame(DEI, FLOAT_ON_COVER, "USD", self.quarter.earlier(2).balance), cik)

    def companies(self) -> list[str]:
        return sorted(set[str]().union(*self.facts.values()))

    def _of(self, frame: Frame, cik: str) -> FrameFact | None:
        return self.facts.get(frame, {}).get(cik)


# What to ask ------------------------------------------------------------------------


def frames_of(quarter: Quarter) -> tuple[Frame, ...]:
    """The frames of the fiscal years that end in a quarter."""
    year, year_before = quarter.fiscal_year, quarter.earlier(4).fiscal_year
    flows = [
        *((tag, year) for tag in (*REVENUES, *FLOWS.values())),
        *((tag, year_before) for tag in REVENUES),
    ]
    return (
        *(Frame(US_GAAP, tag, "USD", period) for tag, period in flows),
        *(Frame(US_GAAP, tag, "USD", quarter.balance) for tag in (*BALANCES.values(), *CASH)),
        Frame(DEI, FLOAT_ON_COVER, "USD", quarter.earlier(2).balance),
    )


def covers_of(quarter: Quarter) -> tuple[Frame, ...]:
    """The frames of the covers since a quarter ended and of the quarter before it."""
    periods = (quarter.balance, quarter.earlier(1).balance)
    return tuple(Frame(DEI, SHARES_ON_COVER, "shares", period) for period in periods)


def first_requests(limit: int | None) -> tuple[Request, ...]:
    """For the newest covers, and for the fiscal years that end in each of four quarters."""
    left = {} if limit is None else {"left": str(limit)}
    years = tuple(
        Request(family=FUNDAMENTALS, path=FOLDER, context={"quarters_back": str(each), **left})
        for each in range(QUARTERS if limit is None else 1)
    )
    return (Request(family=FUNDAMENTALS, path=FOLDER, context={"covers": "newest", **left}), *years)


def dated(request: Request, *, now: datetime) -> Request:
    """The request with its quarter: the last one that has ended, or one whose fiscal years are reported."""
    if "quarter" in request.context:
        return request
    if "covers" in request.context:
        quarter = Quarter.of(now.date()).earlier(1)
    else:
        newest = Quarter.of((now - REPORTED_BY).date()).earlier(1)
        quarter = newest.earlier(int(request.context["quarters_back"]))
    return replace(request, context={**request.context, "quarter": quarter.name})


def frames_asked(request: Request) -> tuple[Frame, ...]:
    quarter = Quarter.named(request.context["quarter"])
    return covers_of(quarter) if "covers" in request.context else frames_of(quarter)


def joined(bodies: Sequence[bytes | None]) -> bytes:
    """The bodies of a request's frames, word for word, in one list; null for one that is not there."""
    return b"[" + b",\n".join(b"null" if each is None else each for each in bodies) + b"]"


# Reading ----------------------------------------------------------------------------


def facts_in(raw: RawObservation, reader: RowReader) -> FrameFacts:
    """The facts of the frames of one request; `UnreadableError` where it holds something else."""
    body, asked = load_json(raw.body), frames_asked(raw.request)
    if not isinstance(body, list) or len(body) != len(asked):
        raise DamagedError("SEC EDGAR sent something other than frames.")
    today = raw.fetched_at.date()
    facts = {frame: _facts(each, frame, reader, today) for frame, each in zip(asked, body, strict=True)}
    return FrameFacts(Quarter.named(raw.request.context["quarter"]), facts)


def _facts(body: object, frame: Frame, reader: RowReader, today: date) -> dict[str, FrameFact]:
    """By CIK the facts of a frame; who stands in it twice has none."""
    if body is None:
        reader.remark("%(provider)s has no %(path)s.", provider="SEC EDGAR", path=frame.path)
        return {}
    listed = body.get("data") if isinstance(body, dict) else None
    named = (frame.taxonomy, frame.tag, frame.unit, frame.period)
    if (
        not isinstance(body, dict)
        or not isinstance(listed, list)
        or tuple(body.get(key) for key in ("taxonomy", "tag", "uom", "ccp")) != named
    ):
        raise UnreadableError("SEC EDGAR sent something other than the frame %(path)s.", path=frame.path)
    found, twice = dict[str, FrameFact](), set[str]()
    for item in listed:
        try:
            cik, fact = _fact(item)
        except ValueError as error:
            reader.reject("%(tag)s: a value %(problem)s.", tag=frame.tag, problem=error)
            continue
        if fact.end > today or (fact.value < 0 and frame.tag not in SIGNED):
            continue
        twice |= {cik} & {*found}
        found[cik] = fact
    return {cik: fact for cik, fact in found.items() if cik not in twice}


def _fact(item: object) -> tuple[str, FrameFact]:
    if not isinstance(item, dict):
        raise ValueError(message("is not an object"))
    value, start, end = decimal_of(item.get("val")), day_of(item.get("start")), day_of(item.get("end"))
    if value is None or end is None:
        raise ValueError(message("is not given, or not for which day"))
    return cik_of(item.get("cik")), FrameFact(value, start, end, accession_of(item.get("accn")))
