import pytest

from screener.services.dossier.names_in_answers import names_in_answers
from tests.factories.scorecards import make_asset, rename

pytestmark = pytest.mark.django_db


def test_addresses_and_numbers_of_registries_come_first():
    asset = make_asset("Alpha", symbol="ALP")
    for namespace, value in (("coingecko", "alpha-coin"), ("address:base", "0xAb"), ("cik", "0000012345")):
        asset.identifiers.create(namespace=namespace, value=value)
    assert names_in_answers(asset) == [
        ["0xAb", "0000012345", "CIK0000012345", "12345"],
        ['"alpha-coin"'],
        ['"ALP"'],
        ["alpha-coin", "ALP"],
        ['"Alpha"'],
        ["Alpha"],
    ]


def test_a_number_of_few_digits_is_none_without_its_zeros():
    asset = rename(make_asset("Alpha", symbol=""), "")
    asset.identifiers.create(namespace="cik", value="320")
    assert names_in_answers(asset) == [["0000000320", "CIK0000000320"]]
