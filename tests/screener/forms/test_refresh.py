import pytest

from screener.forms.refresh import RefreshForm


@pytest.mark.parametrize(("limit", "meant"), [("", None), ("10", 10), ("1000000", 1_000_000)])
def test_a_limit_is_a_number_or_none(limit, meant):
    form = RefreshForm({"provider": "sandbox", "family": "market", "limit": limit})
    assert form.is_valid()
    assert form.cleaned_data["limit"] == meant


@pytest.mark.parametrize("limit", ["0", "-1", "1.5", "all", "1000001"])
def test_another_limit_is_refused_with_one_sentence(limit):
    form = RefreshForm({"provider": "sandbox", "family": "market", "limit": limit})
    [problem] = form.errors["limit"]
    assert "whole number from 1 to 1,000,000" in problem
