import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.identity.holder_types import BURN_ADDRESSES, WORDS, holder_type
from assets.metrics.holders import EXCLUDED_TYPES, HOLDER_TYPES

SOMEBODY = "0x" + "b1" * 20


@pytest.mark.parametrize("address", sorted(BURN_ADDRESSES))
def test_a_burn_address_is_one_whatever_is_told_of_it(address):
    assert holder_type(address, label="Binance", is_contract=True, is_locked=True, pools={address}) == "burn"


def test_the_pools_that_are_known_are_pools():
    assert holder_type(SOMEBODY, is_contract=True, pools={SOMEBODY}) == "pool"
    assert holder_type(SOMEBODY, is_contract=True, pools={"0x" + "b2" * 20}) == "unknown"


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
        (True, None, "unknown"),
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
