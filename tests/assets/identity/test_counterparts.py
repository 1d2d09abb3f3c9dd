import pytest

from assets.identity.chains import CHAINS, address_on
from assets.identity.counterparts import COUNTERPARTS, NATIVE, SOME_COUNTERPARTS, is_listed

WETH = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2"
TOKEN = "0x00000000000000000000000000000000000000aa"
SOL = "So11111111111111111111111111111111111111112"


@pytest.mark.parametrize(
    ("chain", "counterpart", "known", "expected"),
    [
        ("ethereum", WETH, {}, True),
        ("ethereum", WETH.lower(), {}, True),
        ("ethereum", "0x" + "0" * 40, {}, True),
        ("solana", SOL, {}, True),
        ("base", WETH, {}, True),  # nobody else can deploy to the address of a listed coin
        ("injective", WETH, {}, True),
        ("ethereum", TOKEN, {}, False),
        ("ethereum", TOKEN, {"coin": "some-coin"}, True),
        ("ethereum", TOKEN, {"coin": "some-coin", "token": TOKEN}, False),  # priced by itself
        ("ethereum", "", {}, None),
        ("injective", TOKEN, {}, None),
    ],
)
def test_whether_a_counterpart_has_a_market_of_its_own(chain, counterpart, known, expected):
    assert is_listed(chain, counterpart, **known) is expected


@pytest.mark.parametrize(
    ("chain", "counterpart", "expected"),
    [
        ("sui", "0x2::sui::SUI", True),  # leading zeros may be left out
        ("sui", "0xdba34672e30cb065b1f93e3ab55318768fd6fef66c15942c9f7cb846e2f900e7::usdc::USDC", True),
        ("sui", "0xdba34672e30cb065b1f93e3ab55318768fd6fef66c15942c9f7cb846e2f900e7::usdc::FAKE", None),
        ("sui", "0xbad::usdc::USDC", None),
        ("ton", "EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs", True),
        ("ton", "UQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_p0p", True),  # the same account
        ("ton", "EQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAM9c", True),
        ("tron", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", True),
        ("tron", "0x41a614f803b6fd780986a42c78ec9c7f77e6ded13c", True),  # the same in hexadecimal digits
        ("tron", "TFFAMQLZybALaLb4uxHA9RBE7pxhUAjF3U", None),
        ("pulsechain", "0xA1077a294dDE1B09bB078844df40758a5D0f9a27", True),
        ("pulsechain", TOKEN, None),
    ],
)
def test_of_a_chain_of_which_some_are_known_the_others_may_have_a_market(chain, counterpart, expected):
    assert is_listed(chain, counterpart) is expected


def test_a_token_is_no_counterpart_to_itself_in_another_writing():
    assert is_listed("sui", "0x2::sui::SUI", token=f"0x{'0' * 63}2::sui::SUI") is False


def test_every_counterpart_is_an_address_on_a_chain_of_ours_in_its_one_writing():
    assert not {*COUNTERPARTS} & {*SOME_COUNTERPARTS}
    assert {*COUNTERPARTS, *SOME_COUNTERPARTS} <= {chain.name for chain in CHAINS}
    for chain, listed in (COUNTERPARTS | SOME_COUNTERPARTS).items():
        for address in listed - NATIVE:
            assert address_on(chain, address, typed=True) == (f"address:{chain}", address)
