import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sheets.pasted import MOST_CHARACTERS, MOST_LINES, by_words, read_pasted

EVM = "0x6982508145454ce325ddbe47a25d4ec3d2311933"


def texts(pasted):
    return [each.text for each in pasted.lines]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PEPE", ["PEPE"]),
        ("PEPE, WIF;BONK\tDOGE|SHIB", ["PEPE", "WIF", "BONK", "DOGE", "SHIB"]),
        ("PEPE\r\nWIF\rBONK\n\n\n", ["PEPE", "WIF", "BONK"]),
        ("- PEPE\n2. WIF\n3) BONK\n• DOGE", ["PEPE", "WIF", "BONK", "DOGE"]),
        (f"PEPE {EVM}", ["PEPE", EVM]),
        ("Shiba Inu, Pepe", ["Shiba Inu", "Pepe"]),
        ("NYSE: ABCD, CIK 320193", ["NYSE: ABCD", "CIK 320193"]),
        ("PEPE\u200b, \ufeffWIF\xa0", ["PEPE", "WIF"]),
        ("", []),
        (" \n , ;\n", []),
    ],
)
def test_lists_are_parted_as_people_write_them(text, found):
    pasted = read_pasted(text)
    assert texts(pasted) == found
    assert not (pasted.is_csv)
    assert not (pasted.problem)


def test_words_of_one_line_are_one_name_or_each_a_symbol():
    (line,) = read_pasted("pepe wif bonk").lines
    assert line.reference.tickers == ("pepe wif bonk",)
    assert [each.reference.tickers for each in by_words(line)] == [("pepe",), ("wif",), ("bonk",)]
    assert {each.number for each in by_words(line)} == {1}


def test_a_line_says_where_it_stood():
    assert [each.number for each in read_pasted("A1\n\nB2, C3").lines] == [1, 3, 3]


# CSV --------------------------------------------------------------------------------


def test_a_csv_gives_levels_and_a_note():
    text = 'Ticker,Target price,Stop,Notes\nABCD,1.50,0.9,"cheap, small"\nEFGH,,,\n'
    first, second = read_pasted(text).lines
    assert (first.number, first.text, first.target, first.stop, first.note) == (
        2,
        "ABCD",
        "1.50",
        "0.9",
        "cheap, small",
    )
    assert (second.target, second.stop, second.note) == ("", "", "")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_csv_has_any_usual_delimiter(delimiter):
    text = (
        delimiter.join(("Coin", "Contract Address", "Network"))
        + f"\n{delimiter.join(('Pepe', EVM, 'Ethereum'))}"
    )
    pasted = read_pasted(text)
    (line,) = pasted.lines
    assert line.reference.identifiers == (("address:ethereum", EVM),)
    assert pasted.decimal_comma is (False if delimiter == "," else None)


@pytest.mark.parametrize(
    ("header", "row", "identifiers"),
    [
        ("slug,symbol", "alpha,ALP", (("slug", "alpha"),)),
        ("address,chain", f"{EVM},base", (("address:base", EVM),)),
        ("cik,name", "0000320193,Apple", (("cik", "320193"),)),
    ],
)
def test_the_most_certain_column_counts(header, row, identifiers):
    assert read_pasted(f"{header}\n{row}").lines[0].reference.identifiers == identifiers


def test_an_exchange_beside_a_ticker_says_its_kind():
    lines = read_pasted("symbol,exchange\nABCD,Nasdaq\nPEPE,somewhere").lines
    assert [each.reference.kind for each in lines] == ["equity", ""]


def test_a_file_that_was_exported_here_is_read_back():
    body = "name,symbol,slug,page,price_usd,target_usd,notes_count\nAlpha,ALP,alpha,/a/,2,3,7\n"
    (line,) = read_pasted(body).lines
    assert (line.text, line.reference.identifiers, line.target) == ("Alpha", (("slug", "alpha"),), "3")
    assert not line.note


def test_a_row_without_an_asset_says_so():
    lines = read_pasted("symbol,target\n,5\nABCD,1\n,\n").lines
    assert [bool(each.reference.problem) for each in lines] == [True, False]


@pytest.mark.parametrize("text", ["symbol", "note,target\na,b", "PEPE,WIF\nBONK,DOGE"])
def test_without_a_header_that_names_assets_it_is_a_list(text):
    assert not read_pasted(text).is_csv


# Limits -----------------------------------------------------------------------------


def test_more_than_a_text_may_have_is_refused_with_the_numbers():
    assert "40,001 characters and may have 40,000" in read_pasted("x" * (MOST_CHARACTERS + 1)).problem
    assert "501 assets and may name 500" in read_pasted("AB," * (MOST_LINES + 1)).problem
    assert len(read_pasted("AB," * MOST_LINES).lines) == MOST_LINES


@given(st.text(max_size=600))
def test_any_text_is_read(text):
    pasted = read_pasted(text)
    for line in pasted.lines:
        reference = line.reference
        assert bool(reference.problem) != bool(reference.identifiers or reference.tickers or reference.lines)
        assert 1 <= line.number <= text.count("\n") + text.count("\r") + text.count("\u2028") + 1


SYMBOLS = st.lists(st.from_regex(r"[A-Z]{2,6}", fullmatch=True), min_size=1, max_size=20)


@given(SYMBOLS, st.sampled_from([",", ";", "\n", "\t", ", ", "\r\n", " ,\n"]))
def test_every_symbol_is_there_in_its_order_whatever_parts_them(symbols, between):
    symbols = [f"X{each}" for each in symbols]
    assert texts(read_pasted(between.join(symbols))) == symbols


CELLS = st.text(st.characters(blacklist_categories=("C", "Z")), max_size=20)


@given(st.lists(st.tuples(SYMBOLS.map(lambda each: f"X{each[0]}"), CELLS), min_size=1, max_size=8))
def test_a_csv_that_was_written_is_read_back(rows):
    sheet = io.StringIO()
    csv.writer(sheet).writerows([("symbol", "note"), *rows])
    read = read_pasted(sheet.getvalue())
    assert [(each.text, each.note) for each in read.lines] == [
        (symbol, note.strip()) for symbol, note in rows
    ]
