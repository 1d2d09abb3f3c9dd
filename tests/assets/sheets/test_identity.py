import pytest

from assets.sheets.identity import (
    IdentityError,
    described_asset,
    from_text,
    identifiers_of,
    known_asset,
    to_text,
)
from assets.sourcing.contract import UnreadableError
from tests.assets.sheets.files import KNOWN, OTHER, WORKED

CONTRACT = ("address:ethereum", "0x" + "0" * 38 + "a1")


def test_a_line_may_tell_several_identifiers():
    values = {
        "asset": "worked-example",
        "chain": "ethereum",
        "address": CONTRACT[1],
        "cik": "1",
        "coingecko": "c",
    }
    assert identifiers_of(values) == (CONTRACT, ("slug", "worked-example"), ("cik", "1"), ("coingecko", "c"))
    assert identifiers_of({"chain": "ethereum"}) == ()


def test_an_address_without_its_chain_means_nothing():
    with pytest.raises(IdentityError) as refusal:
        identifiers_of({"address": "0x1"})
    assert refusal.value.column == "chain"


def test_the_same_asset_by_any_of_its_names():
    assert known_asset((("slug", "worked-example"),), KNOWN) is WORKED
    assert known_asset((CONTRACT, ("slug", "worked-example")), KNOWN) is WORKED


@pytest.mark.parametrize(
    ("identifiers", "column", "problem"),
    [
        ((), "asset", "names no asset"),
        ((("slug", "nobody"),), "asset", "names no asset that is known"),
        ((("slug", "worked-example"), ("cik", "99")), "cik", "names no asset that is known"),
        ((("slug", "worked-example"), ("cik", "320193")), "cik", "names another asset than asset"),
        ((("address:solana", "x"),), "address", "names no asset that is known"),
    ],
)
def test_an_asset_that_is_not_known_or_not_one_is_refused(identifiers, column, problem):
    with pytest.raises(IdentityError) as error:
        known_asset(identifiers, KNOWN)
    assert error.value.column == column
    assert problem in str(error.value.error)


def test_a_new_asset_is_described():
    values = {
        "kind": "token",
        "name": "New",
        "symbol": "NEW",
        "chain": "base",
        "homepage": "https://n.example",
    }
    asset = described_asset(values, (("address:base", "0x1"), ("coingecko", "new")), KNOWN)
    assert asset.identifiers == (("address:base", "0x1"), ("coingecko", "new"))
    assert (asset.kind, asset.name, asset.chain, asset.links) == (
        "token",
        "New",
        "base",
        {"homepage": "https://n.example"},
    )


def test_a_known_asset_gets_further_identifiers_but_no_slug():
    identifiers = (("slug", "worked-example"), ("address:base", "0x1"))
    asset = described_asset({"kind": "token"}, identifiers, KNOWN)
    assert asset.identifiers == (*WORKED.identifiers, ("address:base", "0x1"))


def test_a_code_that_an_exchange_listed_is_no_other_asset():
    """The exchange's own asset becomes the described one when it is stored."""
    known = {**KNOWN, ("currency:gate", "WRK"): OTHER}
    identifiers = (("slug", "worked-example"), ("currency:gate", "WRK"))
    asset = described_asset({"kind": "token"}, identifiers, known)
    assert asset.identifiers == (*WORKED.identifiers, ("currency:gate", "WRK"))


def test_a_code_may_be_all_that_is_known():
    identifiers = identifiers_of({"exchanges": (("currency:gate", "NEW"),)})
    assert described_asset({"kind": "token"}, identifiers, KNOWN).identifiers == (("currency:gate", "NEW"),)


@pytest.mark.parametrize(
    ("kind", "identifiers", "column"),
    [
        ("token", (), "address"),
        ("token", (("slug", "nobody"), ("coingecko", "new")), "asset"),
        ("equity", (("coingecko", "worked"),), "kind"),
        ("token", (("coingecko", "worked"), ("cik", "320193")), "cik"),
    ],
)
def test_a_description_that_contradicts_what_is_known_is_refused(kind, identifiers, column):
    with pytest.raises(IdentityError) as error:
        described_asset({"kind": kind}, identifiers, KNOWN)
    assert error.value.column == column


def test_what_was_known_can_be_stored():
    assert from_text(to_text(KNOWN)) == KNOWN
    assert from_text("") == {}
    assert from_text(to_text(KNOWN))["cik", "320193"] == OTHER


@pytest.mark.parametrize("text", ["{", "[1]", "[[1,2]]", "5"])
def test_what_was_stored_otherwise_is_refused(text):
    with pytest.raises(UnreadableError):
        from_text(text)
