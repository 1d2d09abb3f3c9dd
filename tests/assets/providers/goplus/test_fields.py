import json
from dataclasses import fields

import pytest

from assets.providers.goplus.fields import B20, EVM, SOLANA, flags_of
from assets.sourcing.rows import ContractRow, HolderRow, PoolRow, SupplyRow
from tests.assets.providers.answers import RECORDED, recorded

ROWS = {each.name for row in (ContractRow, HolderRow, PoolRow, SupplyRow) for each in fields(row)}
TABLES = {
    "ResponseWrapperTokenSecurityResult": EVM,
    "ResponseWrapperSolanaTokenSecurityResult": SOLANA,
    "ResponseWrapperTokenSecurityB20TokenB20Info": B20,
}


@pytest.mark.parametrize("table", [EVM, SOLANA])
def test_a_field_is_one_of_ours_or_ignored_for_a_reason(table):
    for name, field in table.items():
        assert field.says, name
        assert field.ours in ROWS | {"", "name", "symbol"}, name
        assert not field.is_flag or field.ours in {each.name for each in fields(ContractRow)}, name


def test_several_flags_may_say_one_thing():
    assert flags_of(EVM)["scam"] == ("is_airdrop_scam", "gas_abuse")
    assert flags_of(SOLANA)["non_transferable"] == ("non_transferable", "none_transferable")
    assert "counterfeit" not in flags_of(EVM)


@pytest.mark.shared
@pytest.mark.parametrize("schema", TABLES)
def test_every_field_that_the_vendor_documents_is_in_the_table(schema):
    documented = json.loads(recorded("goplus/spec/goplus_fields_from_sdk.json"))["schemas"][schema]
    assert set(documented) - set(TABLES[schema]) == set()


@pytest.mark.shared
def test_every_field_of_a_recorded_answer_is_in_the_table():
    names = sorted(path.name for path in (RECORDED / "goplus").glob("*.json"))
    if not names:
        pytest.skip("the recorded provider data is not beside the checkout")
    for name in names:
        table = SOLANA if "solana" in name else EVM
        found = tokens(json.loads(recorded(f"goplus/{name}")))
        assert found, name
        assert {key for token in found for key in token} <= set(table), name


def tokens(body):
    """Whatever looks like a token in this body, however its envelope was cut."""
    if isinstance(body, list):
        return [token for each in body for token in tokens(each)]
    if not isinstance(body, dict):
        return []
    if "holders" in body or "holder_count" in body:
        return [body]
    return [token for each in body.values() for token in tokens(each)]
