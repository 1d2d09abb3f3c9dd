import pytest

from screener.screens.screen import Screen
from screener.services.screening.questioned_figures import about, count_questioned, questions_of
from screener.services.screening.run_screen import run_screen
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db

OF_CAP = {"frame": "measures", "field": "market_cap_usd", "place": "", "witness": "reported_cap"}
OF_SUPPLY = {"frame": "supply", "field": "total", "place": "", "witness": "other_unit"}


@pytest.fixture
def odd(django_user_model):
    odd = make_asset("Odd")
    asked = {"figures": {"market_cap_usd": 7e12}, "facts": [OF_CAP, OF_SUPPLY]}
    make_card(odd, figures={}, questioned=asked)
    make_card(make_asset("Bare"), figures={})
    UNIVERSE.forget()
    return odd


def rows(django_user_model):
    return run_screen(Screen(), user=django_user_model()).rows


def test_assets_with_a_questioned_figure_are_counted(odd):
    assert count_questioned() == 1


def test_none_are_counted_where_there_is_none(db):
    UNIVERSE.forget()
    assert count_questioned() == 0


def test_what_is_asked_is_read_where_it_is_shown(odd, django_user_model, django_assert_num_queries):
    shown = rows(django_user_model)
    with django_assert_num_queries(1):
        assert questions_of(shown, shown={"market_cap"}) == {odd.pk: [OF_CAP, OF_SUPPLY]}
    with django_assert_num_queries(0):
        assert questions_of(shown, shown={"price"}) == {}


def test_a_question_about_the_measure_itself_comes_before_those_of_its_facts():
    assert list(about([OF_SUPPLY, OF_CAP], "market_cap_usd")) == [OF_CAP]
    assert list(about([OF_SUPPLY, OF_CAP], "float_share")) == [OF_SUPPLY, OF_CAP]
