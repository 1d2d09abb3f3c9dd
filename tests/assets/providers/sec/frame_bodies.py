"""Bodies of XBRL frames of invented companies, as one request brings them."""

import json

from assets.providers.sec.frames import Frame, frames_asked
from assets.sourcing.contract import Request

YEARS = Request(family="fundamentals", path="/api/xbrl/frames", context={"quarter": "2025Q4"})
COVERS = Request(
    family="fundamentals", path="/api/xbrl/frames", context={"covers": "newest", "quarter": "2025Q4"}
)
YEAR = {"start": "2025-01-01", "end": "2025-12-31"}
YEAR_BEFORE = {"start": "2024-01-01", "end": "2024-12-31"}
AT_ITS_END = {"end": "2025-12-31"}

AURELIAN = {
    ("NetIncomeLoss", "CY2025"): YEAR | {"val": -4_000_000},
    ("NetCashProvidedByUsedInOperatingActivities", "CY2025"): YEAR | {"val": -3_600_000},
    ("OperatingIncomeLoss", "CY2025"): YEAR | {"val": -3_900_000},
    ("Revenues", "CY2025"): YEAR | {"val": 9_000_000},
    ("Revenues", "CY2024"): YEAR_BEFORE | {"val": 7_500_000},
    ("Assets", "CY2025Q4I"): AT_ITS_END | {"val": 20_000_000},
    ("AssetsCurrent", "CY2025Q4I"): AT_ITS_END | {"val": 12_000_000},
    ("Liabilities", "CY2025Q4I"): AT_ITS_END | {"val": 8_000_000},
    ("LiabilitiesCurrent", "CY2025Q4I"): AT_ITS_END | {"val": 5_000_000},
    ("StockholdersEquity", "CY2025Q4I"): AT_ITS_END | {"val": 12_500_000},
    ("RetainedEarningsAccumulatedDeficit", "CY2025Q4I"): AT_ITS_END | {"val": -31_000_000},
    ("CashAndCashEquivalentsAtCarryingValue", "CY2025Q4I"): AT_ITS_END | {"val": 4_000_000},
    ("ShortTermInvestments", "CY2025Q4I"): AT_ITS_END | {"val": 2_000_000},
    ("EntityPublicFloat", "CY2025Q2I"): {"end": "2025-06-30", "val": 33_000_000},
    ("EntityCommonStockSharesOutstanding", "CY2025Q4I"): {"end": "2026-02-10", "val": 5_100_000},
    ("EntityCommonStockSharesOutstanding", "CY2025Q3I"): {"end": "2025-11-10", "val": 5_000_000},
}
"""What a company told by (tag, period)."""


def without(figures, tag, period="CY2025Q4I"):
    return {key: value for key, value in figures.items() if key != (tag, period)}


def frame_body(frame: Frame, companies) -> dict | None:
    """A frame as EDGAR sends it; None where none of the companies, by CIK, told its tag."""
    rows = [
        {"accn": f"000{cik}-26-000001", "cik": cik, "entityName": "Aurelian", "loc": "US-NV", **figures[key]}
        for cik, figures in companies.items()
        if (key := (frame.tag, frame.period)) in figures
    ]
    if not rows:
        return None
    about = {"taxonomy": frame.taxonomy, "tag": frame.tag, "ccp": frame.period, "uom": frame.unit}
    return {**about, "label": frame.tag, "description": "", "pts": len(rows), "data": rows}


def frames_body(request: Request, companies) -> bytes:
    return json.dumps([frame_body(each, companies) for each in frames_asked(request)]).encode()
