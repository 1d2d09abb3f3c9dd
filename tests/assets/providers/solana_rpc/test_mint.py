from datetime import timedelta
from decimal import Decimal

import pytest

from assets.providers.solana_rpc.addresses import curve_of
from assets.providers.solana_rpc.mint import (
    NOBODY,
    absent,
    contract_of,
    has_power,
    holder_of,
    level_of,
    mint_in,
    part_of,
    starts_frozen,
    state_mutable,
    tax_of,
    whole,
)
from assets.sourcing.reading import RowReader
from tests.assets.providers.answers import NOW
from tests.assets.providers.solana_rpc.accounts import held, key, mint, raw

TOKEN, WALLET = key("token"), "DmETnDGfG36CACF2cFi5tPZewbtXhDy6aNg2q26ZVs6U"
PROGRAM = curve_of(TOKEN)


def read(**changed):
    return mint_in(mint(**changed), TOKEN)


def contract(*, slot=None, **changed):
    return contract_of(read(**changed), slot=slot, reader=RowReader())


@pytest.mark.parametrize("account", [None, "x", {}, raw(key("program"), b"1"), held(TOKEN, WALLET, 5)])
def test_what_is_no_mint_is_none(account):
    assert mint_in(account, TOKEN) is None


def test_a_mint_of_another_program_is_none():
    assert mint_in(mint() | {"owner": key("program")}, TOKEN) is None


def test_the_classic_program_can_do_nothing_but_mint_and_freeze():
    fields = contract(mint_authority=WALLET, freeze_authority=PROGRAM)
    assert (fields.pop("mint_authority"), fields.pop("freeze_authority")) == ("wallet", "contract")
    assert set(fields.values()) == {False}
    assert contract()["mint_authority"] == contract(freeze_authority=NOBODY)["freeze_authority"] == "none"


@pytest.mark.parametrize(
    ("extension", "holder", "power"),
    [
        ("permanentDelegate", "delegate", "balance_mutable"),
        ("transferHook", "programId", "transfer_hook"),
        ("transferHook", "authority", "hook_mutable"),
        ("mintCloseAuthority", "closeAuthority", "closable"),
        ("pausableConfig", "authority", "pausable"),
        ("transferFeeConfig", "transferFeeConfigAuthority", "tax_mutable"),
    ],
)
def test_an_extension_gives_a_power_to_whoever_holds_it(extension, holder, power):
    assert contract(extensions={extension: {holder: WALLET}})[power] is True
    assert contract(extensions={extension: {holder: None}})[power] is False
    assert contract(extensions={extension: {}})[power] is None, "who holds it is not told"
    assert contract(extensions={extension: {holder: 5}})[power] is None
    assert contract(extensions={"metadataPointer": {}})[power] is False, "it can't come later"


def test_a_hook_without_a_program_can_still_be_set():
    fields = contract(extensions={"transferHook": {"authority": WALLET, "programId": None}})
    assert (fields["transfer_hook"], fields["hook_mutable"]) == (False, True)


def test_an_extension_that_the_node_can_not_read_leaves_the_others_open():
    fields = contract(extensions={"unparseableExtension": {}, "pausableConfig": {"authority": WALLET}})
    assert fields["pausable"] is True
    assert {
        fields[each] for each in ("closable", "balance_mutable", "non_transferable", "buy_tax_share")
    } == {None}
    assert absent(read(extensions={"unparseableExtension": {}})) is None


@pytest.mark.parametrize(
    ("state", "frozen"), [("frozen", True), ("initialized", False), ("strange", None), (None, None)]
)
def test_new_accounts_may_start_frozen(state, frozen):
    told = read(extensions={"defaultAccountState": {"accountState": state}})
    assert starts_frozen(told) is frozen
    assert [state_mutable(told, each) for each in (WALLET, "", None)] == [True, False, None]


def test_units_that_can_not_be_moved():
    assert contract(extensions={"nonTransferable": {}})["non_transferable"] is True
    assert contract(extensions={})["non_transferable"] is False


# Fees -------------------------------------------------------------------------------


def fees(older, newer, epoch=600):
    fee = {"epoch": 0, "maximumFee": 2**64 - 1}
    return {
        "transferFeeConfig": {
            "transferFeeConfigAuthority": None,
            "olderTransferFee": fee | {"transferFeeBasisPoints": older},
            "newerTransferFee": fee | {"transferFeeBasisPoints": newer, "epoch": epoch},
        }
    }


@pytest.mark.parametrize(
    ("older", "newer", "slot", "share"),
    [
        (0, 300, 600 * 432_000, 0.03),
        (900, 300, 600 * 432_000, 0.03),  # the older one is over
        (900, 300, 600 * 432_000 - 1, 0.09),  # and holds until then
        (0, 300, 600 * 432_000 - 1, 0.03),  # one that is announced counts where it is higher
        (900, 300, None, 0.09),
        (0, 20_000, 600 * 432_000, None),
        (None, 300, None, None),
    ],
)
def test_the_fee_is_the_one_that_holds_or_comes(older, newer, slot, share):
    assert tax_of(read(extensions=fees(older, newer)), slot=slot, reader=RowReader()) == share


def test_a_fee_is_taken_of_each_transfer():
    fields = contract(extensions=fees(500, 500))
    assert {fields[f"{each}_tax_share"] for each in ("buy", "sell", "transfer")} == {0.05}


# Supply -----------------------------------------------------------------------------


def scaled(multiplier, new, since):
    return {
        "scaledUiAmountConfig": {
            "multiplier": multiplier,
            "newMultiplier": new,
            "newMultiplierEffectiveTimestamp": since,
        }
    }


@pytest.mark.parametrize(
    ("since", "total"),
    [(0, 3_000), (NOW.timestamp() - 1, 3_000), ((NOW + timedelta(days=1)).timestamp(), 2_000)],
)
def test_wallets_show_the_multiple_that_holds(since, total):
    told = read(supply=10**9, extensions=scaled("2", "3", since))
    assert told.total(NOW, RowReader()) == total


def test_a_supply_is_in_whole_tokens():
    assert read(supply=10**15).total(NOW, RowReader()) == 10**9
    assert read(supply=0).total(NOW, RowReader()) is None
    assert read(supply="x").total(NOW, RowReader()) is None
    assert read(decimals=300).total(NOW, RowReader()) is None
    assert whole(Decimal(5), 2_000_121) is None
    assert whole(Decimal(5), None) is whole(None, 5) is whole(Decimal("1e60"), 0) is None


def test_a_mint_may_keep_its_own_name():
    kept = {"tokenMetadata": {"name": "Aurelium\u200b", "symbol": 5}}
    assert read(extensions=kept).names == ("Aurelium", "")
    assert read().names == ("", "")


def test_holders_of_powers_are_accounts_nobody_or_not_told():
    reader = RowReader()
    told = {"a": WALLET, "b": None, "c": "", "d": NOBODY, "e": "x"}
    assert [holder_of(told, each, reader) for each in "abcdef"] == [WALLET, "", "", "", None, None]
    assert [level_of(each) for each in (WALLET, PROGRAM, "", None)] == ["wallet", "contract", "none", ""]
    assert has_power(read(), "pausableConfig", "authority", reader) is False
    assert part_of({"a": [1]}, "a") == {}
