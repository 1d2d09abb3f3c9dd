from datetime import UTC, datetime, timedelta

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
    return read_unlocks(list(turns), sections, totals, reader), reader


def test_every_category_is_one_of_ours():
    assert set(CATEGORIES.values()) <= set(UNLOCK_CATEGORIES)


def test_a_cliff_and_a_steady_release():
    (cliff, steady), _reader = unlocks(
        turn(cliffs=[("Seed", "privateSale", 10)], linears=[("Team", "insiders", 5, 4)])
    )
    assert (cliff.shape, cliff.amount, cliff.category, cliff.ends_at) == ("cliff", 10, "investors", None)
    assert (steady.shape, steady.amount, steady.category) == ("linear", 20, "team")
    assert steady.ends_at == START + 4 * WEEK


def test_a_release_that_ends_before_it_starts_is_left_out_with_a_remark():
    told, reader = unlocks(turn(weeks=3, linears=[("Team", "insiders", 5, 1)]))
    assert told == []
    assert reader.rejected == 1
    assert any("ends before it starts" in remark for remark in reader.parsed([]).remarks)


def test_nonsense_gives_nothing():
    assert unlocks(5, None, {"timestamp": "soon"}, sections=[1], totals={"data": 5})[0] == []
