import pytest

from assets.identity.likeness import SAME
from assets.models import Asset, AssetIdentifier
from screener.services.search.found_assets import find_assets_by, prepare_to_find
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def market():
    """Market caps fall in the order of the names here, so that rank alone does not follow it."""
    named = (
        ("Wrapped Pepe", {"symbol": "WPEPE"}),
        ("Pepecoin", {"symbol": "PEPECOIN"}),
        ("Pepe", {"symbol": "PEPE", "slug": "pepe"}),
        ("Xpepex", {"symbol": "XX"}),
        ("Pepe Two", {"symbol": "PEPE", "slug": "pepe-copy", "likeness": SAME}),
        ("Pepe Three", {"symbol": "PEPE", "slug": "pepe-invented", "fictional": True}),
        ("Old Frog", {"symbol": "PEPE", "slug": "old-frog"}),
        ("Apple Inc.", {"symbol": "AAPL", "kind": "equity", "chain": "", "venue": "Nasdaq"}),
    )
    for place, (name, changes) in enumerate(named):
        asset = make_asset(name, **{"slug": name.lower().replace(" ", "-").rstrip(".")} | changes)
        make_card(asset, figures={"market_cap_usd": 1e9 / 10**place})
    UNIVERSE.forget()


def found(*words, most=8):
    return [each.slug for each in find_assets_by(words, most=most)]


def test_nearer_names_come_first_then_larger_ones(market):
    assert found("pepe") == [
        *("pepe", "old-frog"),
        *("pepecoin", "pepe-copy", "pepe-invented"),
        "wrapped-pepe",
        "xpepex",
    ]


def test_a_real_name_that_begins_so_stands_above_what_takes_it(market):
    assert found("pepe", most=3) == ["pepe", "old-frog", "pepecoin"]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["aapl"], "apple-inc"),
        (["apple", "inc."], "apple-inc"),
        (["inc", "app"], "apple-inc"),
        (["old", "fro"], "old-frog"),
        (["rog"], "old-frog"),
    ],
)
def test_words_of_a_name(market, words, first):
    assert found(*words)[0] == first


def test_what_is_shown_of_one(market):
    (shown,) = find_assets_by(["pepe-copy"[:4], "two"], most=8)
    assert (shown.likeness, shown.is_fictional, shown.place, shown.kind) == (SAME, False, "base", "token")
    assert shown.market_cap_usd == 1e5
    assert shown.identifier == ""
    assert find_assets_by(["pepe", "three"], most=8)[0].is_fictional


def test_what_an_index_of_before_says_is_compared_with_names_of_today(market):
    assert found("frog") == ["old-frog"]
    gone = Asset.objects.get(slug="old-frog")
    gone.name = "Old Toad"
    gone.save()
    UNIVERSE.forget()
    assert found("frog") == []
    assert found("toad") == ["old-frog"]


# Addresses and CIKs ---------------------------------------------------------------------

SOLANA = "huGbvMBsED85Z2P2S5bkiJkRbL7RSaqzd1iZ39qXpump"


@pytest.fixture
def identified(market):
    known = (
        ("pepe", "address:ethereum", "0xaf88d065e77c8cc2239327c5edb3a432268e5831"),
        ("pepecoin", "address:solana", SOLANA),
        ("apple-inc", "cik", "320193"),
        ("wrapped-pepe", "coingecko", "af88d065"),
        ("old-frog", "address:flow", "A.b19436aae4d94622.FiatToken"),
        ("xpepex", "address:solana", "Pepe9JkRbL7RSaqzd1iZ39qXhuGbvMBsED85Z2P2S5bk"),
    )
    for slug, namespace, value in known:
        AssetIdentifier.objects.create(asset=Asset.objects.get(slug=slug), namespace=namespace, value=value)


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        ("0xaf88d065e77c8cc2239327c5edb3a432268e5831", ["pepe"]),
        ("0xaf88", ["pepe"]),
        (SOLANA.lower(), ["pepecoin"]),
        (SOLANA[:7].lower(), ["pepecoin"]),
        ("320193", ["apple-inc"]),
        ("0000320193", ["apple-inc"]),
        ("cik320193", ["apple-inc"]),
        ("cik:0000320193", ["apple-inc"]),
        ("3201", ["apple-inc"]),
        ("a.b19436aae4d94622.fiattoken", ["old-frog"]),
        ("0xaf8900", []),
        ("0x", []),
        ("zzzz", []),
    ],
)
def test_an_address_or_a_cik_whole_or_its_beginning(identified, typed, slugs):
    assert found(typed) == slugs


def test_a_cik_as_filings_write_it(identified):
    assert found("cik", "0000320193") == ["apple-inc"]


def test_a_word_that_happens_to_begin_an_address_finds_names_first(identified):
    assert found("pepe")[0] == "pepe"
    assert found("pepe", most=99)[-1] == "xpepex"


def test_an_address_that_no_longer_holds_finds_nothing(identified, django_user_model):
    ended = AssetIdentifier.objects.get(value=SOLANA)
    ended.valid_until = ended.asset.created_at
    ended.save()
    assert found(SOLANA.lower()) == []


def test_an_asset_without_a_scorecard_is_found_by_its_address(market):
    unscored = make_asset("Newborn", slug="newborn")
    AssetIdentifier.objects.create(asset=unscored, namespace="address:base", value="0xbeef00112233")
    (shown,) = find_assets_by(["0xbeef0011"], most=8)
    assert (shown.slug, shown.market_cap_usd, shown.identifier) == ("newborn", None, "0xbeef00112233")


def test_to_prepare_changes_nothing_that_is_found(market):
    prepare_to_find()
    assert found("apple") == ["apple-inc"]
