import pytest
from django.http import QueryDict

from screener.forms.screens import ColumnSetForm, ScreenForm
from screener.models.owned import LONGEST_NAME
from screener.screens.columns import SHOWN
from screener.screens.query import LONGEST_QUERY, parse
from screener.screens.screen import Screen

SMALL = Screen(condition=parse("market_cap < 100m"), sort="-volume", columns=("price", "volume"))


def test_what_is_typed_becomes_a_screen():
    words = {"q": " market_cap<100m ", "sort": "-volume", "columns": "price,volume"}
    form = ScreenForm({"name": " Small ", **words})
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Small"
    assert form.screen == SMALL


def test_what_is_left_out_is_as_in_the_screener():
    form = ScreenForm({"name": "All"})
    assert form.is_valid()
    assert form.screen == Screen()


def test_a_form_shows_the_words_of_its_screen():
    form = ScreenForm(screen=SMALL, initial={"name": "Small"})
    fields = {name: form[name].value() for name in ("name", "q", "sort", "columns")}
    assert fields == {"name": "Small", "q": SMALL.query, "sort": "-volume", "columns": "price,volume"}
    assert ScreenForm(fields).is_valid()
    assert form.errors == {}


@pytest.mark.parametrize(
    ("fields", "field", "problem"),
    [
        ({"name": " "}, "name", "A screen needs a name."),
        ({"name": "x" * (LONGEST_NAME + 1)}, "name", "has 81 characters and may have 80"),
        ({"q": "gone_column > 3"}, "q", "“gone_column”"),
        ({"q": "x" * (LONGEST_QUERY + 1)}, "q", str(LONGEST_QUERY)),
        ({"sort": "gone"}, "__all__", "can't be sorted by “gone”"),
        ({"columns": "price,gone"}, "__all__", "no column “gone”"),
    ],
)
def test_what_makes_no_sense_is_shown_where_it_was_typed(fields, field, problem):
    form = ScreenForm({"name": "X", **fields})
    assert list(form.errors) == [field]
    assert problem in " ".join(form.errors[field])


@pytest.mark.parametrize("columns", ["price&columns=volume", "price,volume", "price, volume,price"])
def test_columns_may_be_given_in_several_ways(columns):
    form = ColumnSetForm(QueryDict(f"name=Mine&columns={columns}"))
    assert form.is_valid()
    assert form.keys == ("price", "volume")


@pytest.mark.parametrize(
    ("query", "field"),
    [("name=X&columns=gone", "columns"), ("name=X", "columns"), ("name=&columns=price", "name")],
)
def test_a_column_set_needs_a_name_and_columns_there_are(query, field):
    form = ColumnSetForm(QueryDict(query))
    assert list(form.errors) == [field]


def test_the_usual_columns_can_be_kept_too():
    form = ColumnSetForm(QueryDict("name=Mine&columns=" + ",".join(SHOWN)))
    assert form.is_valid()
    assert form.keys == SHOWN
