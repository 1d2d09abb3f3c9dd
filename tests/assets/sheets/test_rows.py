from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from assets.sourcing import rows as facts
from tests.assets.sheets.files import NOW, csv_of, faults_of, reading_of


def day(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# Assets -------------------------------------------------------------------------------

ASSETS = "coingecko,chain,address,kind,name"


FRESH = "0x" + "f1" * 20


def test_an_asset_is_a_listing():
    (row,) = reading_of("assets", csv_of(ASSETS, f"fresh,base,{FRESH},token,Fresh")).rows
    assert isinstance(row, facts.ListingRow)
    assert row.asset.identifiers == (("address:base", FRESH), ("coingecko", "fresh"))
    assert row.as_of == NOW


def test_one_asset_stands_in_one_row():
    reading = reading_of("assets", csv_of(ASSETS, f"fresh,base,{FRESH},token,Fresh", "fresh,,,token,Fresh"))
    assert len(reading.rows) == 1
    assert faults_of(reading) == ["row 3: speaks of the same asset as row 2"]


# Prices -------------------------------------------------------------------------------

PRICES = "asset,date,open_usd,high_usd,low_usd,close_usd,volume_usd"


def test_a_price_is_a_candle_and_the_newest_is_the_market():
    *candles, market = reading_of(
        "prices",
        csv_of(PRICES, "worked-example,2026-02-02,1,3,0.5,2,100", "worked-example,2026-02-01,,,,4,"),
    ).rows
    assert [(row.as_of, row.open_usd, row.high_usd, row.low_usd, row.close_usd) for row in candles] == [
        (day("2026-02-02"), 1, 3, Decimal("0.5"), 2),
        (day("2026-02-01"), 4, 4, 4, 4),
    ]
    assert isinstance(market, facts.MarketRow)
    assert (market.price_usd, market.volume_24h_usd) == (2, 100)
    assert market.as_of == day("2026-02-03"), "the close is true at the end of its day"


def test_the_price_of_today_is_of_now_and_not_of_tonight():
    *_candle, market = reading_of("prices", csv_of(PRICES, "worked-example,2026-03-01,,,,4,")).rows
    assert market.as_of == NOW


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("worked-example,2026-02-01,1,,,2,", "row 2: has a part of open, high and low"),
        ("worked-example,2026-02-01,1,1.5,0.5,2,", "row 2: has a price above its high"),
        ("worked-example,2026-02-01,1,3,1.5,2,", "row 2: has a price above its high or below its low"),
        ("worked-example,2026-02-01,,,,0,", "row 2, close_usd: is zero"),
    ],
)
def test_a_bar_that_can_not_be_is_bad(line, problem):
    reading = reading_of("prices", csv_of(PRICES, line))
    assert reading.rows == ()
    assert faults_of(reading)[0].startswith(problem)


def test_a_day_has_one_price_whatever_the_asset_is_called():
    reading = reading_of(
        "prices",
        csv_of("asset,coingecko,date,close_usd", "worked-example,,2026-02-01,4", ",worked,2026-02-01,5"),
    )
    assert len(reading.rows) == 2
    assert faults_of(reading) == ["row 3, date: repeats row 2"]


# Supply -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (",,,", "row 2: has no figure"),
        ("9,5,,", "row 2: has more circulating than total, or more than the maximum"),
        (",9,5,", "row 2: has more circulating"),
        (",9,9,yes", "row 2, uncapped: contradicts the maximum"),
    ],
)
def test_a_supply_that_can_not_be_is_bad(line, problem):
    header = "asset,as_of,circulating,total,maximum,uncapped"
    reading = reading_of("supply", csv_of(header, f"worked-example,2026-02-01,{line}"))
    assert reading.rows == ()
    assert faults_of(reading)[0].startswith(problem)


def test_a_supply_without_a_maximum_may_be_uncapped():
    (row,) = reading_of(
        "supply", csv_of("asset,as_of,total,uncapped", "worked-example,2026-02-01,5,yes")
    ).rows
    assert (row.total, row.maximum, row.uncapped, row.circulating) == (5, None, True, None)


# Holders ------------------------------------------------------------------------------

HOLDERS = "asset,as_of,holder_address,holder_label,holder_type,share,balance"


def test_the_rows_of_an_asset_and_date_are_one_list():
    first, second = reading_of(
        "holders",
        csv_of(
            HOLDERS,
            f"worked-example,2026-02-01,0x{'AB' * 20},,pool,12.5%,6250000",
            "worked-example,2026-02-01,,Team,insider,25%,",
            "worked-example,2026-02-08,,Team,insider,20%,",
        ),
    ).rows
    assert first.positions == (
        facts.Position(holder_type="pool", share=0.125, address="0x" + "ab" * 20, balance=Decimal(6_250_000)),
        facts.Position(holder_type="insider", share=0.25, label="Team"),
    )
    assert (first.as_of, second.as_of) == (day("2026-02-01"), day("2026-02-08"))
    assert first.top_ten_share is None


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([",Team,insider,60%,", ",Fund,institution,50%,"], "whose shares add up to 110.0 percent"),
        ([",Team,insider,6%,", ",Team,insider,5%,"], "with a holder twice"),
        ([",,insider,6%,", ",Team,insider,5%,"], "names no holder"),
    ],
)
def test_a_list_that_can_not_be_is_left_out_as_a_whole(lines, problem):
    reading = reading_of("holders", csv_of(HOLDERS, *(f"worked-example,2026-02-01,{line}" for line in lines)))
    assert reading.rows == ()
    assert reading.bad_lines == 2
    assert problem in faults_of(reading)[0]


# Unlocks ------------------------------------------------------------------------------

UNLOCKS = "asset,as_of,date,ends_on,amount,category,shape,source_url"


def test_the_rows_of_an_asset_are_one_schedule():
    (row,) = reading_of(
        "unlocks",
        csv_of(
            UNLOCKS,
            "worked-example,2026-02-01,2026-06-01,,20000000,team,,https://example.org/v",
            "worked-example,2026-02-03,2026-07-01,2027-07-01,5,investors,,",
        ),
    ).rows
    assert row.as_of == day("2026-02-03")
    assert row.source_url == "https://example.org/v"
    assert [(event.unlock_at, event.shape, event.ends_at) for event in row.events] == [
        (day("2026-06-01"), "cliff", None),
        (day("2026-07-01"), "linear", day("2027-07-01")),
    ]


def test_a_schedule_without_a_date_is_of_the_import():
    (row,) = reading_of("unlocks", csv_of("asset,date,amount,category", "other,2026-06-01,5,lockup")).rows
    assert row.as_of == NOW


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("2026-06-01,,5,team,linear,", "is missing for a linear release"),
        ("2026-06-01,2026-07-01,5,team,cliff,", "must be empty"),
        ("2026-06-01,2026-06-01,5,team,linear,", "is not after the date"),
    ],
)
def test_a_release_that_contradicts_itself_takes_its_schedule_with_it(line, problem):
    reading = reading_of(
        "unlocks",
        csv_of(UNLOCKS, "worked-example,,2026-05-01,,5,team,,", f"worked-example,,{line}"),
    )
    assert reading.rows == ()
    assert faults_of(reading)[0] == "row 2: belongs to a list whose row 3 is bad"
    assert faults_of(reading)[1].startswith("row 3, ends_on: ")
    assert problem in faults_of(reading)[1]


# Audits -------------------------------------------------------------------------------


def test_the_rows_of_an_asset_are_all_its_audits():
    header = "asset,firm,date,scope,conclusion,limitations,matches,report_url"
    (row,) = reading_of(
        "audits",
        csv_of(
            header,
            "worked-example,First,2025-11-10,Token,Fine,No bridge,yes,https://example.org/a.pdf",
            "worked-example,Second,,,,,,",
        ),
    ).rows
    assert row.audits == (
        facts.AuditReport(
            firm="First",
            audited_on=date(2025, 11, 10),
            scope="Token",
            conclusion="Fine",
            limitations="No bridge",
            matches_deployed=True,
            report_url="https://example.org/a.pdf",
        ),
        facts.AuditReport(firm="Second"),
    )
    assert row.as_of == NOW


# Fundamentals -------------------------------------------------------------------------

FUNDAMENTALS = "cik,period_ends_on,published_on,form,revenue_ttm_usd,net_income_ttm_usd,insider_share"


def test_figures_are_known_from_their_publication():
    (row,) = reading_of(
        "fundamentals", csv_of(FUNDAMENTALS, '0000320193,2025-12-31,2026-02-20,10-K,"12,500,000.00",-5,31%')
    ).rows
    assert row.asset.identifiers == (("cik", "320193"),)
    assert (row.as_of, row.period_ends_on, row.form) == (day("2026-02-20"), date(2025, 12, 31), "10-K")
    assert (row.revenue_ttm_usd, row.net_income_ttm_usd, row.insider_share) == (12_500_000, -5, 0.31)
    assert row.cash_usd is None


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("320193,2025-12-31,2025-12-30,,1,,", "row 2, published_on: is before the end of the period"),
        ("320193,2025-12-31,2026-02-20,10-K,,,", "row 2: has no figure"),
        ("320193,2025-12-31,2026-04-20,10-K,1,,", "row 2, published_on: is in the future"),
    ],
)
def test_fundamentals_that_can_not_be_are_bad(line, problem):
    reading = reading_of("fundamentals", csv_of(FUNDAMENTALS, line))
    assert reading.rows == ()
    assert faults_of(reading) == [problem]


# Venues -------------------------------------------------------------------------------

VENUES = "asset,as_of,venue,tier,suspended_24m,enforcement_24m,paid_promotion,threshold_list,source_url"
SOURCE = "https://example.org/promotion"


def test_warnings_are_told_one_by_one_and_an_empty_cell_is_not_known():
    line = f"other,2026-02-01,OTCQB,otcqb,no,,yes,no,{SOURCE}"
    (row,) = reading_of("venues", csv_of(VENUES, line)).rows
    assert row == facts.VenueRow(
        asset=row.asset,
        as_of=day("2026-02-01"),
        venue="OTCQB",
        tier="otcqb",
        suspended_24m=False,
        enforcement_24m=None,
        paid_promotion=True,
        threshold_list=False,
    )
    assert row.asset.identifiers == (("cik", "320193"),)


def test_that_there_is_no_warning_needs_no_source():
    (row,) = reading_of("venues", csv_of(VENUES, "other,2026-02-01,NYSE,,no,no,no,no,")).rows
    assert (row.tier, row.suspended_24m, row.threshold_list) == ("", False, False)


@pytest.mark.parametrize("place", range(4))
def test_a_warning_without_a_source_is_bad(place):
    flags = ",".join("yes" if each == place else "" for each in range(4))
    reading = reading_of("venues", csv_of(VENUES, f"other,2026-02-01,OTCQB,,{flags},"))
    assert reading.rows == ()
    assert faults_of(reading) == ["row 2, source_url: is missing for a warning"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("other,2026-02-01,,otcqb,,,,,", "row 2, venue: is missing"),
        ("other,,OTCQB,otcqb,,,,,", "row 2, as_of: is missing"),
        ("other,2026-02-01,OTCQB,,yes,,,,a friend", "row 2, source_url: is not a web address"),
    ],
)
def test_a_venue_that_can_not_be_is_bad(line, problem):
    reading = reading_of("venues", csv_of(VENUES, line))
    assert reading.rows == ()
    assert faults_of(reading)[0].startswith(problem)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("other,2026-02-01,OTCQB,pink,no,,,,", "row 2, tier: is not one of: exchange, otcqx"),
        ("other,2026-02-01,OTCQB,otcqb,maybe,,,,", "row 2, suspended_24m: is neither yes nor no"),
    ],
)
def test_a_cell_of_a_venue_that_can_not_be_is_not_known(line, problem):
    reading = reading_of("venues", csv_of(VENUES, line))
    (row,) = reading.rows
    assert (row.venue, "" in (row.tier, row.suspended_24m) or row.suspended_24m is None) == ("OTCQB", True)
    assert faults_of(reading)[0].startswith(problem)
    assert (reading.good_lines, reading.bad_lines, reading.unread_cells) == (1, 0, 1)


STANDING = "asset,as_of,venue,financial_status,halt_code,halted_at,short_interest_shares,short_interest_on"


def test_what_lists_say_of_a_share_can_be_told():
    line = "other,2026-02-01,Nasdaq,deficient,T12,2026-01-20,120000,2026-01-15,85000.5"
    header = f"{STANDING},average_volume_shares,source_url"
    (row,) = reading_of("venues", csv_of(header, f"{line},{SOURCE}")).rows
    assert (row.financial_status, row.halt_code) == ("deficient", "T12")
    assert (row.halted_at.date(), row.short_interest_on) == (date(2026, 1, 20), date(2026, 1, 15))
    assert (row.short_interest_shares, row.average_volume_shares) == (120_000, Decimal("85000.5"))


@pytest.mark.parametrize(
    ("cells", "is_warning"), [("deficient,", True), (",T12", True), ("normal,none", False), (",", False)]
)
def test_a_status_that_warns_needs_a_source(cells, is_warning):
    header = "asset,as_of,venue,financial_status,halt_code"
    reading = reading_of("venues", csv_of(header, f"other,2026-02-01,Nasdaq,{cells}"))
    assert bool(faults_of(reading)) == is_warning


def test_a_day_has_one_venue():
    line = "other,2026-02-01,OTCQB,,,,,,"
    reading = reading_of("venues", csv_of(VENUES, line, line))
    assert len(reading.rows) == 1
    assert faults_of(reading) == ["row 3, as_of: repeats row 2"]
