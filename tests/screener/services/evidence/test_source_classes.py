import pytest

from screener.services.evidence.source_classes import class_of
from tests.factories.scorecards import make_asset

pytestmark = pytest.mark.django_db


def test_a_token_is_listed_once_a_register_knows_it():
    asset = make_asset("Ant")
    asset.identifiers.create(namespace="address:base", value="0x" + "a" * 40)
    assert class_of(asset) == "dex"
    asset.identifiers.create(namespace="coingecko", value="ant")
    assert class_of(asset) == "listed"


def test_a_share_is_of_a_company():
    assert class_of(make_asset("Bee", kind="equity")) == "company"
