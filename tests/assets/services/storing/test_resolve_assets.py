import pytest

from assets.models import Asset, AssetIdentifier
from assets.services.storing.resolve_assets import resolve_assets
from assets.sourcing.rows import AssetRef

pytestmark = pytest.mark.django_db


def ref(*identifiers, **changes):
    return AssetRef(
        **{"kind": "token", "symbol": "AAA", "name": "Alpha", "identifiers": identifiers, **changes}
    )


def test_a_new_asset_is_made_once_however_often_it_is_named():
    first = resolve_assets([ref(("coingecko", "alpha")), ref(("coingecko", "alpha"))], provider="coingecko")
    again = resolve_assets([ref(("coingecko", "alpha"))], provider="coingecko")
    assert Asset.objects.count() == 1
    assert set(first.values()) == set(again.values())


def test_the_same_symbol_and_name_under_other_identifiers_is_another_asset():
    resolve_assets([ref(("coingecko", "alpha")), ref(("coingecko", "alpha-2"))], provider="coingecko")
    assert Asset.objects.count() == 2
    assert len(set(Asset.objects.values_list("slug", flat=True))) == 2


def test_any_shared_identifier_leads_to_the_asset_and_the_new_ones_are_learnt():
    resolve_assets([ref(("address:solana", "So1"))], provider="geckoterminal")
    resolve_assets([ref(("coingecko", "alpha"), ("address:solana", "So1"))], provider="coingecko")
    asset = Asset.objects.get()
    assert set(asset.identifiers.values_list("namespace", "value")) == {
        ("address:solana", "So1"),
        ("coingecko", "alpha"),
    }


def test_refs_of_one_batch_that_share_an_identifier_are_one_asset():
    refs = [ref(("a", "1"), ("b", "2")), ref(("b", "2"), ("c", "3"))]
    found = resolve_assets(refs, provider="x")
    assert Asset.objects.count() == 1
    assert AssetIdentifier.objects.count() == 3
    assert len(set(found.values())) == 1


def test_an_identifier_never_moves_to_an_asset_that_has_another_of_its_kind():
    resolve_assets([ref(("a", "1"), ("b", "1")), ref(("b", "2"), name="Beta")], provider="x")
    resolve_assets([ref(("a", "1"), ("b", "2"))], provider="x")
    assert AssetIdentifier.objects.get(value="2").asset.name == "Beta"
    assert Asset.objects.count() == 2


def test_assets_that_one_row_names_are_one():
    resolve_assets([ref(("a", "1")), ref(("b", "2"), name="Beta")], provider="x")
    found = resolve_assets([ref(("a", "1"), ("b", "2"))], provider="x")
    assert [*found.values()] == [Asset.objects.get().pk]


def test_empty_fields_are_filled_and_told_ones_stay():
    resolve_assets([ref(("a", "1"), name="", chain="solana")], provider="x")
    resolve_assets([ref(("a", "1"), name="Alpha", chain="base", sector="DeFi", tags=("dex",))], provider="y")
    asset = Asset.objects.get()
    assert (asset.name, asset.chain, asset.sector, asset.tags) == ("Alpha", "solana", "DeFi", ["dex"])


@pytest.mark.parametrize(("provider", "name"), [("x", "Omega"), ("y", "Alpha")])
def test_only_the_provider_that_named_an_asset_renames_it(provider, name):
    resolve_assets([ref(("a", "1"))], provider="x")
    resolve_assets([ref(("a", "1"), name="Omega")], provider=provider)
    assert Asset.objects.get().name == name


def test_names_that_make_no_slug_still_get_an_address():
    resolve_assets(
        [ref(("a", "1"), name="火", symbol="🔥"), ref(("a", "2"), name="水", symbol="")], provider="x"
    )
    assert all(Asset.objects.values_list("slug", flat=True))


def test_a_whole_page_costs_a_fixed_number_of_queries(django_assert_max_num_queries):
    page = [ref(("coingecko", f"coin-{n}"), name=f"Coin {n}") for n in range(250)]
    with django_assert_max_num_queries(12):
        resolve_assets(page, provider="coingecko")


def test_a_name_of_last_resort_yields_to_any_other():
    last = ref(("cik", "7"), symbol="", name="", fallback_name="AURELIAN CORP")
    resolve_assets([last], provider="sec_data")
    assert (Asset.objects.get().name, Asset.objects.get().slug) == ("AURELIAN CORP", "aurelian-corp")
    resolve_assets([ref(("cik", "7"), name="Aurelian Instruments Inc.")], provider="sec_data")
    resolve_assets([last], provider="sec_data")
    assert Asset.objects.get().name == "Aurelian Instruments Inc."


def test_a_name_of_last_resort_fills_what_is_empty():
    resolve_assets([ref(("cik", "7"), name="")], provider="x")
    resolve_assets([ref(("cik", "7"), name="", fallback_name="AURELIAN CORP")], provider="sec_data")
    assert Asset.objects.get().name == "AURELIAN CORP"


def test_a_ticker_of_nobody_makes_no_asset_and_that_of_a_company_finds_it():
    company = ref(("cik", "7"), ("ticker:us", "ZORB"), ("share:us", "ZORB"), kind="equity")
    (known,) = resolve_assets([company], provider="sec_www").values()
    share, line = (("cusip", "98Z65A103"), ("share:us", "ZORB")), (("ticker:us", "ZORBW"),)
    found = resolve_assets([ref(*share, kind="equity"), ref(*line, kind="equity")], provider="sec_www")
    assert found == {share: known}
    assert Asset.objects.get().identifiers.filter(namespace="cusip").exists()


def test_an_issue_that_is_known_counts_more_than_the_ticker_that_another_has_now():
    old = ref(("cik", "7"), ("cusip", "98Z65A103"), kind="equity")
    new = ref(("cik", "8"), ("share:us", "ZORB"), kind="equity")
    owners = resolve_assets([old, new], provider="sec_www")
    both = (("cusip", "98Z65A103"), ("share:us", "ZORB"))
    assert resolve_assets([ref(*both, kind="equity")], provider="sec_www") == {both: owners[old.identifiers]}
    assert Asset.objects.count() == 2


@pytest.mark.parametrize(("called", "finds"), [("ZORBAN INC", True), ("YAKIMA INC", False), ("", True)])
def test_who_is_called_otherwise_is_not_found_by_a_ticker(called, finds):
    company = ref(("cik", "7"), ("share:us", "ZORB"), kind="equity", name="Zorban Co.")
    resolve_assets([company], provider="sec_www")
    names = (("cusip", "98Z65A103"), ("share:us", "ZORB"))
    meant = AssetRef(kind="equity", identifiers=names, called=called)
    assert (names in resolve_assets([meant], provider="sec_www")) is finds
    assert AssetIdentifier.objects.filter(namespace="cusip").exists() is finds


def test_who_is_known_by_the_issue_may_be_called_as_before():
    resolve_assets([ref(("cik", "7"), ("cusip", "98Z65A103"), kind="equity")], provider="sec_www")
    names = (("cusip", "98Z65A103"), ("share:us", "ZORB"))
    meant = AssetRef(kind="equity", identifiers=names, called="YAKIMA INC")
    assert names in resolve_assets([meant], provider="sec_www")


def test_who_is_asked_for_if_known_is_found_and_never_made():
    known, unknown = (("cik", "7"), ("share:us", "ZORB")), (("cik", "8"), ("share:us", "YAK"))
    resolve_assets([ref(("cik", "7"), kind="equity")], provider="sec_data")
    found = resolve_assets(
        [ref(*each, kind="equity", if_known=True) for each in (known, unknown)], provider="sec_www"
    )
    assert [*found] == [known]
    assert Asset.objects.get().identifiers.filter(namespace="share:us").count() == 1
