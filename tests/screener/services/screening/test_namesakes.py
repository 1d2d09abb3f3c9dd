"""Addresses are shown where names could be taken for each other, and asked for nowhere else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from assets.models import AssetIdentifier
from screener.screens.screen import Screen
from screener.services.screening.namesakes import addresses_of_namesakes
from screener.services.screening.run_screen import run_screen
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


def rows_of(*assets):
    for each in assets:
        make_card(each)
        AssetIdentifier.objects.create(asset=each, namespace="address:base", value=f"0x{each.pk:040x}")
    UNIVERSE.forget()
    return run_screen(Screen(), user=AnonymousUser()).rows


def test_names_that_differ_need_no_address(django_assert_num_queries):
    rows = rows_of(make_asset("Alpha"), make_asset("Beta"))
    with django_assert_num_queries(0):
        assert addresses_of_namesakes(rows) == {}


def test_who_shares_a_name_or_a_ticker_is_told_by_the_address():
    one = make_asset("Pepe", slug="pepe")
    other = make_asset("pepe", slug="pepe-2", symbol="PP")
    ticker = make_asset("Peppers", symbol="pp")
    apart = make_asset("Gamma")
    found = addresses_of_namesakes(rows_of(one, other, ticker, apart))
    assert found == {each.pk: f"0x{each.pk:040x}" for each in (one, other, ticker)}


def test_a_name_that_is_its_own_ticker_is_no_collision():
    assert addresses_of_namesakes(rows_of(make_asset("TNK", symbol="TNK"))) == {}


def test_a_copycat_has_its_address_even_alone():
    copy = make_asset("Usdc", likeness="copy")
    assert set(addresses_of_namesakes(rows_of(copy))) == {copy.pk}
