from datetime import UTC, datetime

import pytest

from assets.providers.nasdaqtrader.halts import read_halts
from assets.sourcing.contract import DamagedError
from assets.sourcing.reading import RowReader
from tests.assets.providers.answers import recorded
from tests.assets.providers.nasdaqtrader.bodies import NOW, by_symbol, halt, halts

SYMBOLS = ("AURM", "BRVO")
PUBLISHED = datetime(2026, 2, 27, 21, tzinfo=UTC)


def read(body, symbols=SYMBOLS, reader=None):
    return read_halts(body, symbols, reader or RowReader(), fetched_at=NOW)


def codes(body, **kwargs):
    return by_symbol(read(body, **kwargs), "halt_code")


def test_a_halt_has_its_code_and_its_beginning_and_others_are_traded():
    rows = read(halts(halt("AURM", "T12"), halt("ELSE", "H10")))
    assert by_symbol(rows, "halt_code") == {"AURM": "T12", "ELSE": "H10", "BRVO": "none"}
    assert by_symbol(rows, "halted_at")["AURM"] == datetime(2026, 2, 20, 14, 30, tzinfo=UTC)
    assert by_symbol(rows, "halted_at")["BRVO"] is None
    assert {row.as_of for row in rows} == {PUBLISHED}


@pytest.mark.parametrize(
    ("resumption", "resumed", "code"),
    [
        ("02/27/2026", "15:59:59", "none"),
        ("02/27/2026", "16:00:01", "LUDP"),
        ("02/27/2026", "", "LUDP"),
        ("", "15:00:00", "LUDP"),
        ("nonsense", "15:00:00", "LUDP"),
    ],
)
def test_a_halt_is_over_when_trading_was_resumed(resumption, resumed, code):
    body = halts(halt("AURM", "LUDP", resumption=resumption, resumed=resumed))
    assert codes(body)["AURM"] == code


def test_without_halts_every_listed_share_is_traded():
    assert codes(halts()) == {"AURM": "none", "BRVO": "none"}
    assert codes(halts(), symbols=()) == {}


def test_a_halt_of_nobody_leaves_it_open_who_is_traded():
    reader = RowReader()
    assert codes(halts(halt("AURM", "T1"), halt("", "T12")), reader=reader) == {"AURM": "T1"}
    assert reader.rejected == 1
    assert codes(halts(halt("BRVO", "X" * 9))) == {}


def test_a_halt_without_a_day_began_when_the_list_was_made():
    assert by_symbol(read(halts(halt("AURM", "T1", date="soon"))), "halted_at")["AURM"] == PUBLISHED


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Access denied</body></html>",
        b'{"items": []}',
        halts(halt("AURM", "T1"), count=2),
        halts(halt("AURM", "T1"))[:-30],
        b'<!DOCTYPE a [<!ENTITY b "c">]><rss><channel/></rss>',
    ],
)
def test_a_list_that_is_none_or_not_whole_is_asked_for_again(body):
    with pytest.raises(DamagedError):
        read(body)


def test_an_odd_moment_of_publication_is_that_of_the_answer():
    assert {row.as_of for row in read(halts(published="yesterday"))} == {NOW}
    assert {row.as_of for row in read(halts(published="Fri, 27 Feb 2099 21:00:00 GMT"))} == {NOW}


def test_the_recorded_halts():
    found = codes(recorded("nasdaqtrader/rss/tradehalts_2023-06-19.xml"), symbols=("AAPL", "YNDX"))
    assert (len(found), found["YNDX"], found["AAPL"], found["SVA"]) == (15, "T12", "none", "T12")
