"""Names are leases: a register's word ends them, and nothing else does."""

from datetime import UTC, datetime, timedelta

import pytest

from assets.models import Asset, AssetIdentifier
from assets.services.storing import end_names
from assets.services.storing.end_names import FEW
from assets.services.storing.store import store_rows
from assets.sourcing.listings import NamesListed
from assets.sourcing.rows import AssetRef, ListingRow
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
COIN, OTHER = ("coingecko", "alpha"), ("coingecko", "beta")
OLD, NEW = ("address:bsc", "0x1"), ("address:bsc", "0x2")
ELSEWHERE = ("address:base", "0x3")
CODE, NEW_CODE = ("currency:gate", "AAA"), ("currency:gate", "AAB")


def say(*identifiers, provider="coingecko", after=0, listed=(), **about):
    """A provider names an asset so many days later."""
    moment = NOW + timedelta(days=after)
    ref = AssetRef(kind="token", identifiers=identifiers, name="Alpha", **about)
    return store_rows(
        observation=observed(provider=provider, as_of=moment, known_at=moment),
        rows=[ListingRow(asset=ref, as_of=moment)] if identifiers else [],
        listed=listed,
    )


def valid(asset=None):
    rows = AssetIdentifier.objects.valid().order_by("pk")
    return {(each.namespace, each.value) for each in rows if asset in (None, each.asset_id)}


def register(*identifiers, **about):
    return say(COIN, *identifiers, complete=("address:",), **about)


def test_a_name_is_known_from_somebody_since_a_moment():
    say(COIN, OLD)
    row = AssetIdentifier.objects.get(namespace="address:bsc")
    assert (row.provider, row.valid_from, row.valid_until) == ("coingecko", NOW, None)


def test_a_contract_that_the_register_replaces_ends():
    register(OLD, ELSEWHERE)
    register(NEW, ELSEWHERE, after=1)
    assert valid() == {COIN, NEW, ELSEWHERE}
    assert AssetIdentifier.objects.get(value="0x1").valid_until == NOW + timedelta(days=1)
    assert Asset.objects.count() == 1


def test_an_asset_is_called_by_the_names_that_hold_today():
    register(OLD, ELSEWHERE)
    assert {*Asset.objects.get().names} == {COIN, OLD, ELSEWHERE}
    register(NEW, after=1)
    assert {*Asset.objects.get().names} == {COIN, NEW}


def test_the_same_when_somebody_else_had_found_it_first():
    say(OLD, COIN, provider="geckoterminal")
    register(NEW, after=1)
    assert valid() == {COIN, NEW}


def test_what_the_register_no_longer_names_ends():
    register(OLD, ELSEWHERE)
    register(OLD, after=1)
    assert valid() == {COIN, OLD}


def test_what_others_know_of_another_chain_stays():
    say(ELSEWHERE, COIN, provider="geckoterminal")
    register(OLD, after=1)
    assert valid() == {COIN, OLD, ELSEWHERE}


def test_an_answer_that_does_not_name_all_ends_nothing():
    register(OLD)
    say(COIN, NEW, after=1)
    assert {COIN, OLD} <= valid()


def test_a_dead_contract_is_a_token_of_its_own():
    register(OLD)
    register(NEW, after=1)
    coin = Asset.objects.get()
    say(OLD, COIN, provider="geckoterminal", after=2)
    assert valid(coin.pk) == {COIN, NEW}
    assert valid() == {COIN, NEW, OLD}


def test_a_register_may_go_back():
    for day, contract in enumerate((OLD, NEW, OLD)):
        register(contract, after=day)
    assert valid() == {COIN, OLD}
    assert AssetIdentifier.objects.filter(value="0x1").count() == 2


def test_an_id_that_the_register_lists_no_longer_ends_and_may_come_back():
    say(COIN, OLD)
    say(after=1, listed=[NamesListed(namespace="coingecko", values=frozenset({"beta"}))])
    assert valid() == {OLD}
    say(COIN, after=2)
    assert valid(Asset.objects.get().pk) == {OLD, COIN}


@pytest.mark.parametrize("values", [frozenset(), frozenset({"alpha"})])
def test_an_empty_list_and_a_full_one_end_nothing(values):
    say(COIN)
    say(after=1, listed=[NamesListed(namespace="coingecko", values=values)])
    assert valid() == {COIN}


def test_a_list_that_lacks_much_of_what_is_known_is_not_believed(monkeypatch):
    monkeypatch.setattr(end_names, "FEW", 2)
    assert FEW == 1_000
    for name in (COIN, OTHER):
        say(name)
    say(after=1, listed=[NamesListed(namespace="coingecko", values=frozenset({"beta"}))])
    assert valid() == {COIN, OTHER}


def test_a_code_goes_to_whom_the_register_gives_it():
    say(COIN, CODE, complete=("currency:",))
    say(OTHER)
    earlier, later = Asset.objects.order_by("pk")
    say(OTHER, CODE, after=1)
    assert (valid(earlier.pk), valid(later.pk)) == ({COIN}, {OTHER, CODE})


def test_a_code_that_the_register_no_longer_says_of_a_coin_ends():
    say(COIN, CODE, complete=("currency:",))
    say(COIN, NEW_CODE, complete=("currency:",), after=1)
    assert valid() == {COIN, NEW_CODE}


def test_a_persons_code_stays():
    say(COIN, CODE, provider="analyst")
    say(OTHER)
    say(OTHER, CODE, after=1)
    say(provider="gate", after=2, listed=[NamesListed(namespace="currency:gate", values=frozenset({"ZZZ"}))])
    assert valid(Asset.objects.order_by("pk")[0].pk) == {COIN, CODE}


def test_a_code_that_its_exchange_no_longer_trades_ends():
    say(COIN, CODE)
    say(provider="gate", after=1, listed=[NamesListed(namespace="currency:gate", values=frozenset({"ZZZ"}))])
    assert valid() == {COIN}


def test_an_answer_read_again_ends_nothing_and_means_whom_it_meant():
    register(OLD)
    coin = Asset.objects.get()
    register(NEW, after=1)
    observation = observed(provider="geckoterminal", as_of=NOW, known_at=NOW + timedelta(days=3))
    ref = AssetRef(kind="token", identifiers=(OLD,), complete=("address:",))
    _stored, ids = store_rows(
        observation=observation, rows=[ListingRow(asset=ref, as_of=NOW)], said_at=NOW + timedelta(hours=1)
    )
    assert (ids, valid()) == ([coin.pk], {COIN, NEW})


ZORB = (("ticker:us", "ZORB"), ("share:us", "ZORB"))


def companies(after=0, provider="sec_www", listed=(), **tickers):
    """The SEC's list so many days later, by CIK (as "c7") the ticker of its share."""
    moment = NOW + timedelta(days=after)
    rows = [
        ListingRow(
            asset=AssetRef(
                kind="equity",
                identifiers=(("cik", cik[1:]), ("ticker:us", ticker), ("share:us", ticker)),
                complete=("ticker:us", "share:us"),
            ),
            as_of=moment,
        )
        for cik, ticker in tickers.items()
    ]
    observation = observed(provider=provider, as_of=moment, known_at=moment)
    return store_rows(observation=observation, rows=rows, listed=listed)


def owner_of(namespace, value):
    return Asset.objects.identified_by(namespace, value).first()


@pytest.mark.parametrize("provider", ["sec_www", "sec_data"])
def test_a_ticker_passes_to_the_company_that_has_it_now(provider):
    companies(c7="ZORB", c8="YAK")
    companies(after=1, provider=provider, c8="ZORB")
    assert Asset.objects.count() == 2
    assert [owner_of(*name) for name in ZORB] == [owner_of("cik", "8")] * 2
    assert AssetIdentifier.objects.filter(value="ZORB", valid_until=NOW + timedelta(days=1)).count() == 2


def test_a_ticker_that_its_register_no_longer_lists_ends():
    companies(c7="ZORB", c8="YAK")
    companies(after=1, listed=[NamesListed(namespace="ticker:us", values=frozenset({"YAK"}))], c8="YAK")
    assert valid(owner_of("cik", "7").pk) == {("cik", "7"), ZORB[1]}


def test_another_ticker_of_a_company_ends_the_earlier_one():
    companies(c7="ZORB")
    companies(after=1, c7="ZRBX")
    assert valid() == {("cik", "7"), ("ticker:us", "ZRBX"), ("share:us", "ZRBX")}


def test_a_list_that_only_uses_tickers_takes_none_away():
    companies(c7="ZORB")
    issue, share = ("cusip", "98Z65A103"), ZORB[1]
    ref = AssetRef(kind="equity", identifiers=(issue, share), complete=("cusip",))
    store_rows(
        observation=observed(provider="sec_www", as_of=NOW, known_at=NOW),
        rows=[ListingRow(asset=ref, as_of=NOW)],
    )
    assert valid() == {("cik", "7"), *ZORB, issue}


def test_the_newest_issue_of_a_share_ends_the_earlier_one():
    companies(c7="ZORB")
    for issue in ("98Z65A103", "98Z65A202"):
        ref = AssetRef(kind="equity", identifiers=(("cusip", issue), ZORB[1]), complete=("cusip",))
        store_rows(
            observation=observed(provider="sec_www", as_of=NOW, known_at=NOW),
            rows=[ListingRow(asset=ref, as_of=NOW)],
        )
    assert valid() == {("cik", "7"), *ZORB, ("cusip", "98Z65A202")}
