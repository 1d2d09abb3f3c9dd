from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.sec.concepts import either
from assets.providers.sec.ledger import FiledFigure, Ledger
from assets.providers.sec.twelve_months import flow_before, flow_of

EVER = date.max
FIRST, SECOND, THIRD = date(2024, 2, 20), date(2025, 2, 20), date(2025, 11, 5)


def ledger(*values, tag="T"):
    book = Ledger()
    for start, end, value, filed in values:
        book.add(
            tag,
            (start and date.fromisoformat(start), date.fromisoformat(end)),
            value=Decimal(value),
            filed=filed,
        )
    return book


def flow(book, end, tags=("T",)):
    return flow_of(book, either(*tags), end, by=EVER)[0]


def before(book, end):
    return flow_before(book, either("T"), end, by=EVER)


def test_a_year_is_taken_as_it_is():
    book = ledger(("2024-01-01", "2024-12-31", 480, SECOND))
    assert flow(book, date(2024, 12, 31)) == FiledFigure(Decimal(480), SECOND)


def test_twelve_months_are_the_last_year_and_this_one_so_far_without_the_same_part():
    book = ledger(
        ("2024-01-01", "2024-12-31", 480, SECOND),
        ("2024-01-01", "2024-09-30", 350, FIRST),
        ("2025-01-01", "2025-09-30", 420, THIRD),
        ("2025-07-01", "2025-09-30", 150, THIRD),
    )
    assert flow(book, date(2025, 9, 30)) == FiledFigure(Decimal(550), THIRD)


def test_years_of_52_and_53_weeks_match():
    book = ledger(
        ("2023-10-01", "2024-09-28", 391, FIRST),
        ("2023-10-01", "2023-12-30", 119, FIRST),
        ("2024-09-29", "2024-12-28", 124, SECOND),
    )
    assert flow(book, date(2024, 12, 28)).value == 396


@pytest.mark.parametrize("missing", range(3))
def test_without_one_of_the_parts_twelve_months_are_not_known(missing):
    parts = [
        ("2024-01-01", "2024-12-31", 480, SECOND),
        ("2024-01-01", "2024-09-30", 350, FIRST),
        ("2025-01-01", "2025-09-30", 420, THIRD),
    ]
    del parts[missing]
    assert flow(ledger(*parts), date(2025, 9, 30)) is None


def quarters(count):
    end = date(2025, 9, 30)
    for number in range(count):
        start = (end - timedelta(days=80)).replace(day=1)
        yield start.isoformat(), end.isoformat(), 10 + number, SECOND
        end = start - timedelta(days=1)


def test_four_quarters_make_a_year_and_three_do_not():
    assert flow(ledger(*quarters(4)), date(2025, 9, 30)).value == 10 + 11 + 12 + 13
    assert flow(ledger(*quarters(3)), date(2025, 9, 30)) is None


def test_the_twelve_months_before_are_found_a_year_earlier():
    book = ledger(("2023-01-01", "2023-12-31", 400, FIRST), ("2024-01-01", "2024-12-31", 480, SECOND))
    assert before(book, date(2024, 12, 31)).value == 400
    assert before(book, date(2023, 12, 31)) is None


def test_growth_compares_the_same_tags():
    book = ledger(("2024-01-01", "2024-12-31", 480, SECOND), tag="New")
    book.add("Old", (date(2023, 1, 1), date(2023, 12, 31)), value=Decimal(400), filed=FIRST)
    now, before = flow_of(book, either("New", "Old"), date(2024, 12, 31), by=EVER)
    assert (now.value, before) == (480, None)


def weeks(*counts, end):
    """Quarters of so many weeks, the newest first."""
    for count in counts:
        start = end - timedelta(weeks=count) + timedelta(days=1)
        yield start.isoformat(), end.isoformat(), count, SECOND
        end = start - timedelta(days=1)


@pytest.mark.parametrize("counts", [(12, 12, 12, 16), (16, 12, 12, 12), (13, 13, 13, 14)])
def test_quarters_of_weeks_make_a_year_of_52_or_53_weeks(counts):
    end = date(2025, 9, 28)
    assert flow(ledger(*weeks(*counts, end=end)), end).value == sum(counts)
    assert flow(ledger(*weeks(*counts[:3], end=end)), end) is None


def test_a_transition_period_and_the_half_year_after_it_make_a_year():
    book = ledger(
        ("2024-01-01", "2024-12-31", 80, FIRST),
        ("2025-01-01", "2025-06-30", 40, SECOND),
        ("2025-07-01", "2025-12-31", 44, THIRD),
    )
    assert flow(book, date(2025, 12, 31)).value == 84
    assert flow(book, date(2025, 6, 30)) is None


RECAST = {
    "year": ("2024-01-01", "2024-12-31", -10, date(2025, 2, 20)),
    "old_part": ("2024-01-01", "2024-09-30", -8, date(2024, 11, 5)),
    "part": ("2024-01-01", "2024-09-30", -150, date(2025, 11, 5)),
    "so_far": ("2025-01-01", "2025-09-30", -210, date(2025, 11, 5)),
}
NINE_MONTHS = date(2025, 9, 30)


def test_parts_of_two_companies_make_no_twelve_months():
    """A shell told the year; the company that took its place told the rest, and its own year before."""
    assert flow(ledger(*RECAST.values()), NINE_MONTHS) is None
    of_one_company = [value for name, value in RECAST.items() if name != "old_part"]
    assert flow(ledger(*of_one_company), NINE_MONTHS).value == -210 - 10 + 150


@pytest.mark.parametrize("day", [date(2025, 4, 30), date(2025, 11, 5), date(2026, 1, 10)])
def test_twelve_months_come_back_with_the_year_on_the_new_basis(day):
    """Whether the amended year came before its quarters or after them."""
    book = ledger(*RECAST.values(), ("2024-01-01", "2024-12-31", -200, day))
    assert flow(book, NINE_MONTHS).value == -210 - 200 + 150


def test_the_first_annual_report_after_a_merger_recasts_the_year_before():
    """So the year that it tells is of the new company, though nobody told of it before."""
    told = [value for name, value in RECAST.items() if name != "year"]
    year = ("2024-01-01", "2024-12-31", -200, date(2025, 4, 20))
    shell = ("2023-01-01", "2023-12-31", -9, date(2024, 2, 20))
    assert flow(ledger(*told, year, shell), NINE_MONTHS) is None
    recast = ("2023-01-01", "2023-12-31", -120, date(2025, 4, 20))
    assert flow(ledger(*told, year, shell, recast), NINE_MONTHS).value == -210 - 200 + 150


def test_a_recast_of_the_newest_part_alone_is_another_basis():
    """The year before the merger: the first two are the shell's, the last one was recast since."""
    book = ledger(
        ("2023-01-01", "2023-12-31", -9, date(2024, 2, 20)),
        ("2023-01-01", "2023-09-30", -7, date(2023, 11, 5)),
        RECAST["old_part"],
        RECAST["part"],
    )
    assert flow(book, date(2024, 9, 30)) is None


def test_quarters_that_a_longer_period_contradicts_are_of_another_basis():
    """The half-year of the new company is not the shell's first quarter and its own second one."""
    book = ledger(
        ("2024-01-01", "2024-12-31", -10, date(2025, 2, 20)),
        ("2025-01-01", "2025-03-31", -2, date(2025, 5, 10)),
        ("2025-04-01", "2025-06-30", -70, date(2025, 8, 10)),
        ("2025-01-01", "2025-06-30", -140, date(2025, 8, 10)),
        ("2024-01-01", "2024-06-30", -100, date(2025, 8, 10)),
    )
    assert flow(book, date(2025, 6, 30)) is None


def test_a_revision_is_no_recast():
    book = ledger(
        ("2024-01-01", "2024-12-31", 480, SECOND),
        ("2024-01-01", "2024-09-30", 350, FIRST),
        ("2024-01-01", "2024-09-30", 352, THIRD),
        ("2025-01-01", "2025-09-30", 420, THIRD),
    )
    assert flow(book, NINE_MONTHS).value == 420 + 480 - 352


def test_quarters_that_a_longer_period_contradicts_make_no_year():
    told = list(quarters(4))
    half = (told[1][0], told[0][1], 10 + 11, THIRD)
    assert flow(ledger(*told, half), NINE_MONTHS).value == 10 + 11 + 12 + 13
    assert flow(ledger(*told, (*half[:2], 90, THIRD)), NINE_MONTHS) is None


def test_a_tag_that_changed_within_the_year_is_followed_where_both_say_the_same():
    book = ledger(
        ("2024-01-01", "2024-12-31", 480, SECOND),
        ("2024-01-01", "2024-09-30", 350, FIRST),
        tag="Old",
    )
    for first, last, value in (("2025-01-01", "2025-09-30", 420), ("2024-01-01", "2024-09-30", 350)):
        book.add(
            "New", (date.fromisoformat(first), date.fromisoformat(last)), value=Decimal(value), filed=THIRD
        )
    assert flow(book, NINE_MONTHS, ("New", "Old")).value == 550
    book.add(
        "New", (date(2024, 1, 1), NINE_MONTHS.replace(year=2024)), value=Decimal(300), filed=date(2025, 12, 1)
    )
    assert flow(book, NINE_MONTHS, ("New", "Old")) is None


YEARS = st.lists(st.integers(-1_000, 1_000), min_size=8, max_size=8)


def told_of(values, scale=1):
    """Two years by quarters: each quarter, each year so far, as a company reports them."""
    book = []
    for place, value in enumerate(values):
        year, quarter = 2023 + place // 4, place % 4
        first, end = date(year, 3 * quarter + 1, 1), date(year, 12, 31)
        end = end if quarter == 3 else date(year, 3 * quarter + 4, 1) - timedelta(days=1)
        so_far = sum(values[4 * (place // 4) : place + 1])
        filed = end + timedelta(days=40)
        book.append((date(year, 1, 1).isoformat(), end.isoformat(), so_far * scale, filed))
        if quarter < 3:
            book.append((first.isoformat(), end.isoformat(), value * scale, filed))
    return book


@given(values=YEARS, quarter=st.integers(4, 7), scale=st.sampled_from([1, 7, 1_000]), data=st.data())
def test_twelve_months_are_the_last_four_quarters_in_whatever_order_and_scale(values, quarter, scale, data):
    told = data.draw(st.permutations(told_of(values, scale)))
    ends = sorted({date.fromisoformat(each[1]) for each in told})
    expected = sum(values[quarter - 3 : quarter + 1]) * scale
    assert flow(ledger(*told, *told[:5]), ends[quarter]).value == expected


SALES = "Revenues"


@pytest.mark.parametrize(
    ("year", "part", "so_far", "expected"),
    [
        (480, 350, 420, 550),
        # A year that was corrected, and not the nine months of it.
        (340, 350, 420, 410),
        (200, 350, 420, None),
        # One line in thousands as if in dollars, and the other way round.
        (480_000, 350_000, 420_000, 550_000),
        (480, 350_000, 420_000, None),
        (480_000, 350_000, 420, None),
        (480_000_000, 350_000, 420_000, None),
        (480_000_000_000, 350_000, 420_000, None),
        # A company that takes off.
        (900, 90, 40_000, 40_810),
    ],
)
def test_no_amount_is_less_than_its_part_or_of_another_scale(year, part, so_far, expected):
    said = (
        ("2024-01-01", "2024-12-31", year, SECOND),
        ("2024-01-01", "2024-09-30", part, FIRST),
        ("2025-01-01", "2025-09-30", so_far, THIRD),
    )
    found = flow(ledger(*said, tag=SALES), NINE_MONTHS, (SALES,))
    assert (found and found.value) == expected


def test_a_profit_may_be_less_than_a_part_of_it():
    said = (
        ("2024-01-01", "2024-12-31", 200, SECOND),
        ("2024-01-01", "2024-09-30", 350, FIRST),
        ("2025-01-01", "2025-09-30", 420, THIRD),
    )
    assert flow(ledger(*said, tag="NetIncomeLoss"), NINE_MONTHS, ("NetIncomeLoss",)).value == 270


QUARTERS = (
    ("2024-01-01", "2024-03-31", 100, FIRST),
    ("2024-04-01", "2024-06-30", 110, FIRST),
    ("2024-07-01", "2024-09-30", 140, FIRST),
    ("2024-01-01", "2024-12-31", 480, SECOND),
    ("2025-01-01", "2025-03-31", 130, THIRD),
    ("2025-04-01", "2025-06-30", 140, THIRD),
    ("2025-07-01", "2025-09-30", 150, THIRD),
)


def test_the_last_quarter_of_a_year_is_the_year_without_the_others():
    assert flow(ledger(*QUARTERS), NINE_MONTHS).value == 480 - 350 + 420
    assert flow(ledger(*QUARTERS), date(2025, 6, 30)).value == 480 - 210 + 270


@pytest.mark.parametrize(
    "more", [("2024-04-01", "2024-06-30", 60, THIRD), ("2024-01-01", "2024-06-30", 300, FIRST)]
)
def test_quarters_that_something_contradicts_are_not_added_up(more):
    assert flow(ledger(*QUARTERS, more), NINE_MONTHS) is None


TOLD_BEFORE = (
    ("2024-01-01", "2024-03-31", 100, FIRST),
    ("2024-01-01", "2024-06-30", 200, FIRST),
    ("2024-01-01", "2024-12-31", 480, SECOND),
)


@pytest.mark.parametrize("taken_over", ["2025-02-10", "2025-03-14", "2025-05-20"])
def test_predecessor_and_successor_are_two_companies(taken_over):
    """One company reports until the day on which it is bought, the other from the day after."""
    after = str(date.fromisoformat(taken_over) + timedelta(days=1))
    book = ledger(
        *TOLD_BEFORE,
        ("2025-01-01", taken_over, 60, THIRD),
        (after, "2025-06-30", 90, THIRD),
    )
    assert flow(book, date(2025, 6, 30)) is None


@pytest.mark.parametrize(("year_end", "expected"), [("2025-03-31", 520), ("2025-06-30", 520)])
def test_a_transition_period_that_ends_with_a_quarter_is_a_part(year_end, expected):
    after = str(date.fromisoformat(year_end) + timedelta(days=1))
    book = ledger(
        *TOLD_BEFORE,
        ("2025-01-01", year_end, 120, THIRD),
        (after, "2025-09-30", 130, THIRD),
        ("2024-01-01", "2024-09-30", 210, FIRST),
    )
    assert flow(book, date(2025, 9, 30)).value == expected


def test_where_no_quarter_of_another_year_is_told_nobody_can_say_where_one_ends():
    book = ledger(
        ("2024-07-01", "2024-12-31", 240, SECOND),
        ("2025-01-01", "2025-03-14", 60, THIRD),
        ("2025-03-15", "2025-06-30", 90, THIRD),
    )
    assert flow(book, date(2025, 6, 30)).value == 390
