import time

import pytest
from django.utils import translation

from screener.forms.position import PositionForm
from screener.screens.position import PositionSize


def size_of(typed: str) -> PositionSize | None:
    form = PositionForm({"position": typed})
    assert form.is_valid(), form.errors
    return form.cleaned_data["position"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        *(("", None), ("1", 1), (" 20000 ", 20_000), ("1000000000", 10**9), ("1e4", 10_000)),
        *(("5,000", 5_000), ("25k", 25_000), ("25 K", 25_000), ("1.5m", 1_500_000), ("1b", 10**9)),
        *(("$25k", 25_000), ("$ 25,000", 25_000), ("US$25k", 25_000), ("usd 25000", 25_000)),
        ("25k USD", 25_000),
    ],
)
def test_a_size_or_none(typed, expected):
    assert size_of(typed) == (PositionSize(usd=expected) if expected else None)


@pytest.mark.parametrize(
    ("typed", "expected"), [("25.000", 25_000), ("1,5m", 1_500_000), ("$ 2.000.000", 2_000_000)]
)
def test_signs_of_the_language(typed, expected):
    with translation.override("es"):
        assert size_of(typed) == (PositionSize(usd=expected) if expected else None)


@pytest.mark.parametrize(
    "typed",
    [
        *("0", "-5", "1000000001", "2b", "5.5", "25.000", "25.", "0.0001k", "x", "k", "$", "1e999"),
        *("5,00", "nan", "9" * 400, "25k\x00"),
    ],
)
def test_anything_else_is_refused_with_what_to_write(typed):
    form = PositionForm({"position": typed})
    assert "like 25000, 25k or $1.5m" in " ".join(form.errors["position"])


@pytest.mark.parametrize(("typed", "currency"), [("€25k", "€"), ("£100", "£"), ("25k EUR", "EUR")])
def test_what_cannot_be_converted_is_named(typed, currency):
    (said,) = PositionForm({"position": typed}).errors["position"]
    assert said.startswith(f"{currency} can't be converted: no exchange rate is known here.")


def test_a_text_of_blanks_is_refused_before_it_is_read():
    begun = time.thread_time()
    assert not PositionForm({"position": "1" + " " * 100_000 + "1"}).is_valid()
    assert time.thread_time() - begun < 1
