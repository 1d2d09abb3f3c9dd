from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from assets.identity.merging import KnownAsset, MergeConflict, are_one, find_merges

CODE = ("currency:gate", "AAA")

names = st.tuples(st.sampled_from("abcd"), st.integers(0, 2).map(str))


def tokens(owners):
    return {number: KnownAsset("token", False, frozenset({name})) for name, number in owners.items()}


@given(st.lists(st.lists(names, min_size=2, max_size=4, unique=True).map(tuple), min_size=1, max_size=6))
def test_no_asset_gets_two_names_in_one_registry(identities):
    owners = {
        name: number for number, name in enumerate(sorted({each for one in identities for each in one}))
    }
    merges, _contradictions = find_merges(identities, owners, tokens(owners))
    assert not {*merges.values()} & {*merges}, "each leads to one that stays"
    for asset_id in {*owners.values()}:
        own = [name for name, number in owners.items() if merges.get(number, number) == asset_id]
        assert len({namespace for namespace, _value in own}) == len(own)


def test_three_names_of_one_asset_are_one_in_any_order():
    owners = {("a", "1"): 1, ("b", "2"): 2, ("c", "3"): 3}
    for order in permutations(owners):
        merges, conflicts = find_merges([order[:2], order[1:]], owners, tokens(owners))
        assert merges == {2: 1, 3: 1}
        assert conflicts == []


def test_a_contradiction_names_both_and_the_identifier_of_the_other():
    owners = {("a", "1"): 1, ("b", "2"): 2, ("b", "3"): 3}
    identities = [(("a", "1"), ("b", "2")), (("a", "1"), ("b", "3"))]
    merges, conflicts = find_merges(identities, owners, tokens(owners))
    assert merges == {2: 1}
    assert conflicts == [MergeConflict(asset_id=1, other_id=3, identifier=("b", "3"))]


def test_codes_join_codes():
    gate = KnownAsset("token", False, frozenset({CODE}))
    kucoin = KnownAsset("token", False, frozenset({("currency:kucoin", "AAA")}))
    assert are_one(gate, kucoin, by=("currency:kucoin", "AAA"))
