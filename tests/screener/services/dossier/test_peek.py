from datetime import timedelta

import pytest

from screener.checklist import CRITERIA, DIMENSIONS
from screener.services.dossier.peek import next_unlock, peek, weights_of
from tests.factories.example import NOW, fill_example
from tests.factories.scorecards import make_asset, make_card, make_finding, make_unrated_card

pytestmark = pytest.mark.django_db


def ids(views):
    return [each.criterion.id for each in views]


def test_nobody_has_no_peek():
    assert peek("nobody", now=NOW) is None


def test_an_asset_without_a_score_is_known_by_name():
    make_asset("Alpha")
    told = peek("alpha", now=NOW)
    assert told.asset.name == "Alpha"
    assert told.card is None


def test_the_worst_lose_the_most_and_the_best_count_the_most():
    make_card(
        make_asset("Alpha"),
        findings=[
            make_finding("tokenomics.emission_12m", "fail", 0.5),  # weight 1
            make_finding("tokenomics.unlock_30d", "fail", 0.5),  # weight 3
            make_finding("tokenomics.float_share", "caution", 0.7),  # weight 2, half lost
            make_finding("tokenomics.insider_unlock_12m", "fail", 0.5),  # weight 2
            make_finding("tokenomics.taxes", "unknown"),  # weight 3
            make_finding("tokenomics.mint_authority", "pass", 0),  # weight 3
            make_finding("transparency.roadmap", "pass", 1),  # alone in its dimension
            make_finding("holder_concentration.top_ten_share", "n-a"),
        ],
        gates_open=[],
    )
    told = peek("alpha", now=NOW)
    assert ids(told.worst)[:2] == ["tokenomics.unlock_30d", "tokenomics.insider_unlock_12m"]
    assert len(told.worst) == 3
    assert ids(told.best) == ["transparency.roadmap", "tokenomics.mint_authority"]


def test_what_is_stale_is_none_of_the_best_and_loses_half():
    make_card(
        make_asset("Alpha"),
        findings=[
            make_finding("tokenomics.unlock_30d", "fail", 0.5, stale=True, stale_as_of="2025-01-01T00:00:00"),
            make_finding("tokenomics.insider_unlock_12m", "fail", 0.5),
            make_finding("tokenomics.mint_authority", "pass", 0, stale=True),
        ],
        gates_open=[],
    )
    told = peek("alpha", now=NOW)
    assert ids(told.worst) == ["tokenomics.insider_unlock_12m", "tokenomics.unlock_30d"]
    assert told.best == ()


def test_an_open_gate_is_not_told_twice():
    findings = [
        make_finding("tokenomics.unlock_30d", "fail", 0.5),
        make_finding("liquidity_depth.pool_control", "fail", 0.9),
    ]
    make_card(
        make_asset("Alpha"),
        findings=findings,
        gates_open=["liquidity_depth.pool_control", "gone.one"],
        gates_unverified=["tokenomics.taxes"],
    )
    told = peek("alpha", now=NOW)
    assert ids(told.gates_open) == ["liquidity_depth.pool_control"]
    assert told.gates_unverified == (), "what the card does not tell of can't be shown"
    assert ids(told.worst) == ["tokenomics.unlock_30d"]


def test_weights_add_up_to_those_of_the_dimensions():
    asked = [each for each in CRITERIA.values() if "token" in each.kinds]
    weights = weights_of(asked)
    for dimension in DIMENSIONS:
        inside = [weights[each.id] for each in asked if each.dimension == dimension.id]
        assert sum(inside) == pytest.approx(dimension.weight)


@pytest.mark.parametrize(
    ("days", "later", "expected"),
    [
        (14, 0, ("coming", NOW + timedelta(days=14))),
        (2, 3, ("past", NOW + timedelta(days=2))),
        (0, 0, ("steady", None)),
        (None, 0, ("none", None)),
    ],
)
def test_the_next_unlock(days, later, expected):
    make_card(make_asset("Alpha"), scored_at=NOW, figures={} if days is None else {"next_unlock_days": days})
    told = peek("alpha", now=NOW + timedelta(days=later))
    word = "steady" if told.unlocks_steadily else "past" if told.unlock_is_past else "coming"
    assert (word if told.unlock_at or told.unlocks_steadily else "none", told.unlock_at) == expected


def test_the_moment_of_the_unlock_is_that_of_the_schedule():
    example = fill_example()
    assert abs(next_unlock(example.scorecards.get()) - (NOW + timedelta(days=14))) < timedelta(seconds=1)


@pytest.mark.parametrize(("hours", "is_stale"), [(23, False), (25, True)])
def test_old_facts_are_told(hours, is_stale):
    make_card(make_asset("Alpha"), as_of=NOW - timedelta(hours=hours))
    assert peek("alpha", now=NOW).is_stale is is_stale


def test_it_takes_one_query(django_assert_num_queries):
    fill_example()
    with django_assert_num_queries(1):
        peek("worked-example", now=NOW)


def test_what_is_not_rated_says_what_is_missing():
    make_unrated_card(make_asset("Alpha"), make_finding("tokenomics.taxes", "unknown"))
    make_card(make_asset("Beta"))
    assert [each.id for each in peek("alpha", now=NOW).missing.dimensions] == ["tokenomics"]
    assert peek("beta", now=NOW).missing is None
