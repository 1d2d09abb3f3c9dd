from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.identity.home import Contract, home_chain_of, home_of, speaks_since

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
EARLIER, LONG_AGO = NOW - timedelta(days=1), NOW - timedelta(days=9)


def on(chain, address="0x1", **moments):
    return Contract(chain=chain, address=address, **moments)


@pytest.mark.parametrize(
    ("contracts", "chain"),
    [
        ([], None),
        ([on("base", valid_from=LONG_AGO), on("ethereum", valid_from=EARLIER)], "ethereum"),
        ([on("base", home_since=EARLIER), on("ethereum")], "base"),
        ([on("base", home_since=LONG_AGO), on("ethereum", home_since=EARLIER)], "ethereum"),
        ([on("base", home_since=NOW + timedelta(days=1)), on("ethereum")], "ethereum"),
        ([on("base"), on("ethereum", valid_until=EARLIER)], "base"),
        ([on("base"), on("ethereum", valid_from=NOW + timedelta(days=1))], "base"),
        ([on("their-own"), on("another-one")], "another-one"),
        ([on("their-own"), on("base")], "base"),
    ],
)
def test_the_home_is_chosen_by_rule(contracts, chain):
    home = home_of(contracts, moment=NOW)
    assert (home and home.chain) == chain


moments = st.none() | st.sampled_from([LONG_AGO, EARLIER, NOW])
contracts_lists = st.lists(
    st.builds(
        Contract,
        chain=st.sampled_from(["ethereum", "base", "solana", "their-own"]),
        address=st.sampled_from(["0x1", "0x2"]),
        valid_from=moments,
        valid_until=moments,
        home_since=moments,
    ),
    max_size=5,
)


@given(contracts_lists, st.randoms(use_true_random=False))
def test_it_is_the_same_whoever_comes_first(contracts, dice):
    mixed = dice.sample(contracts, len(contracts))
    assert home_of(mixed, moment=NOW) == home_of(contracts, moment=NOW)
    assert speaks_since(mixed, moment=NOW) == speaks_since(contracts, moment=NOW)


@given(contracts_lists)
def test_a_moment_before_which_the_home_was_another(contracts):
    since = speaks_since(contracts, moment=NOW)
    if since is not None:
        home = home_of(contracts, moment=NOW)
        at_once, before = (
            home_of(contracts, moment=each) for each in (since, since - timedelta(microseconds=1))
        )
        assert (at_once and (at_once.chain, at_once.address)) == (home and (home.chain, home.address))
        assert before is not None
        assert (before.chain, before.address) != (home and (home.chain, home.address))


def test_among_chains_alone():
    assert home_chain_of(["bsc", "ethereum"]) == home_chain_of(["ethereum", "bsc"]) == "ethereum"
    assert home_chain_of([]) == ""


@pytest.mark.parametrize(
    ("contracts", "since"),
    [
        ([], None),
        ([on("base", valid_from=LONG_AGO)], None),
        ([on("base", valid_from=LONG_AGO), on("solana", valid_from=LONG_AGO)], None),
        ([on("base", valid_from=LONG_AGO), on("ethereum", valid_from=EARLIER)], EARLIER),
        ([on("base"), on("ethereum", valid_from=EARLIER)], EARLIER),
        ([on("ethereum", valid_from=LONG_AGO), on("base", valid_from=EARLIER)], None),
        ([on("bsc", valid_until=EARLIER), on("bsc", "0x2", valid_from=EARLIER)], EARLIER),
        ([on("bsc", valid_from=LONG_AGO, valid_until=EARLIER)], EARLIER),
        ([on("ethereum"), on("base", home_since=EARLIER)], EARLIER),
    ],
)
def test_since_when_a_contract_speaks_for_its_asset(contracts, since):
    assert speaks_since(contracts, moment=NOW) == since
