import pytest

from screener.forms.position import PositionForm


@pytest.mark.parametrize(
    ("typed", "expected"), [("", None), ("1", 1), (" 20000 ", 20_000), ("1000000000", 10**9)]
)
def test_a_size_or_none(typed, expected):
    form = PositionForm({"position_usd": typed})
    assert form.is_valid()
    assert form.cleaned_data["position_usd"] == expected


@pytest.mark.parametrize("typed", ["0", "-5", "1000000001", "5.5", "x", "5,000"])
def test_anything_else_is_told(typed):
    form = PositionForm({"position_usd": typed})
    assert "a whole number of US dollars" in " ".join(form.errors["position_usd"])
