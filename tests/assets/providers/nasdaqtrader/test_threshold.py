from datetime import UTC, datetime

import pytest

from assets.providers.nasdaqtrader.threshold import read_threshold
from assets.sourcing.contract import DamagedError, UnreadableError
from assets.sourcing.reading import RowReader
from tests.assets.providers.answers import recorded
from tests.assets.providers.nasdaqtrader.bodies import NOW, THRESHOLD, by_symbol, threshold

SYMBOLS = ("AURM", "BRVO", "CNDR")


def read(body, symbols=SYMBOLS):
    return read_threshold(body, symbols, RowReader(), fetched_at=NOW)


def test_of_each_share_of_the_directory_it_is_known_whether_it_is_on_the_list():
    rows = read(threshold(*THRESHOLD))
    assert by_symbol(rows, "threshold_list") == {"AURM": False, "BRVO": True, "CNDR": False}
    assert {row.as_of for row in rows} == {datetime(2026, 2, 28, 4, 0, 22, tzinfo=UTC)}
    assert {(row.venue, row.tier) for row in rows} == {("", "")}


def test_an_empty_list_denies_it_of_all():
    assert not any(by_symbol(read(threshold()), "threshold_list").values())


def test_of_a_share_that_nasdaq_does_not_list_nothing_is_said():
    assert read(threshold(*THRESHOLD), symbols=()) == []


def test_classes_are_written_in_one_way():
    body = threshold("GRLT.A|GARLAND CL A|Q|Y|N| ")
    assert by_symbol(read(body, symbols=("GRLTA",)), "threshold_list") == {"GRLTA": True}


@pytest.mark.parametrize("line", ["BRVO|BRAVOID|G|Y", "|BRAVOID|G|Y|N| "])
def test_a_list_with_a_row_of_nobody_denies_nothing(line):
    with pytest.raises(UnreadableError, match="its company is unknown"):
        read(threshold(line))


@pytest.mark.parametrize("body", [b"", b"<html></html>", threshold(*THRESHOLD, published="")])
def test_a_list_without_its_end_is_asked_for_again(body):
    with pytest.raises(DamagedError):
        read(body)


def test_the_recorded_list():
    rows = read(recorded("nasdaqtrader/regsho/nasdaqth20260925_excerpt.txt"), symbols=("AAPL", "ONDS"))
    assert by_symbol(rows, "threshold_list") == {"AAPL": False, "ONDS": True}
