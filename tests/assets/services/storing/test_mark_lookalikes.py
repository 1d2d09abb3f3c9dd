import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest

from assets.identity.chains import address_on
from assets.models import Asset
from assets.services.storing.mark_lookalikes import mark_lookalikes
from assets.services.storing.resolve_assets import resolve_assets
from assets.sourcing.rows import AssetRef
from tests.assets.providers.answers import recorded

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
COIN = AssetRef(kind="token", identifiers=(("coingecko", "aurum"),), symbol="AURUM", name="Aurum")
COPY = AssetRef(kind="token", identifiers=(("address:base", "0x1"),), symbol="AURUM", name="Aurum")
OTHER = AssetRef(kind="token", identifiers=(("address:base", "0x2"),), symbol="OTHER", name="Other")
DISGUISED = AssetRef(kind="token", identifiers=(("address:base", "0x3"),), symbol="AURU\u041c", name="A")


def marks():
    return {asset.names[0][1]: (asset.likeness, asset.likeness_of) for asset in Asset.objects.all()}


@pytest.mark.parametrize("order", [*permutations((COIN, COPY, OTHER, DISGUISED))])
def test_marks_do_not_depend_on_who_comes_first(order):
    for ref in order:
        resolve_assets([ref], provider="x", known_at=NOW)
    assert marks() == {
        "aurum": ("", ""),
        "0x1": ("name", "Aurum (AURUM)"),
        "0x2": ("", ""),
        "0x3": ("alphabets", "Aurum (AURUM)"),
    }


def test_a_mark_goes_when_the_token_is_listed_itself():
    resolve_assets([COIN, COPY], provider="x", known_at=NOW)
    listed = AssetRef(kind="token", identifiers=(("coingecko", "aurum-2"), *COPY.identifiers))
    resolve_assets([listed], provider="x", known_at=NOW)
    assert {each.likeness for each in Asset.objects.all()} == {""}


def test_a_symbol_alone_is_taken_once_its_owner_is_among_the_largest():
    namesake = replace(OTHER, symbol="AURUM \U0001f525")
    resolve_assets([COIN, namesake], provider="x", known_at=NOW)
    assert marks()["0x2"] == ("", "")
    resolve_assets([replace(COIN, major=True)], provider="x", known_at=NOW)
    assert marks()["0x2"] == ("name", "Aurum (AURUM)")
    resolve_assets([COIN], provider="x", known_at=NOW)
    assert marks()["0x2"] == ("name", "Aurum (AURUM)"), "who was among them is still taken for it"


def test_the_invented_market_is_left_alone(django_assert_num_queries):
    fictional = AssetRef(kind="token", identifiers=(("sandbox", "1"),), symbol="AURUM", fictional=True)
    resolve_assets([COIN, fictional], provider="x", known_at=NOW)
    assert {each.likeness for each in Asset.objects.all()} == {""}
    mark_lookalikes(Asset.objects.filter(fictional=True).values_list("pk", flat=True))
    assert Asset.objects.get(fictional=True).symbol_look == ""


def test_a_name_that_nobody_sees_leaves_the_address():
    nameless = AssetRef(kind="token", identifiers=(("address:base", "0xabc"),))
    resolve_assets([nameless], provider="x", known_at=NOW)
    assert Asset.objects.get().slug == "0xabc"


# The recorded listing ------------------------------------------------------------------


@pytest.fixture(scope="module")
def listed_on_solana():
    """The ranked coins that have a contract on Solana, as a chain's explorer names them and as a register."""
    ranked = {each["id"] for each in json.loads(recorded("coingecko/dashbrd/coins_markets.json"))}
    coins = json.loads(recorded("coingecko/dashbrd/coins_list.json.gz"))
    found = []
    for each in coins:
        contract = each["platforms"].get("solana")
        if each["id"] in ranked and contract:
            on_chain = AssetRef(
                kind="token",
                identifiers=(address_on("solana", contract),),
                symbol=each["symbol"].upper(),
                name=each["name"],
                chain="solana",
            )
            identifiers = (("coingecko", each["id"]), *on_chain.identifiers)
            found.append((on_chain, replace(on_chain, identifiers=identifiers, major=True)))
    return found


@pytest.mark.shared
@pytest.mark.parametrize("register_comes_first", [True, False])
def test_no_genuine_coin_of_the_recorded_listing_is_marked_and_each_copy_is(
    listed_on_solana, register_comes_first
):
    assert len(listed_on_solana) >= 5
    copies = [
        replace(on_chain, identifiers=(("address:solana", f"Copy{place}"),))
        for place, (on_chain, _listed) in enumerate(listed_on_solana)
    ]
    seen = [*(on_chain for on_chain, _listed in listed_on_solana), *copies]
    registered = [listed for _on_chain, listed in listed_on_solana]
    for refs in (registered, seen)[:: 1 if register_comes_first else -1]:
        resolve_assets(refs, provider="x", known_at=NOW)
    genuine = {ref.identifiers[0] for ref, _listed in listed_on_solana}
    marked = {each.names[-1] for each in Asset.objects.exclude(likeness="")}
    everything = {name for each in Asset.objects.all() for name in each.names}
    assert genuine <= everything
    assert marked == {ref.identifiers[0] for ref in copies}
