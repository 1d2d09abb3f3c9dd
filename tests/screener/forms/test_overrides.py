from datetime import timedelta

import pytest
from django.utils import timezone

from screener.forms.overrides import MOST_DAYS, USUAL_DAYS, OverrideForm


def day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


FINE = {"state": "pass", "reason": "Seen.", "evidence_url": "", "expires_on": day(9)}


def test_what_is_fine_is_taken():
    form = OverrideForm(FINE | {"evidence_url": "example.org/proof"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["evidence_url"] == "https://example.org/proof"


@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        ("state", "", "Choose one of the answers."),
        ("state", "unknown", "Choose one of the answers."),
        ("reason", "  ", "Say why"),
        ("reason", "x" * 2_001, "2000"),
        ("evidence_url", "javascript:alert(1)", "no web address"),
        ("evidence_url", "ftp://example.org/x", "no web address"),
        ("expires_on", "", "Choose the last day"),
        ("expires_on", "soon", "Choose the last day"),
        ("expires_on", day(-1), "This day is past"),
        ("expires_on", day(MOST_DAYS + 1), "within two years"),
    ],
)
def test_what_is_wrong_is_shown_beside_its_field(field, typed, problem):
    form = OverrideForm(FINE | {field: typed})
    assert not form.is_valid()
    assert problem in " ".join(form.errors[field])


@pytest.mark.parametrize("days", [0, MOST_DAYS])
def test_the_first_and_the_last_day_are_taken(days):
    assert OverrideForm(FINE | {"expires_on": day(days)}).is_valid()


def test_it_starts_with_a_quarter():
    assert day(USUAL_DAYS) in str(OverrideForm()["expires_on"])
