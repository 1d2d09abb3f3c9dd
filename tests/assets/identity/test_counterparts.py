import pytest

from assets.identity.chains import CHAINS, address_on
from assets.identity.counterparts import COUNTERPARTS, NATIVE, is_listed

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


def test_every_counterpart_is_an_address_on_a_chain_of_ours_in_its_one_writing():
    assert set(COUNTERPARTS) <= {chain.name for chain in CHAINS}
    for chain, listed in COUNTERPARTS.items():
        for address in listed - NATIVE:
            assert address_on(chain, address) == (f"address:{chain}", address)
