import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.identity.burned import LISTED
from assets.identity.holder_types import WORDS, holder_type, is_off_curve
from assets.identity.known_holders import TABLE
from assets.metrics.holders import EXCLUDED_TYPES, HOLDER_TYPES

SOMEBODY = "0x" + "b1" * 18 + "c2d3"


@pytest.mark.parametrize("address", sorted(LISTED))
def test_a_burn_address_is_one_whatever_is_told_of_it(address):
    assert holder_type(address, label="Binance", is_contract=True, is_locked=True, pools={address}) == "burn"


def test_the_pools_that_are_known_are_pools():
    assert holder_type(SOMEBODY, is_contract=True, pools={SOMEBODY}) == "pool"
    assert holder_type(SOMEBODY, is_contract=True, pools={"0x" + "d4c3b2a190" * 4}) == "contract"


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("UniswapV2", "pool"),
        ("PancakeV3", "pool"),
        ("Raydium Vault Authority V4", "pool"),
        ("pump.fun bonding curve", "pool"),
        ("Binance: Hot Wallet 20", "exchange"),
        ("Gate.io 3", "exchange"),
        ("Polygon (Matic): ERC20 Bridge", "bridge"),
        ("Uniswap V2: Bridge", "bridge"),
        ("UNCX Network Security : Token Vesting", "locker"),
        ("Unicrypt", "locker"),
        ("TeamFinance", "locker"),
        ("PinkLock02", "locker"),
        ("Streamflow", "locker"),
        ("Timelock", "locker"),
        ("Token Locker", "locker"),
        ("Uniswap: Treasury", "treasury"),
        ("Binance: Multisig", "treasury"),
        ("GnosisSafeProxy", "treasury"),
        ("Aurelium Foundation", "treasury"),
        ("Burn Address", "burn"),
    ],
)
def test_a_label_tells_the_type(label, kind):
    assert holder_type(SOMEBODY, label=label, is_contract=True) == kind


@pytest.mark.parametrize(
    "label",
    [
        "Blockchain Capital",
        "Flocking",
        "Gateways",
        "Unlocked",
        "Shadao",
        "Swordfish Orcas",
        "Burnley",
        "Deployer",
        "KuCoin Hacker",
        "Bybit Exploiter 1",
        "Ronin Bridge Exploiter 3",
        "Curve.fi: Vyper Exploiter",
        "Fake_Phishing1234",
    ],
)
def test_a_word_within_a_word_tells_nothing(label):
    """Who is left out of the adjusted figures by mistake makes a token look better held than it is."""
    assert holder_type(SOMEBODY, label=label, is_contract=False) == "wallet"


@pytest.mark.parametrize(
    ("is_contract", "is_locked", "kind"),
    [
        (None, None, "unknown"),
        (None, False, "unknown"),
        (True, None, "contract"),
        (False, None, "wallet"),
        (True, True, "locker"),
        (None, True, "locker"),
    ],
)
def test_without_a_label_contract_and_lock_decide(is_contract, is_locked, kind):
    assert holder_type(SOMEBODY, is_contract=is_contract, is_locked=is_locked) == kind


def test_every_type_is_one_of_the_metrics():
    assert {kind for kind, _words in WORDS} <= set(HOLDER_TYPES)
    assert set(EXCLUDED_TYPES) <= {kind for kind, _words in WORDS}


@given(label=st.text(max_size=40), is_contract=st.sampled_from([None, True, False]))
def test_any_label_gives_a_type(label, is_contract):
    assert holder_type(SOMEBODY, label=label, is_contract=is_contract) in HOLDER_TYPES


def test_known_holders_are_of_their_chain():
    exchange, locker = a_known("exchange", "evm"), a_known("locker", "bsc")
    assert {holder_type(exchange, chain=chain, is_contract=False) for chain in ("base", "bsc")} == {
        "exchange"
    }
    assert holder_type(locker, chain="bsc", is_contract=True) == "locker"
    assert holder_type(locker, chain="ethereum", is_contract=True) == "contract"
    hot = a_known("exchange", "solana")
    assert holder_type(hot, chain="solana") == "exchange"
    assert holder_type(hot, chain="fogo") == "unknown"


def test_on_solana_the_address_says_whether_somebody_has_its_key():
    """A program's account is no point of the curve: the first is Pump.fun's, the second an exchange's."""
    owned_by_program = "4wTV1YmiEkRvAtNtsSGPtUrqRYQMe5SKy2uB4Jjaxnjf"
    person = a_known("exchange", "solana")
    assert (is_off_curve(owned_by_program), is_off_curve(person)) == (True, False)
    assert is_off_curve("0x" + "b1" * 20) is None
    assert holder_type(owned_by_program, chain="solana") == "contract"
    assert holder_type(owned_by_program, chain="solana", label="Meteora Pool") == "pool"
    assert holder_type(owned_by_program, chain="ethereum") == "unknown"


def a_known(kind, chain):
    return next(
        address for row in TABLE if (row.kind, row.chain) == (kind, chain) for address in row.addresses
    )
