from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.nasdaqtrader.directory import NASDAQ, OTHERS, read_directory
from assets.sourcing.contract import DamagedError
from assets.sourcing.reading import RowReader
from tests.assets.providers.answers import recorded
from tests.assets.providers.nasdaqtrader.bodies import (
    CREATED,
    HEADER,
    LISTED,
    NOW,
    by_symbol,
    directory,
    others,
)


def read(body, path=NASDAQ):
    reader = RowReader()
    return read_directory(path, body, reader, fetched_at=NOW), reader.parsed([])


def test_shares_have_their_market_and_what_nasdaq_says_of_their_issuer():
    rows, told = read(directory())
    assert by_symbol(rows, "venue") == {
        "AURM": "Nasdaq Capital Market",
        "BRVO": "Nasdaq Global Market",
        "CNDR": "Nasdaq Global Select Market",
    }
    assert by_symbol(rows, "financial_status") == {
        "AURM": "deficient",
        "BRVO": "normal",
        "CNDR": "deficient+delinquent",
    }
    assert {(row.tier, row.as_of) for row in rows} == {("exchange", datetime(2026, 2, 28, 2, 31, tzinfo=UTC))}
    assert told.remarks == ("Lines that are no share of a company are left out: 3.",)
    assert told.rejected == 0


def test_other_exchanges_say_nothing_of_their_issuers_and_classes_have_one_notation():
    rows, _told = read(others(), OTHERS)
    assert by_symbol(rows, "venue") == {"EFFR": "NYSE", "GRLTA": "NYSE American"}
    assert {row.financial_status for row in rows} == {""}


def test_an_unknown_code_loses_its_field_alone():
    rows, told = read(directory("AURM|Aurelium - Common Stock|X|N|Z|100|N|N"))
    assert [(row.venue, row.tier, row.financial_status) for row in rows] == [("Nasdaq", "exchange", "")]
    assert told.remarks == (
        "AURM: Market Category is no market that is known.",
        "AURM: Financial Status is no status that is known.",
    )


@pytest.mark.parametrize(
    "line",
    ["AURM|Aurelium - Common Stock|S|N|D|100|N", "|Aurelium - Common Stock|S|N|D|100|N|N", "?|A|S|N|D|1|N|N"],
)
def test_a_row_that_makes_no_sense_is_left_out_and_the_others_count(line):
    rows, told = read(directory(line, LISTED[1]))
    assert [*by_symbol(rows, "venue")] == ["BRVO"]
    assert told.rejected == 1


def test_a_symbol_counts_once():
    rows, told = read(directory(LISTED[0], LISTED[0].replace("|D|", "|N|")))
    assert by_symbol(rows, "financial_status") == {"AURM": "deficient"}
    assert told.rejected == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!DOCTYPE html><html>Access denied</html>",
        directory()[:-20],
        directory().replace(CREATED.encode(), b""),
        directory(header=HEADER.replace("Financial Status", "Status")),
    ],
)
def test_a_list_without_its_columns_or_its_end_is_asked_for_again(body):
    with pytest.raises(DamagedError):
        read(body)


@given(cut=st.integers(1, len(directory()) - 1))
def test_a_list_that_was_cut_anywhere_is_never_taken_for_the_whole(cut):
    body = directory()[:-2]
    if directory()[:cut].strip().endswith(CREATED.rstrip("|").encode()) or cut >= len(body) - 7:
        return  # The time of its creation is all there: nothing is missing but signs.
    with pytest.raises(DamagedError):
        read(directory()[:cut])


def test_the_recorded_directories():
    rows, told = read(recorded("nasdaqtrader/symdir/2025-07-21/nasdaqlisted.txt.gz"))
    statuses = Counter(row.financial_status for row in rows)
    assert statuses == {"normal": 2983, "deficient": 311, "delinquent": 24, "deficient+delinquent": 14}
    assert told.rejected == 0
    assert by_symbol(rows, "venue")["AAPL"] == "Nasdaq Global Select Market"
    rows, told = read(recorded("nasdaqtrader/symdir/2025-07-21/otherlisted.txt.gz"), OTHERS)
    venues = by_symbol(rows, "venue")
    assert (venues["BRKB"], venues["GME"], told.rejected) == ("NYSE", "NYSE", 0)
    assert not {"ACHRW", "ACHRWS", "ABRPRD", "SPY"} & {*venues}
