from dataclasses import fields
from types import SimpleNamespace

from assets.metrics.capital import CAPITAL_EVENTS
from assets.metrics.contract import AUTHORITIES
from assets.metrics.families import CONTRACT, FAMILY_OF
from assets.metrics.ownership import ROLES
from assets.metrics.precedence import DIFFERENCES, TOLERANCES
from assets.metrics.venues import FINANCIAL_STATUSES, NOT_HALTED, SUSPENDED, TIERS
from assets.models import ContractSnapshot
from assets.sourcing.rows import ContractRow
from screener.words import registers
from screener.words.numbers import THIN


def test_every_word_of_the_registers_has_a_name():
    assert set(AUTHORITIES) == set(registers.AUTHORITY_NAMES)
    assert set(CAPITAL_EVENTS) == set(registers.EVENT_NAMES)
    assert set(ROLES) == set(registers.ROLE_NAMES)
    assert set(TIERS) == set(registers.TIER_NAMES)
    assert set(FINANCIAL_STATUSES) == set(registers.STATUS_NAMES)
    assert {NOT_HALTED, SUSPENDED} <= set(registers.HALT_NAMES)
    assert {*TOLERANCES, *DIFFERENCES} == set(registers.FIELD_NAMES)
    assert set(FAMILY_OF[CONTRACT].denials) <= set(registers.DENIED_NAMES)


def test_what_is_denied_or_reported_is_said_in_words():
    said = [registers.denied_value(value) for value in (True, False, "none", "wallet", 0.0, 0.05)]
    assert said == ["yes", "no", "nobody", "a wallet", f"0{THIN}%", f"5.0{THIN}%"]
    assert registers.field_name("honeypot") == "Can't be sold (honeypot)"


def test_an_exchanges_words_on_its_issuer_stand_together():
    assert registers.status_name("deficient+delinquent") == "below a listing rule, owes a report"
    assert registers.halt_name("H10") == "suspended by the SEC"


def test_an_unknown_word_is_shown_as_it_is():
    assert registers.authority_name("alien") == "alien"
    assert registers.event_name("reverse_split") == "Reverse split"
    assert registers.tier_name("otcqb") == "OTCQB"
    assert registers.role_name("director") == "director"
    assert (registers.field_name("total"), registers.field_unit("total")) == ("total supply", "count")


def test_permissions_are_told_as_yes_no_or_not_known():
    names = {name for name, _label in (*registers.PERMISSIONS, *registers.FURTHER_PERMISSIONS)}
    assert names <= {field.name for field in ContractSnapshot._meta.get_fields()}
    contract = SimpleNamespace(**dict.fromkeys(names), **{})
    contract.honeypot, contract.proxy = True, False
    allowed = {str(label): permission for label, permission in registers.permissions_of(contract)}
    assert allowed["Can't be sold (honeypot)"] is True
    assert allowed["Code can be replaced (proxy)"] is False
    assert allowed["Transfers can be paused"] is None


def test_every_flag_of_a_contract_is_shown_where_it_is_known():
    flags = {each.name for each in fields(ContractRow) if each.type == bool | None} - {"native_coin"}
    shown = [name for name, _label in (*registers.PERMISSIONS, *registers.FURTHER_PERMISSIONS)]
    assert set(shown) == flags
    contract = ContractSnapshot(closable=True, cooldown=False)
    allowed = {str(label): permission for label, permission in registers.permissions_of(contract)}
    assert (allowed["Can be closed"], allowed["Trades have to wait"]) == (True, False)
    assert "Named a scam" not in allowed


def test_a_token_of_a_chains_own_program_is_not_asked_what_that_has_no_word_for():
    names = {name for name, _label in (*registers.PERMISSIONS, *registers.FURTHER_PERMISSIONS)}
    contract = SimpleNamespace(**dict.fromkeys(names) | {"hidden_owner": True})
    labels = [str(label) for label, _allowed in registers.permissions_of(contract, is_of_chain=True)]
    assert "Has a hidden owner" in labels, "whatever somebody tells is shown"
    assert "Code can be replaced (proxy)" not in labels
    assert "Code can be replaced (proxy)" in [str(label) for label, _ in registers.permissions_of(contract)]
