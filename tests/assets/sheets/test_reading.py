from datetime import UTC, datetime
from decimal import Decimal

import pytest

from assets.sheets.columns import SHEETS
from assets.sheets.reading import identifiers_in
from assets.sheets.tables import read_table
from assets.sourcing.contract import UnreadableError
from tests.assets.sheets.files import KNOWN, csv_of, faults_of, reading_of, xlsx_of

HEADER = "asset,as_of,circulating,total,maximum"


def test_good_rows_become_facts_and_bad_ones_say_why():
    reading = reading_of(
        "supply",
        csv_of(
            HEADER,
            'worked-example,2026-02-01,"50,000,000.5",70000000,',
            "worked-example,2026-02-02,many,70000000,",
            "nobody,2026-02-02,1,,",
            "other,01.02.2026,-1,,",
        ),
    )
    row, other = reading.rows
    assert (other.circulating, other.total) == (None, Decimal(70_000_000))
    assert row.asset.identifiers == (("coingecko", "worked"),)
    assert row.as_of == datetime(2026, 2, 1, tzinfo=UTC)
    assert (row.circulating, row.total, row.maximum) == (Decimal("50000000.5"), Decimal(70_000_000), None)
    assert faults_of(reading) == [
        "row 3, circulating: is not a number",
        "row 4, asset: names no asset that is known; import it with the sheet of assets first",
        "row 5, as_of: may be the date 2026-02-01 or 2026-01-02; say whether day or month stands first",
        "row 5, circulating: is negative",
    ]
    assert (reading.good_lines, reading.bad_lines, reading.unread_cells) == (2, 2, 2)


def test_a_bad_cell_and_an_unknown_asset_are_told_together():
    reading = reading_of("supply", csv_of(HEADER, "nobody,2026-02-02,many,,"))
    assert [text.split(":")[0] for text in faults_of(reading)] == ["row 2, circulating", "row 2, asset"]


def test_a_cell_that_comes_again_is_told_for_each_line():
    reading = reading_of(
        "supply", csv_of(HEADER, "worked-example,2026-02-01,many,70,", "other,2026-02-01,many,70,")
    )
    assert faults_of(reading) == [
        "row 2, circulating: is not a number",
        "row 3, circulating: is not a number",
    ]


def test_cells_that_are_equal_and_of_two_kinds_are_two():
    """To a spreadsheet TRUE is no number, and to Python it equals 1."""
    lines = [["worked-example", "2026-02-01", 1, 70], ["worked-example", "2026-02-02", True, 70]]
    reading = reading_of("supply", xlsx_of(HEADER.split(",")[:4], *lines))
    assert faults_of(reading) == ["row 3, circulating: is not a number"]


def test_xlsx_says_the_same_as_csv():
    line = ["worked-example", datetime(2026, 2, 1), 50, 70, None]  # noqa: DTZ001
    by_xlsx = reading_of("supply", xlsx_of(HEADER.split(","), line))
    by_csv = reading_of("supply", csv_of(HEADER, "worked-example,2026-02-01,50,70,"))
    assert by_csv.rows
    assert (by_xlsx.rows, by_xlsx.faults) == (by_csv.rows, by_csv.faults)


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("asset,total", "column as_of is missing"),
        ("as_of,total", "No column says which asset"),
        ("symbol,as_of,total", "No column says which asset"),
        ("as_of,address", "column chain is missing"),
    ],
)
def test_a_sheet_without_its_columns_is_refused(header, problem):
    with pytest.raises(UnreadableError, match=problem):
        reading_of("supply", csv_of(header, "a,b,c"))


def test_every_missing_column_is_named():
    with pytest.raises(UnreadableError, match="holder_type, share"):
        reading_of("holders", csv_of("asset,as_of"))


def test_unknown_columns_are_named_and_ignored():
    reading = reading_of("supply", csv_of("asset,Mood,as_of,total,", "worked-example,fine,2026-02-01,7,x"))
    assert reading.unknown_columns == ("mood",)
    assert len(reading.rows) == 0
    assert faults_of(reading) == ["row 2: has more cells than there are columns"]


def test_a_column_without_a_name_is_named_by_its_place():
    reading = reading_of("supply", csv_of("asset,,as_of,total", "worked-example,x,2026-02-01,7"))
    assert reading.unknown_columns == ("(2)",)
    assert len(reading.rows) == 1


def test_a_missing_cell_of_a_required_column_is_bad():
    reading = reading_of("supply", csv_of(HEADER, "worked-example,,1"))
    assert faults_of(reading) == ["row 2, as_of: is missing"]


def test_nothing_is_known_of_tomorrow():
    reading = reading_of(
        "supply", csv_of(HEADER, "worked-example,2026-03-01,1", "worked-example,2026-03-02,1")
    )
    assert len(reading.rows) == 1
    assert faults_of(reading) == ["row 3, as_of: is in the future"]


def test_the_assets_are_counted_and_the_new_ones_marked():
    known = reading_of(
        "supply", csv_of(HEADER, "worked-example,2026-02-01,1", "other,2026-02-01,1", "other,2026-02-02,1")
    )
    assert [(each.lines, each.is_new) for each in known.assets] == [(1, False), (2, False)]
    new = reading_of("assets", csv_of("coingecko,kind,name", "worked,token,Worked", "fresh,token,Fresh"))
    assert [(each.asset.name, each.is_new) for each in new.assets] == [("Worked", False), ("Fresh", True)]


CONTRACT = "0x52908400098527886E0F7030069857D2E4169EE7"
MINT = "FvNC8q5ekXXWdDvzc2VKfXZpxFErzdu8Z1HoK1DaFDpF"


def test_an_address_that_is_none_is_refused_by_its_row():
    rows = [
        ("ethereum", CONTRACT),
        ("ethereum", f"{CONTRACT[:8]}…{CONTRACT[-5:]}"),
        ("ethereum", CONTRACT[:-1]),
        ("ethereum", CONTRACT.replace("E0F", "e0F")),  # another checksum than that of its letters
        ("solana", MINT),
        ("solana", MINT.lower()),
        ("ethereum", f"https://scan.example/token/{CONTRACT}"),
        ("ton", "EQpool"),
    ]
    lines = [f"token,{chain},{address},Name {place}" for place, (chain, address) in enumerate(rows)]
    reading = reading_of("assets", csv_of("kind,chain,address,name", *lines))
    assert [row.asset.identifiers[0] for row in reading.rows] == [
        ("address:ethereum", CONTRACT.lower()),
        ("address:solana", MINT),
    ]
    assert [fault.split(":")[0] for fault in faults_of(reading)] == [
        f"row {number}, address" for number in (3, 4, 5, 7, 8, 9)
    ]


@pytest.mark.parametrize(
    ("words", "chain"),
    [
        (("bnb", "Binance", "BEP20", "56"), "bsc"),
        (("matic", "137"), "polygon"),
        (("erc20", "1"), "ethereum"),
        (("arb",), "arbitrum"),
        (("op",), "optimism"),
        (("8453",), "base"),
    ],
)
def test_a_chain_by_another_word_is_no_chain_of_its_own(words, chain):
    lines = [f"token,{word},0x{place:040x},Name" for place, word in enumerate(words, start=0xE0)]
    reading = reading_of("assets", csv_of("kind,chain,address,name", *lines))
    assert {row.asset.chain for row in reading.rows} == {chain}
    assert (len(reading.rows), reading.faults) == (len(words), ())


def test_a_word_that_is_no_chain_is_refused():
    reading = reading_of("assets", csv_of("kind,chain,address,name", f"token,moonbase,{CONTRACT},Name"))
    assert reading.rows == ()
    assert faults_of(reading)[0].startswith("row 2, chain:")


def test_what_is_told_of_identity_can_be_looked_up_first():
    table = read_table(
        csv_of("asset,chain,address,cik", "a,,,", ",eth,0x" + "AB" * 20 + ",", ",,0x1,7", ",,,x", "a b,,,8"),
        "csv",
    )
    assert identifiers_in(table, SHEETS["supply"]) == {
        ("slug", "a"),
        ("address:ethereum", "0x" + "ab" * 20),
        ("cik", "8"),
    }


def test_a_list_with_a_bad_row_is_left_out_as_a_whole():
    header = "asset,as_of,holder_label,holder_type,share"
    reading = reading_of(
        "holders",
        csv_of(
            header,
            "worked-example,2026-02-01,Team,insider,40%",
            "worked-example,2026-02-01,Pool,lake,20%",
            "worked-example,2026-02-02,Team,insider,40%",
            "other,2026-02-01,Fund,institution,10%",
        ),
        known=KNOWN,
    )
    assert [(row.asset.kind, row.as_of.day) for row in reading.rows] == [("token", 2), ("equity", 1)]
    assert faults_of(reading)[0] == "row 2: belongs to a list whose row 3 is bad"
    assert faults_of(reading)[1].startswith("row 3, holder_type: is not one of: burn, pool")


def test_a_list_with_a_bad_date_spoils_every_list_of_its_asset():
    reading = reading_of(
        "holders",
        csv_of(
            "asset,as_of,holder_label,holder_type,share",
            "worked-example,2026-02-01,Team,insider,40%",
            "worked-example,soon,Pool,pool,20%",
            "other,2026-02-01,Fund,institution,10%",
        ),
    )
    assert [row.asset.kind for row in reading.rows] == ["equity"]


def test_an_uncalculated_formula_is_bad_and_not_empty():
    reading = reading_of(
        "supply", xlsx_of(HEADER.split(","), ["worked-example", "2026-02-01", 5, "=C2*2", None])
    )
    (row,) = reading.rows
    assert (row.circulating, row.total) == (5, None)
    assert "formula without its result" in faults_of(reading)[0]
