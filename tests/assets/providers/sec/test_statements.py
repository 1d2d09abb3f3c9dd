import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.providers.sec.reported import PeriodReport, ReportedFacts
from assets.providers.sec.statements import fundamentals
from assets.providers.sec.xbrl import read_facts
from assets.sourcing.reading import RowReader
from assets.sourcing.rows import FundamentalsRow
from tests.assets.providers.answers import NOW, RECORDED, payload, recorded

MONEY = [name for name in FundamentalsRow.__dataclass_fields__ if name.endswith("_usd")]


def value(tag, end, amount, *, start=None, form="10-Q", filed="2025-11-05", accession="0001999001-25-000009"):
    said = {"end": end, "val": amount, "accn": accession, "form": form, "filed": filed}
    return tag, said | ({"start": start} if start else {})


def newest(*said):
    tags = {}
    for tag, each in said:
        tags.setdefault(tag, {"units": {"USD": []}})["units"]["USD"].append(each)
    body = {"cik": 1999001, "facts": {"us-gaap": tags}}
    rows = read_facts(body, cik="1999001", fetched_at=NOW).rows
    return [row for row in rows if type(row) is FundamentalsRow][-1]


def test_without_facts_there_is_no_row():
    reported = ReportedFacts()
    assert list(fundamentals(reported, "1999001", NOW.date(), RowReader())) == []
    day = date(2025, 9, 30)
    reported.reports["a"] = PeriodReport(day, date(2025, 11, 5), "10-Q", "a", "us-gaap")
    assert list(fundamentals(reported, "1999001", NOW.date(), RowReader())) == []


def test_a_half_year_of_a_foreign_company_is_its_newest_balance():
    year = {"form": "20-F", "filed": "2025-04-20", "accession": "0001999001-25-000001"}
    half = {"form": "6-K", "filed": "2025-09-10", "accession": "0001999001-25-000002"}
    row = newest(
        value("Assets", "2024-12-31", 900, **year),
        value("Cash", "2024-12-31", 600, **year),
        value("Revenues", "2024-12-31", 200, start="2024-01-01", **year),
        value("Assets", "2025-06-30", 500, **half),
        value("Cash", "2025-06-30", 40, **half),
        value("Revenues", "2025-06-30", 105, start="2025-01-01", **half),
        value("Revenues", "2024-06-30", 100, start="2024-01-01", **half),
    )
    assert (row.form, row.period_ends_on, row.cash_usd) == ("6-K", date(2025, 6, 30), 40)
    assert row.revenue_ttm_usd == 205


@pytest.mark.parametrize(("form", "rows_of"), [("6-K", 2024), ("S-1/A", 2024), ("10-Q", 2025)])
def test_single_figures_in_other_forms_make_no_report(form, rows_of):
    """A press release may tell revenue without a balance sheet; a periodic report is one without it."""
    row = newest(
        value("Assets", "2024-12-31", 900, form="10-K", filed="2025-02-20", accession="0001999001-25-000001"),
        value("Revenues", "2025-06-30", 105, start="2025-04-01", form=form, filed="2025-08-10"),
        value("NetIncomeLoss", "2025-06-30", 5, start="2024-07-01", form=form, filed="2025-08-10"),
    )
    assert row.period_ends_on.year == rows_of


def test_the_last_report_before_a_listing_is_a_report():
    row = newest(value("Assets", "2025-06-30", 900, form="S-1", filed="2025-09-10"))
    assert (row.form, row.total_assets_usd) == ("S-1", 900)


@pytest.mark.parametrize("revenue", [[], [("Revenues", 0)]])
def test_who_tells_no_revenue_has_as_little_as_who_tells_a_nought(revenue):
    """Its loss is all that it spent: nothing was taken in, though no line says so."""
    year = [
        *revenue,
        ("OperatingExpenses", 9_310),
        ("OperatingIncomeLoss", -9_310),
        ("NetIncomeLoss", -9_120),
    ]
    row = newest(
        value("Assets", "2025-09-30", 21_700),
        *(value(tag, "2025-09-30", amount, start="2024-10-01", form="10-K") for tag, amount in year),
    )
    assert row.revenue_ttm_usd == 0


def test_a_loss_below_what_was_spent_leaves_revenue_open():
    row = newest(
        value("Assets", "2025-09-30", 21_700),
        value("OperatingExpenses", "2025-09-30", 9_310, start="2024-10-01", form="10-K"),
        value("OperatingIncomeLoss", "2025-09-30", -7_050, start="2024-10-01", form="10-K"),
    )
    assert row.revenue_ttm_usd is None


@pytest.mark.parametrize(("amount", "expected"), [(0, None), (1, 1), (121_500_000, 121_500_000)])
def test_a_float_of_nought_was_measured_before_the_listing(amount, expected):
    tags = {
        "us-gaap": [value("Assets", "2025-09-30", 21_700)],
        "dei": [value("EntityPublicFloat", "2025-03-31", amount, form="10-K")],
    }
    facts = {
        taxonomy: {tag: {"units": {"USD": [each]}} for tag, each in said} for taxonomy, said in tags.items()
    }
    (row,) = rows_of({"cik": 1999001, "facts": facts})
    assert row.public_float_usd == expected


NOW_REPORT = {"filed": "2025-11-05", "accession": "0001999001-25-000009"}
YEAR_AGO = {"filed": "2024-11-05", "accession": "0001999001-24-000009"}


@pytest.mark.parametrize(
    ("tag", "then", "now", "since"),
    [
        ("Revenues", 1_000, 1_000, None),
        ("Revenues", 1_000, 960, None),
        ("Revenues", 1_000, 600, date(2024, 10, 1)),
        ("NetIncomeLoss", 10, 12, None),
        ("NetIncomeLoss", -10, -150, date(2024, 10, 1)),
    ],
)
def test_a_year_ago_compares_as_long_as_it_is_still_told_as_it_was(tag, then, now, since):
    row = newest(
        value("Assets", "2024-09-30", 5_000, **YEAR_AGO),
        value(tag, "2024-09-30", then, start="2024-01-01", **YEAR_AGO),
        value(tag, "2024-09-30", now, start="2024-01-01", **NOW_REPORT),
        value(tag, "2025-09-30", 1_100, start="2025-01-01", **NOW_REPORT),
        value("Assets", "2025-09-30", 5_500, **NOW_REPORT),
    )
    assert row.comparable_since == since


def reports_of_quarters(*, scaled_down=0):
    """Five quarters, each told alone and with the balance of the one before; one of them in thousands."""
    ends = [date(2024, 9, 30), date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30)]
    said = []
    for number, end in enumerate(ends):
        told = {"filed": str(end + timedelta(days=40)), "accession": f"0001999001-25-00000{number}"}
        unit = 1_000 if number == scaled_down else 1
        start = str(ends[number - 1] + timedelta(days=1)) if number else "2024-07-01"
        for tag, amount in (("Assets", 18_204_617), ("Cash", 4_631_980), ("Liabilities", 8_105_733)):
            said += [
                value(tag, str(day), round(amount * (1 + day.month / 100)) // unit, **told)
                for day in ends[max(number - 1, 0) : number + 1]
            ]
        for tag, amount in (("Revenues", 2_000_000), ("NetIncomeLoss", -400_000)):
            said.append(value(tag, str(end), int(amount / unit), start=start, **told))
    return said


@pytest.mark.parametrize(
    ("scaled_down", "rescaled_by"), [(9, None), (1, None), (2, None), (3, None), (4, 1_000)]
)
def test_a_quarter_of_another_scale_is_read_in_that_of_the_others(scaled_down, rescaled_by):
    row = newest(*reports_of_quarters(scaled_down=scaled_down))
    assert (row.revenue_ttm_usd, row.net_income_ttm_usd) == (8_000_000, -1_600_000)
    assert row.total_assets_usd == pytest.approx(Decimal(18_204_617 * 1.09), abs=1_000)
    assert row.rescaled_by == rescaled_by


@pytest.mark.parametrize(("tag", "figure"), [("Cash", "cash_usd"), ("NotesPayable", "debt_usd")])
@pytest.mark.parametrize("times", [1_000, 0.001])
def test_a_slip_of_one_line_is_not_known_and_not_nought(tag, figure, times):
    said = reports_of_quarters(scaled_down=9)
    ends = sorted({each["end"] for _tag, each in said})
    for number, end in enumerate(ends):
        told = {
            "filed": str(date.fromisoformat(end) + timedelta(days=40)),
            "accession": f"0001999001-25-00000{number}",
        }
        said += [value(name, end, 1_204_117 + number, **told) for name in ("NotesPayable", "AssetsCurrent")]
    for _tag, each in said:
        if _tag == tag and each["end"] == ends[-1]:
            each["val"] = int(each["val"] * times)
    row = newest(*said)
    assert getattr(row, figure) is None
    assert row.total_assets_usd


def shuffled(body, data):
    for tag in body["facts"]["us-gaap"].values():
        for unit, values in tag["units"].items():
            tag["units"][unit] = data.draw(st.permutations(values))
    return body


def scaled(body, factor):
    for name, tag in body["facts"]["us-gaap"].items():
        for each in tag["units"].get("USD", ()):
            each["val"] *= factor if name != "EntityPublicFloat" else 1
    return body


def rows_of(body):
    rows = read_facts(body, cik="1999001", fetched_at=datetime(2026, 3, 1, 12, tzinfo=UTC)).rows
    return [row for row in rows if type(row) is FundamentalsRow]


@given(data=st.data())
@settings(max_examples=20)
def test_order_repetition_and_foreign_tags_change_nothing(data):
    body = json.loads(payload("sec", "facts"))
    expected = rows_of(body)
    changed = shuffled(body, data)
    tag = data.draw(st.sampled_from(sorted(changed["facts"]["us-gaap"])))
    for values in changed["facts"]["us-gaap"][tag]["units"].values():
        values += values[:3]
    changed["facts"]["us-gaap"]["AreaOfLand"] = {"units": {"USD": [{"end": "2025-09-30", "val": 5}]}}
    assert rows_of(changed) == expected


@pytest.mark.parametrize("factor", [3, 1_000])
def test_the_scale_scales_every_amount(factor):
    body = json.loads(payload("sec", "facts"))
    expected, found = rows_of(body), rows_of(scaled(body, factor))
    assert len(found) == len(expected)
    for before, after in zip(expected, found, strict=True):
        for name in set(MONEY) - {"public_float_usd"}:
            amount = getattr(before, name)
            assert getattr(after, name) == (None if amount is None else Decimal(amount) * factor)


# Recorded bodies ----------------------------------------------------------------------

FLOW_TAGS = {
    "revenue_ttm_usd": (
        "Revenues",
        "RevenueFromContractWithCustomerExcludingAssessedTax",
        "RevenueFromContractWithCustomerIncludingAssessedTax",
        "Revenue",
    ),
    "net_income_ttm_usd": ("NetIncomeLoss", "ProfitLossAttributableToOwnersOfParent", "ProfitLoss"),
    "operating_cash_flow_ttm_usd": (
        "NetCashProvidedByUsedInOperatingActivities",
        "CashFlowsFromUsedInOperatingActivities",
    ),
    "operating_income_ttm_usd": ("OperatingIncomeLoss", "ProfitLossFromOperatingActivities"),
}


def days(value):
    return (date.fromisoformat(value["end"]) - date.fromisoformat(value["start"])).days


def twelve_months(facts, tags, row):
    """By one filing alone: its year, or what it tells of this and the last one, beside the year before."""
    layers = [facts.get(taxonomy, {}) for taxonomy in ("us-gaap", "ifrs-full")]
    for tag in tags:
        values = [
            v for layer in layers for v in layer.get(tag, {}).get("units", {}).get("USD", ()) if "start" in v
        ]
        own = [v for v in values if v["accn"] == row.accession]
        so_far = min(
            (v for v in own if v["end"] == row.period_ends_on.isoformat()),
            key=lambda v: v["start"],
            default=None,
        )
        if so_far is None:
            continue
        if days(so_far) > 345:
            return so_far["val"]
        ended = date.fromisoformat(so_far["end"])
        eve = (date.fromisoformat(so_far["start"]) - timedelta(days=1)).isoformat()
        year = [
            v
            for v in values
            if v["end"] == eve and 345 < days(v) < 380 and v["filed"] <= f"{row.as_of:%Y-%m-%d}"
        ]
        part = [
            v["val"]
            for v in own
            if abs((ended - date.fromisoformat(v["end"])).days - 365) < 12
            and abs(days(v) - days(so_far)) < 12
        ]
        last = max(year, key=lambda v: v["filed"], default=None)
        return last["val"] + so_far["val"] - part[-1] if last and part else None
    return None


def recorded_rows(path):
    body = json.loads(recorded(path))
    fetched_at = datetime(2026, 6, 1, tzinfo=UTC)
    rows = read_facts(body, cik=str(int(body["cik"])), fetched_at=fetched_at).rows
    return body, [row for row in rows if type(row) is FundamentalsRow]


BODIES = "sec_data/api/xbrl/companyfacts"
RECAST = {
    *("1866030", "1178727", "1788841", "1855485", "1716947", "911216", "1606698", "1422142"),
    "1138978",
}
"""Merged with a shell, gave up a business, or (the last) corrected a year and not its parts: of some days
there are no twelve months on one basis."""


@pytest.mark.shared
@pytest.mark.parametrize("path", sorted(each.name for each in (RECORDED / BODIES).glob("*.gz")))
def test_twelve_months_are_those_of_one_filing(path):
    """Wherever one filing and the year before it tell them, but for amendments that came later."""
    body, rows = recorded_rows(f"{BODIES}/{path}")
    known = 0
    for row in rows:
        for name, tags in FLOW_TAGS.items():
            expected, found = twelve_months(body["facts"], tags, row), getattr(row, name)
            if expected is None or found is None:
                assert expected is None or path[3:13].lstrip("0") in RECAST, (row.period_ends_on, name)
                continue
            is_amended = row.as_of.date() > date(2023, 4, 1) and row.period_ends_on == date(2022, 12, 31)
            assert is_amended or float(found) == pytest.approx(expected, rel=0.02), (row.period_ends_on, name)
            known += 1
    assert known > 0


@pytest.mark.shared
@pytest.mark.parametrize(
    ("path", "ends_on", "cash", "debt"),
    [
        # Commercial paper 7,979 + 12,350 + 78,328; then 1,997 + 11,827 + 76,685. Cash and current securities.
        ("sec_edgar/companyfacts/CIK0000320193_apple.json.gz", date(2025, 9, 27), 54_697e6, 98_657e6),
        ("sec_edgar/companyfacts/CIK0000320193_apple.json.gz", date(2025, 12, 27), 66_907e6, 90_509e6),
        # Short-term debt is the part of the loans that is due now: 499.8 + 3,970.8.
        ("sec_edgar/companyfacts/CIK0001835632_marvell.json.gz", date(2026, 1, 31), 2_638.8e6, 4_470.6e6),
        ("sec_edgar/companyfacts/snow_facts.json.gz", date(2025, 4, 30), 3_910.679e6, 2_273.6e6),
        # "Long-term debt" 13,254 beside what is due now, 9,999.
        (f"{BODIES}/CIK0000064463.json.gz", date(2025, 9, 30), 51.368e6, 23.253e6),
        # It pays interest and tags no debt. Equivalents 2,646 + short-term investments 11,290.
        (f"{BODIES}/CIK0001001907.json.gz", date(2025, 9, 30), 13.936e6, None),
        # Convertible 2,704,151 + notes 45,681 + 112,001.
        (f"{BODIES}/CIK0001138978.json.gz", date(2024, 8, 31), 844_584, 2_861_833),
        # The same 16,015,400 under notes and under convertible notes.
        (f"{BODIES}/CIK0001476963.json.gz", date(2024, 12, 31), 1.2e6, 16_015_400),
        (f"{BODIES}/CIK0001492674.json.gz", date(2024, 9, 30), 2.08e6, 11.922e6),
        # What is due now 10,627,950, of which a credit line of 7,426,814; later 4,266,350 + 7,215,520.
        (f"{BODIES}/CIK0001606698.json.gz", date(2022, 12, 31), 2.67e6, 22_109_820),
        # 877 + 44,546, each under two tags; the face value is 97,147.
        (f"{BODIES}/CIK0001847986.json.gz", date(2025, 9, 30), 3.84e6, 45.423e6),
        # 600 beside 472.
        (f"{BODIES}/CIK0001855485.json.gz", date(2025, 9, 30), 10.38e6, 1.072e6),
        (f"{BODIES}/CIK0001832511.json.gz", date(2025, 9, 30), 37.71e6, 252.909e6),
        (f"{BODIES}/CIK0001677077.json.gz", date(2025, 7, 31), 5_620_872, 0),
    ],
)
def test_cash_and_debt_of_recorded_balance_sheets(path, ends_on, cash, debt):
    """Added up by hand from the lines of each balance sheet."""
    _body, rows = recorded_rows(path)
    row = next(each for each in rows if each.period_ends_on == ends_on)
    assert float(row.cash_usd) == pytest.approx(cash, rel=0.002)
    assert row.debt_usd is None if debt is None else float(row.debt_usd) == pytest.approx(debt)


@pytest.mark.shared
def test_alzamend_before_its_first_sale():
    """No revenue tag: the operating loss is the operating expenses; all its liabilities are payables."""
    _body, rows = recorded_rows(f"{BODIES}/CIK0001677077.json.gz")
    row = next(each for each in rows if each.period_ends_on == date(2025, 7, 31))
    assert (row.revenue_ttm_usd, row.current_liabilities_usd) == (0, row.total_liabilities_usd)
    assert row.operating_income_ttm_usd == -4_496_824 - 2_700_201 + 962_405
    assert row.operating_cash_flow_ttm_usd == -6_568_186 - 2_362_786 + 1_055_742


@pytest.mark.parametrize(
    ("gross", "expected"), [(400, 400), (445, 445), (380, 380), (455, None), (245, None), (-400, None)]
)
def test_a_gross_profit_is_what_revenue_leaves_after_its_cost(gross, expected):
    """600 of 1,000 are the cost, 100 the depreciation, which some take off as well."""
    said = {"Revenues": 1_000, "CostOfRevenue": 600, "GrossProfit": gross}
    row = newest(
        *(value(tag, "2025-09-30", each, start="2024-10-01") for tag, each in said.items()),
        value("DepreciationDepletionAndAmortization", "2025-09-30", 100, start="2024-10-01"),
    )
    assert (row.revenue_ttm_usd, row.gross_profit_ttm_usd) == (1_000, expected)


def test_a_debt_of_nought_needs_later_liabilities_with_a_name():
    balance = {"Assets": 900, "Liabilities": 600, "LiabilitiesCurrent": 200, "NotesPayableCurrent": 0}
    said = [value(tag, "2025-09-30", each) for tag, each in balance.items()]
    interest = value("InterestExpense", "2025-09-30", 9, start="2025-01-01")
    assert newest(*said).debt_usd == 0
    assert newest(*said, interest).debt_usd is None
    lease = value("OperatingLeaseLiabilityNoncurrent", "2025-09-30", 390)
    assert newest(*said, interest, lease).debt_usd == 0
