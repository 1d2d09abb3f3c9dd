import time

import pytest
from django.utils import translation

from screener.forms.position import PositionForm


def size_of(typed: str) -> int | None:
    form = PositionForm({"position_usd": typed})
    assert form.is_valid(), form.errors
    return form.cleaned_data["position_usd"]


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
    assert size_of(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"), [("25.000", 25_000), ("1,5m", 1_500_000), ("$ 2.000.000", 2_000_000)]
)
def test_signs_of_the_language(typed, expected):
    with translation.override("es"):
        assert size_of(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        *("0", "-5", "1000000001", "2b", "5.5", "25.000", "25.", "0.0001k", "x", "k", "$", "1e999"),
        *("5,00", "nan", "€25k", "£100", "25k EUR", "9" * 400, "25k\x00", "٢٥"),
    ],
)
def test_anything_else_is_refused_with_what_to_write(typed):
    form = PositionForm({"position_usd": typed})
    assert "like 25000, 25k or 1.5m" in " ".join(form.errors["position_usd"])


def test_a_text_of_blanks_is_refused_before_it_is_read():
    begun = time.thread_time()
    assert not PositionForm({"position_usd": "1" + " " * 100_000 + "1"}).is_valid()
    assert time.thread_time() - begun < 1
