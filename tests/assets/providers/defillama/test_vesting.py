from datetime import UTC, datetime, timedelta

import pytest

from assets.metrics.unlocks import UNLOCK_CATEGORIES
from assets.providers.defillama.vesting import CATEGORIES, read_unlocks
from assets.sourcing.reading import RowReader

START = datetime(2026, 1, 1, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def turn(*, weeks=0, cliffs=(), linears=()):
    return {
        "timestamp": int((START + weeks * WEEK).timestamp()),
        "cliffAllocations": [
            {"recipient": who, "category": what, "amount": amount} for who, what, amount in cliffs
        ],
        "linearAllocations": [
            {
                "recipient": who,
                "category": what,
                "newRatePerWeek": rate,
                "endTimestamp": int((START + ends * WEEK).timestamp()),
            }
            for who, what, rate, ends in linears
        ],
    }


def unlocks(*turns, sections=None, totals=None):
    reader = RowReader()
    told, complete = read_unlocks(list(turns), sections, totals, reader)
    return told, reader, complete


def test_every_category_is_one_of_ours():
    assert set(CATEGORIES.values()) <= set(UNLOCK_CATEGORIES)


def test_a_cliff_and_a_steady_release():
    (cliff, steady), _reader, _complete = unlocks(
        turn(cliffs=[("Seed", "privateSale", 10)], linears=[("Team", "insiders", 5, 4)])
    )
    assert (cliff.shape, cliff.amount, cliff.category, cliff.ends_at) == ("cliff", 10, "investors", None)
    assert (steady.shape, steady.amount, steady.category) == ("linear", 20, "team")
    assert steady.ends_at == START + 4 * WEEK


def test_a_release_that_ends_before_it_starts_is_left_out_with_a_remark():
    told, reader, complete = unlocks(turn(weeks=3, linears=[("Team", "insiders", 5, 1)]))
    assert (told, complete) == ([], False)
    assert reader.rejected == 1
    assert any("ends before it starts" in remark for remark in reader.parsed([]).remarks)


def test_nonsense_gives_nothing():
    assert unlocks(5, None, {"timestamp": "soon"}, sections=[1], totals={"data": 5})[0] == []


SEED = ("Seed", "privateSale", 10)


@pytest.mark.parametrize(
    ("turns", "sections", "complete"),
    [
        ([turn(cliffs=[SEED])], {"privateSale": ["Seed"]}, True),
        ([turn(cliffs=[SEED])], {"privateSale": ["Seed"], "farming": ["Rewards"]}, False),
        ([turn(cliffs=[SEED])], {}, False),
        ([turn(cliffs=[SEED])], None, False),
        ([turn(cliffs=[SEED, ("Seed", "privateSale", -1)])], {"privateSale": ["Seed"]}, True),
        ([turn(cliffs=[SEED, ("Seed", "privateSale", None)])], {"privateSale": ["Seed"]}, False),
        ([turn(cliffs=[SEED]), {"timestamp": "soon"}], {"privateSale": ["Seed"]}, False),
        ([turn(cliffs=[SEED], linears=[("Seed", "", 5, -1)])], {"privateSale": ["Seed"]}, False),
        ([{"timestamp": 1, "cliffAllocations": ["?"]}, turn(cliffs=[SEED])], {"a": ["Seed"]}, False),
        ([{"timestamp": 1, "linearAllocations": ["?"]}, turn(cliffs=[SEED])], {"a": ["Seed"]}, False),
    ],
)
def test_a_schedule_is_whole_where_each_named_section_lists_unlocks_and_none_came_to_harm(
    turns, sections, complete
):
    told, _reader, is_complete = unlocks(*turns, sections=sections)
    assert len(told) == 1
    assert is_complete is complete
