from itertools import pairwise

import pytest

from assets.metrics.sic import GICS_SECTORS, RANGES, sector_of_code, titles

OF_NO_BUSINESS = {"American Depositary Receipts", "Foreign Governments", "International Affairs"}


def test_every_code_of_the_sec_has_a_sector_but_those_of_no_business():
    without = {title for code, title in titles().items() if not sector_of_code(code)}
    assert without == OF_NO_BUSINESS | {"Non-Operating Establishments"}
    assert len(titles()) > 440


def test_ranges_are_in_order_and_do_not_meet():
    assert all(first <= last for first, last, _sector in RANGES)
    assert all(before[1] < after[0] for before, after in pairwise(RANGES))


def test_every_sector_is_one_of_the_eleven_and_each_is_used():
    assert {sector for _first, _last, sector in RANGES} == {*GICS_SECTORS}
    assert len(GICS_SECTORS) == 11


@pytest.mark.parametrize(
    ("code", "sector"),
    [
        (100, "consumer staples"),
        (1311, "energy"),
        (2834, "health care"),
        (3533, "energy"),
        (3674, "information technology"),
        (3826, "health care"),
        (4512, "industrials"),
        (4911, "utilities"),
        (5912, "consumer staples"),
        (6022, "financials"),
        (6324, "health care"),
        (6798, "real estate"),
        (7372, "information technology"),
        (7812, "communication services"),
        (9995, ""),
        (0, ""),
        (9999, ""),
    ],
)
def test_the_sector_of_a_code(code, sector):
    assert sector_of_code(code) == sector
