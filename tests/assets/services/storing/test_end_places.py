"""A pool or a book that is listed no longer ends, and is there again when it is listed again."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.metrics import families
from assets.metrics.families import FAMILY_OF
from assets.models import Asset, BookSnapshot, PoolSnapshot
from assets.services.reading.facts import facts_of
from assets.services.reading.resolved import places_of, resolved_rows
from assets.services.storing.store import store_rows
from assets.sourcing.listings import PlacesListed
from assets.sourcing.rows import AssetRef, BookRow, ListingRow, PoolRow
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
TOKEN = AssetRef(kind="token", identifiers=(("address:base", "0x1"),), name="Alpha")


def at(hours):
    return NOW + timedelta(hours=hours)


def pool(address, hours, *, chain="base", reserve=9):
    return PoolRow(
        asset=TOKEN, as_of=at(hours), address=address, chain=chain, reserve_usd=Decimal(reserve), pair="A/B"
    )


def book(venue, hours, pair="A/USDT"):
    return BookRow(asset=TOKEN, as_of=at(hours), venue=venue, pair=pair, depth_down_usd=Decimal(5))


def answer(hours, *rows, provider="p", family=families.POOLS, whole=True, **within):
    place = FAMILY_OF[family].place
    listing = PlacesListed(
        asset=TOKEN,
        family=family,
        places=frozenset(tuple(getattr(row, name) for name in place) for row in rows),
        within=within,
    )
    observation = observed(provider=provider, as_of=at(hours), known_at=at(hours))
    store_rows(observation=observation, rows=rows, listed=[listing] if whole else [])
    return observation


@pytest.fixture(autouse=True)
def known():
    observation = observed(provider="p", as_of=at(-9), known_at=at(-9))
    store_rows(observation=observation, rows=[ListingRow(asset=TOKEN, as_of=at(-9))])


def pools(hours=99, **known):
    facts = facts_of([Asset.objects.get().pk], now=at(hours), **known)
    return set(facts.pools["address"])


def books():
    return set(facts_of([Asset.objects.get().pk], now=at(99)).books["venue"])


def test_a_pool_that_is_no_longer_listed_ends():
    answer(0, pool("a", 0), pool("b", 0))
    second = answer(1, pool("b", 1))
    assert pools() == {"b"}
    assert [
        each.row.address
        for each in resolved_rows(FAMILY_OF["pools"], Asset.objects.get(), now=at(1), present=())
    ] == ["b"]
    end = PoolSnapshot.objects.get(ended=True)
    assert (end.address, end.pair, end.observation_id, end.reserve_usd) == ("a", "A/B", second.pk, None)


def test_its_end_is_a_source_so_that_the_past_reads_the_same_again():
    first = answer(0, pool("a", 0), pool("b", 0))
    second = answer(1, pool("b", 1))
    facts = facts_of([Asset.objects.get().pk], now=at(2))
    assert {*facts.sources["observation_id"]} >= {second.pk}
    assert pools(2, observations=[*facts.sources["observation_id"], first.pk]) == {"b"}
    assert pools(0.5, observations=[first.pk]) == pools(0.5, known_by=at(0.5)) == {"a", "b"}


def test_an_answer_that_may_have_been_cut_ends_nothing():
    answer(0, pool("a", 0), pool("b", 0))
    answer(1, pool("b", 1), whole=False)
    assert pools() == {"a", "b"}


def test_nobody_ends_what_he_never_had():
    answer(0, pool("a", 0), provider="other")
    answer(1, pool("b", 1))
    assert pools() == {"a", "b"}


def test_who_lists_it_later_says_that_it_is_there():
    answer(0, pool("a", 0))
    answer(1)
    assert pools() == set()
    answer(2, pool("a", 2), provider="other")
    assert pools() == {"a"}
    answer(3)
    assert pools() == {"a"}


def test_an_earlier_answer_of_another_ends_with_it():
    answer(0, pool("a", 0), provider="other")
    answer(1, pool("a", 1))
    answer(2)
    assert pools() == set()


def test_pools_of_another_chain_stay():
    answer(0, pool("a", 0, chain="bsc"), pool("b", 0))
    answer(1, chain="base")
    assert pools() == {"a"}


def test_pools_without_a_chain_are_on_the_only_one():
    answer(0, pool("a", 0, chain=""))
    answer(1, chain="base")
    assert pools() == set()


def test_a_book_ends_alike():
    answer(0, book("Gate", 0), book("Lowdesk", 0), family=families.BOOKS)
    answer(1, book("Lowdesk", 1), family=families.BOOKS)
    assert books() == {"Lowdesk"}


def test_an_answer_without_anything_new_keeps_what_it_lists():
    """A ticker that nobody has traded comes again as it was and is not stored twice."""
    answer(0, book("Gate", -1), family=families.BOOKS)
    answer(1, book("Gate", -1), family=families.BOOKS)
    assert (books(), BookSnapshot.objects.count()) == ({"Gate"}, 1)


def test_pools_of_a_contract_that_was_replaced_end_and_books_of_a_code():
    coin = ("coingecko", "alpha")
    both = AssetRef(
        kind="token", identifiers=(coin, *TOKEN.identifiers, ("currency:gate", "A")), complete=("address:",)
    )
    store_rows(
        observation=observed(provider="coingecko", as_of=at(0), known_at=at(0)),
        rows=[ListingRow(asset=both, as_of=at(0))],
    )
    answer(1, pool("a", 1), pool("c", 1, chain="bsc"))
    answer(1, book("Gate", 1), book("Gate", 1, "AB/USDT"), family=families.BOOKS)
    moved = AssetRef(
        kind="token", identifiers=(coin, ("address:base", "0x2")), complete=("address:", "currency:")
    )
    store_rows(
        observation=observed(provider="coingecko", as_of=at(2), known_at=at(2)),
        rows=[ListingRow(asset=moved, as_of=at(2))],
    )
    assert pools() == {"c"}
    facts = facts_of([Asset.objects.get().pk], now=at(99))
    assert set(facts.books["pair"]) == {"AB/USDT"}


def test_a_page_can_say_what_has_ended():
    answer(0, pool("a", 0), pool("b", 0))
    answer(1, pool("b", 1))
    counting, ended = places_of(FAMILY_OF["pools"], Asset.objects.get(), now=at(2))
    assert [each.row.address for each in counting] == ["b"]
    assert [(each.address, each.as_of) for each in ended] == [("a", at(1))]
    answer(2, pool("a", 2), pool("b", 2))
    assert places_of(FAMILY_OF["pools"], Asset.objects.get(), now=at(2))[1] == []


def test_what_is_listed_again_lives_though_it_is_told_of_before_its_end():
    answer(0, book("Gate", -1), family=families.BOOKS)
    answer(1, family=families.BOOKS)
    assert books() == set()
    answer(2, book("Gate", 0.5), family=families.BOOKS)
    assert books() == {"Gate"}
    answer(3, family=families.BOOKS)
    assert books() == set()


def test_the_past_is_read_as_it_was_known_between_an_end_and_the_next_listing():
    answer(0, book("Gate", -1), family=families.BOOKS)
    answer(1, family=families.BOOKS)
    answer(2, book("Gate", 0.5), family=families.BOOKS)
    known = [facts_of([Asset.objects.get().pk], now=at(hours), known_by=at(hours)) for hours in (0, 1, 2)]
    assert [len(each.books) for each in known] == [1, 0, 1]
