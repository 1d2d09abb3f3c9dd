import pytest

from assets.providers.exchanges.pairs import is_code, pairs_of, trading_pair_of


@pytest.mark.parametrize(
    ("asked", "pairs"),
    [
        ("INK", ["INK/USDT", "INK/USDC", "INK/USD"]),
        (" ink ", ["INK/USDT", "INK/USDC", "INK/USD"]),
        ("HAI/ETH", ["HAI/ETH"]),
        ("USDC", ["USDC/USDT", "USDC/USD"]),
        ("", []),
        ("/USDT", []),
        ("INK/", []),
        ("A/B/C", []),
        ("A B", []),
        ("A\x00", []),
        ("A" * 41, []),
    ],
)
def test_a_code_means_the_usual_pairs_and_a_pair_means_itself(asked, pairs):
    assert pairs_of(asked) == pairs


def test_what_can_not_be_seen_is_no_code():
    assert is_code("币安人生")
    assert not is_code("A‮B")


def ccxt_market(**changes):
    return {"id": "AUR_USDT", "baseId": "AUR", "quoteId": "USDT", "active": True, "info": {}} | changes


def test_a_market_stands_under_the_codes_of_its_exchange():
    market = trading_pair_of(ccxt_market(base="RENAMED", baseId="aur"))
    assert (market.id, market.base, market.quote, market.is_open) == ("AUR_USDT", "AUR", "USDT", True)


def test_a_name_for_sockets_holds_the_own_codes_where_the_others_were_renamed():
    assert trading_pair_of(ccxt_market(baseId="BTC", wsId="XBT/USD")).base == "XBT"


@pytest.mark.parametrize(("active", "is_open"), [(True, True), (None, True), (False, False)])
def test_a_market_is_closed_where_the_exchange_says_so(active, is_open):
    assert trading_pair_of(ccxt_market(active=active)).is_open is is_open


@pytest.mark.parametrize(
    ("info", "is_leveraged"),
    [
        ({"market": "ETF"}, True),
        ({"market": "USDS"}, False),
        ({"permissions": ["LEVERAGED"]}, True),
        ({"permissions": ["SPOT", "LEVERAGED"]}, False),
        ({"permissions": "LEVERAGED"}, False),
        ([], False),
        (None, False),
    ],
)
def test_leveraged_tokens_are_known_by_their_marks(info, is_leveraged):
    assert trading_pair_of(ccxt_market(info=info)).is_leveraged is is_leveraged


@pytest.mark.parametrize(
    "changes", [{"id": None}, {"id": ""}, {"baseId": 5}, {"quoteId": None}, {"wsId": "/USD"}]
)
def test_a_market_without_a_name_is_none(changes):
    with pytest.raises(ValueError, match="without a name"):
        trading_pair_of(ccxt_market(**changes))
