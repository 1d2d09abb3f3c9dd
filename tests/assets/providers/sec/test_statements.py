import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.providers.sec.reported import PeriodReport, ReportedFacts
from assets.providers.sec.statements import fundamentals
from assets.providers.sec.xbrl import read_facts
from assets.sourcing.reading import RowReader
from assets.sourcing.rows import FundamentalsRow
from tests.assets.providers.answers import NOW, payload

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
