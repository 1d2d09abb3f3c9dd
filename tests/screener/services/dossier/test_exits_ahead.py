from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing.rows import ContractRow, HolderRow, Position, SupplyRow, Unlock, UnlockRow
from screener.services.dossier.exits_ahead import OWNERS, UNLOCK, exits_ahead
from screener.services.dossier.facts import DossierFacts
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import make_ref, store
from tests.factories.market import observe

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, tzinfo=UTC)
TOLD = {"asset": make_ref(), "as_of": NOW}
SUPPLY = SupplyRow(**TOLD, circulating=Decimal(600), total=Decimal(1_000))
POSITIONS = (
    Position(holder_type="pool", share=0.2),
    *(Position(holder_type="wallet", share=share) for share in (0.05, 0.02, 0.02, 0.02, 0.02)),
    Position(holder_type="contract", share=0.03),
    Position(holder_type="burn", share=0.3),
)
LIST = HolderRow(**TOLD, holder_count=900, positions=POSITIONS)


def ahead(*rows):
    store(*rows)
    asset = Asset.objects.get()
    score_assets([asset.pk], now=NOW)
    return exits_ahead(DossierFacts(asset, now=NOW))


def units_by_count(found):
    return {each.count: each.units for each in found if each.who == OWNERS}


def test_the_largest_owners_leave_and_pools_and_burns_do_not():
    found = ahead(SUPPLY, LIST)
    assert units_by_count(found) == {1: pytest.approx(50), 5: pytest.approx(140)}
    assert all((each.row.provider, each.row.as_of) == ("sandbox", NOW) for each in found if each.count)


def test_without_a_supply_balances_tell_and_without_these_nothing_does():
    balances = tuple(replace(each, balance=Decimal(7)) for each in POSITIONS)
    assert units_by_count(ahead(replace(LIST, positions=balances))) == {1: 7, 5: 35}
    some = (replace(POSITIONS[1], balance=Decimal(9)), *POSITIONS[2:])
    later = replace(LIST, positions=some)
    assert units_by_count(ahead(later)) == {1: 9, 5: None}


def test_a_list_that_adds_up_to_more_than_all_is_not_believed():
    too_much = tuple(Position(holder_type="wallet", share=0.3) for _ in range(5))
    assert units_by_count(ahead(SUPPLY, replace(LIST, positions=too_much))) == {}
    assert units_by_count(ahead(SUPPLY, replace(LIST, positions=()))) == {}


@pytest.mark.parametrize("complete", [True, False])
def test_an_unlock_is_the_cards_own_and_the_least_where_its_schedule_is_not_whole(complete):
    event = Unlock(unlock_at=NOW + timedelta(days=9), amount=Decimal(60), category="team")
    later = replace(event, unlock_at=NOW + timedelta(days=90))
    schedule = UnlockRow(**TOLD, events=(event, later), complete=complete)
    (found,) = ahead(SUPPLY, schedule)
    assert (found.who, found.units, found.is_least) == (UNLOCK, pytest.approx(60), not complete)
    assert found.row.provider == "sandbox"


def test_no_unlock_is_zero_and_an_unknown_one_is_not():
    (unknown,) = ahead(SUPPLY)
    assert (unknown.units, unknown.row) == (None, None)
    (none,) = ahead(SUPPLY, UnlockRow(**TOLD, complete=True))
    assert none.units == 0


def test_owners_are_told_by_whoever_lists_them():
    observe(replace(LIST, positions=()), at=NOW, provider="geckoterminal")
    observe(LIST, at=NOW, provider="rugcheck")
    (largest, _five, _unlock) = ahead(SUPPLY)
    assert (largest.row.provider, largest.units) == ("rugcheck", pytest.approx(50))


def test_where_all_circulates_the_supply_says_that_nothing_unlocks():
    contract = ContractRow(**TOLD, mint_authority="none")
    (none,) = ahead(SupplyRow(**TOLD, circulating=Decimal(1_000), total=Decimal(1_000)), contract)
    assert (none.units, type(none.row).__name__) == (0, "SupplySnapshot")
