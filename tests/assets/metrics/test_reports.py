import numpy as np
import pytest

from assets.metrics.reports import plain
from tests.assets.metrics.owner_lines import OUTSTANDING, form, indirect, lines, person, schedule, trade


@pytest.mark.parametrize("nature", ["By Trust", "by trust.", "By Trust [F8]", "By Trust (1)"])
def test_how_something_is_held_in_plain_words(nature):
    assert plain(nature) == "by trust"


def test_lines_stand_from_old_to_new_and_an_amendment_after_what_it_amends():
    late = form("c", trade(5, 105), days_ago=2, form="4/A")
    first = form("b", trade(4, 104), days_ago=2)
    assert [each.filing for each in lines(late, first, form("a", trade(1, 101), days_ago=9))] == [
        "a",
        "b",
        "c",
    ]


def test_a_line_without_a_day_is_the_oldest():
    undated = form("b", trade(1, 101), as_of=None)
    assert [each.filing for each in lines(form("a", trade(1, 101)), undated)] == ["b", "a"]


def test_lines_without_a_filing_are_filings_of_their_own():
    listed = lines(form("", trade(1, 101), indirect(5)))
    assert len({each.filing for each in listed}) == 2


def test_what_is_told_counts_and_else_what_the_number_of_shares_says():
    told, counted = lines(schedule("a", person("A", 100_000, share=0.12), person("B", 100_000, share=None)))
    assert (told.held, counted.held) == (0.12, pytest.approx(0.1))


@pytest.mark.parametrize("share", [0.0012, 0.119])
def test_a_percentage_told_as_a_share_shows_by_the_number_of_shares(share):
    number = OUTSTANDING * share * (100 if share < 0.01 else 0.01)
    (line,) = lines(schedule("a", person("A", number, share=share)))
    assert line.held == pytest.approx(number / OUTSTANDING)


def test_more_than_the_whole_is_not_known():
    (line,) = lines(form("a", trade(1, 2 * OUTSTANDING)))
    assert np.isnan(line.held)


def test_a_row_is_of_a_schedule_by_its_form_or_by_its_share():
    listed = lines(
        schedule("a", person("A", 100_000)), schedule("b", person("B", 100_000), form=""), form("c", {})
    )
    assert [each.is_schedule for each in listed] == [True, True, False]
