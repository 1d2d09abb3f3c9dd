import pytest

from screener.forms.watchlists import WatchlistForm
from screener.models.owned import LONGEST_NAME


def test_spaces_around_a_name_are_not_meant():
    form = WatchlistForm({"name": "  Gems "})
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Gems"}


@pytest.mark.parametrize("name", ["", "  ", "x" * (LONGEST_NAME + 1)])
def test_what_is_no_name_has_a_problem(name):
    assert WatchlistForm({"name": name}).problem


def test_an_empty_form_has_no_problem_yet():
    assert WatchlistForm().problem == ""
