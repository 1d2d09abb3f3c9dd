from datetime import UTC, datetime, timedelta

import pytest

from assets.metrics import families
from assets.metrics.families import FAMILY_OF
from assets.models import ContractSnapshot, MarketSnapshot, SupplySnapshot
from assets.services.reading.contradictions import contradictions

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)


def market(provider, *, hours_ago=0, **fields):
    return MarketSnapshot(provider=provider, as_of=NOW - timedelta(hours=hours_ago), **fields)


def supply(provider, **fields):
    return SupplySnapshot(provider=provider, as_of=NOW, **fields)


@pytest.mark.parametrize(
    ("other", "hours_ago", "found"), [(2.09, 0, 0), (2.11, 0, 1), (1.89, 1, 1), (9, 3, 0), (None, 0, 0)]
)
def test_prices_contradict_from_a_twentieth_when_answered_at_one_time(other, hours_ago, found):
    rows = [market("coingecko", price_usd=2), market("geckoterminal", price_usd=other, hours_ago=hours_ago)]
    found_here = contradictions(rows, family=FAMILY_OF[families.MARKET])
    assert [each.field for each in found_here] == ["price_usd"] * found


def test_a_contradiction_names_both_sides_and_which_one_counts():
    rows = [supply("coingecko", circulating=100), supply("geckoterminal", circulating=103)]
    (one,) = contradictions(rows, family=FAMILY_OF[families.SUPPLY])
    assert (one.value, one.other_value, one.counts.provider) == (100, 103, "coingecko")
    assert one.share == pytest.approx(0.03)


def test_two_nodes_of_a_chain_that_disagree_stand_side_by_side():
    rows = [supply("evm_rpc_1", total=100), supply("evm_rpc_1_second", total=150)]
    (one,) = contradictions(rows, family=FAMILY_OF[families.SUPPLY])
    assert (one.field, one.value, one.other_value) == ("total", 100, 150)


def test_an_earlier_answer_of_the_same_provider_contradicts_nobody():
    rows = [supply("coingecko", circulating=100), supply("coingecko", circulating=200)]
    assert contradictions(rows, family=FAMILY_OF[families.SUPPLY]) == []


def contract(provider, *, days_ago=0, **fields):
    return ContractSnapshot(provider=provider, as_of=NOW - timedelta(days=days_ago), **fields)


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        (contract("geckoterminal", honeypot=False), contract("goplus", honeypot=True), "goplus"),
        (contract("geckoterminal", honeypot=True), contract("goplus", honeypot=False), "geckoterminal"),
        (contract("analyst", honeypot=False), contract("goplus", honeypot=True), "analyst"),
        (
            contract("geckoterminal", mint_authority="none"),
            contract("goplus", mint_authority="wallet"),
            "goplus",
        ),
        (
            contract("evm_rpc_1", mint_authority="none"),
            contract("evm_rpc_1_second", mint_authority="wallet"),
            "evm_rpc_1_second",
        ),
        (contract("evm_rpc_1", proxy=True), contract("evm_rpc_1_second", proxy=False), "evm_rpc_1"),
        (contract("geckoterminal"), contract("goplus", honeypot=True), None),
        (contract("geckoterminal", honeypot=True), contract("goplus", honeypot=True), None),
        (contract("goplus", honeypot=False), contract("goplus", honeypot=True, days_ago=1), None),
        (contract("geckoterminal", honeypot=False), contract("goplus", honeypot=True, days_ago=31), None),
    ],
)
def test_a_report_and_a_denial_are_shown_with_what_counts(first, second, counts):
    found = contradictions([first, second], family=FAMILY_OF[families.CONTRACT])
    assert [(each.counts.provider, each.share) for each in found] == ([(counts, None)] if counts else [])


@pytest.mark.parametrize(
    ("other", "days_ago", "found"),
    [(0.0, 0, 1), (0.044, 0, 1), (0.046, 0, 0), (None, 0, 0), (0.0, 90, 0)],
)
def test_what_a_creator_holds_contradicts_by_shares_of_the_supply_and_none_is_a_share(other, days_ago, found):
    rows = [
        contract("geckoterminal", creator_share=0.05),
        contract("rugcheck", creator_share=other, days_ago=days_ago),
    ]
    found_here = contradictions(rows, family=FAMILY_OF[families.CONTRACT])
    assert [(each.field, each.other_value) for each in found_here] == [("creator_share", other)] * found
