from datetime import date
from decimal import Decimal

from assets.providers.sec.concepts import Total
from assets.providers.sec.ledger import FiledFigure, Ledger, Run, balance_of, sum_of

EVER = date.max
FIRST, SECOND, THIRD = date(2024, 2, 20), date(2025, 2, 20), date(2025, 11, 5)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


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


def test_the_last_filed_value_counts_since_it_was_told_first():
    book = ledger(
        ("2024-01-01", "2024-12-31", 5, SECOND),
        ("2024-01-01", "2024-12-31", 4, FIRST),
        ("2024-01-01", "2024-12-31", 5, THIRD),
    )
    assert book.known("T", YEAR, by=EVER) == FiledFigure(Decimal(5), SECOND)
    assert book.known("T", YEAR, by=SECOND) == FiledFigure(Decimal(4), FIRST)
    assert book.known("T", YEAR, by=FIRST) is None


def test_the_first_tag_that_is_told_counts_and_what_is_told_beside_it_is_added():
    day = date(2024, 12, 31)
    book = ledger((None, "2024-12-31", 50, SECOND), tag="Cash")
    cash = (Total(("All",)), Total(("Cash",), also=(("Bills", "Notes"),)))
    assert balance_of(book, cash, day, by=EVER).value == 50
    book.add("Notes", (None, day), value=Decimal(7), filed=THIRD)
    assert balance_of(book, cash, day, by=EVER) == FiledFigure(Decimal(57), THIRD)
    book.add("All", (None, day), value=Decimal(60), filed=THIRD)
    assert balance_of(book, cash, day, by=EVER).value == 60
    assert balance_of(book, (Total(("Cash", "None")),), day, by=EVER) is None


def test_the_order_of_facts_and_their_repetition_change_nothing():
    told = [("2024-01-01", "2024-12-31", value, day) for value, day in ((4, FIRST), (5, SECOND), (5, THIRD))]
    runs = (Run(Decimal(4), FIRST, FIRST), Run(Decimal(5), SECOND, THIRD))
    for values in (told, told[::-1], [*told, *told]):
        assert ledger(*values).runs("T", YEAR, by=EVER) == runs


def test_of_one_filing_the_most_exact_value_counts():
    for values in ((1_234_567, 1_200_000), (1_200_000, 1_234_567)):
        book = ledger(*(("2024-01-01", "2024-12-31", value, FIRST) for value in values))
        assert book.known("T", YEAR, by=EVER) == FiledFigure(Decimal(1_234_567), FIRST)


def test_periods_are_found_by_their_last_day():
    book = ledger(("2024-01-01", "2024-12-31", 5, FIRST), (None, "2024-12-31", 6, SECOND))
    assert set(book.spans("T", date(2024, 12, 1), date(2024, 12, 31))) == {YEAR, (None, YEAR[1])}
    assert list(book.spans("T", date(2025, 1, 1), date(2025, 12, 31))) == []
    assert book.balances("T") == [(None, YEAR[1])]
    assert (book.is_told_by("T", SECOND), book.is_told_by("T", FIRST)) == (True, False)


def test_a_sum_needs_all_its_tags_and_takes_what_else_is_told():
    told = {"A": FiledFigure(Decimal(1), FIRST), "C": FiledFigure(Decimal(2), SECOND)}
    assert sum_of(Total(("A",), also=(("B", "C"),)), told.get) == FiledFigure(Decimal(3), SECOND)
    assert sum_of(Total(("A", "B")), told.get) is None


def test_a_sum_of_runs_is_told_while_both_were():
    first, second = (
        Run(Decimal(3), date(2025, 1, 1), date(2025, 9, 1)),
        Run(Decimal(4), date(2025, 4, 1), EVER),
    )
    assert first.plus(second) == second.plus(first) == Run(Decimal(7), date(2025, 4, 1), date(2025, 9, 1))


def test_what_is_set_aside_is_noted_by_tag_and_day():
    ledger = Ledger()
    ledger.set_aside("Cash", (None, date(2025, 9, 30)))
    day = date(2025, 9, 30)
    assert ledger.is_set_aside(["Debt", "Cash"], day, day)
    assert not ledger.is_set_aside(["Debt"], day, day)
    assert not ledger.is_set_aside(["Cash"], date(2025, 10, 1), date(2025, 12, 31))
