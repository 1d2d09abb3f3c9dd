from datetime import timedelta

import pytest

from screener.checklist import CRITERIA
from screener.services.screening.what_changed import MOST_ASSETS, asset_change, what_changed
from tests.factories.market import NOW
from tests.factories.scorecards import GATE, make_answered_card, make_asset, make_card, make_finding

pytestmark = pytest.mark.django_db

FIRST, SECOND = list(CRITERIA)[:2]
WEEK_AGO = NOW - timedelta(days=7)


def card(asset, *states, days_ago=0, **changes):
    findings = [make_finding(name, state) for name, state in zip((FIRST, SECOND), states, strict=False)]
    return make_answered_card(asset, *findings, scored_at=NOW - timedelta(days=days_ago), **changes)


def test_rating_gates_answers_and_figures_that_moved():
    asset = make_asset("Alpha")
    old = card(asset, "pass", "unknown", days_ago=9, total=50, gates_open=[GATE], figures={"price_usd": 2.0})
    card(asset, "fail", "unknown", days_ago=3, total=10, figures={"price_usd": 9.0})
    new = card(
        asset, "fail", "pass", total=61, grade="B", figures={"price_usd": 3.0, "top_ten_adjusted_share": 0.3}
    )
    (change,) = what_changed([asset.pk], since=WEEK_AGO)
    assert (change.old.pk, change.new.pk) == (old.pk, new.pk), "what lies between does not count"
    assert (change.points, change.is_other_grade) == (11, True)
    assert [each.id for each in change.cleared] == [GATE]
    assert [(each.criterion.id, each.old, each.new) for each in change.answers] == [
        (FIRST, "pass", "fail"),
        (SECOND, "unknown", "pass"),
    ]
    assert [(each.column.key, each.old, each.new, each.move) for each in change.figures] == [
        ("price", 2.0, 3.0, 0.5),
        ("top10_adj", None, 0.3, None),
    ]


@pytest.mark.parametrize(
    ("old", "new", "is_news"),
    [
        ({"price_usd": 100.0}, {"price_usd": 104.0}, False),
        ({"price_usd": 100.0}, {"price_usd": 94.0}, True),
        ({"top_ten_adjusted_share": 0.300}, {"top_ten_adjusted_share": 0.305}, False),
        ({"top_ten_adjusted_share": 0.300}, {"top_ten_adjusted_share": 0.312}, True),
        ({"volume_24h_usd": 0.0}, {"volume_24h_usd": 5.0}, True),
        ({"volume_24h_usd": 0.0}, {"volume_24h_usd": 0.0}, False),
        ({"price_usd": 1.0}, {}, True),
        ({}, {}, False),
    ],
)
def test_a_figure_is_news_when_it_moves_far_enough(old, new, is_news):
    asset = make_asset("Alpha")
    change = asset_change(card(asset, figures=old, days_ago=9), card(asset, figures=new))
    assert bool(change.figures) is is_news
    assert change.says_anything is is_news


def test_what_did_not_change_is_left_out_and_the_newest_comes_first():
    assets = [make_asset(name) for name in ("Alpha", "Beta", "Gamma", "Delta")]
    for asset in assets[:3]:
        card(asset, "pass", days_ago=9)
    card(assets[0], "fail", days_ago=5)
    card(assets[1], "fail", days_ago=1)
    card(assets[3], "fail", days_ago=3)
    found = what_changed([each.pk for each in assets], since=WEEK_AGO)
    assert [each.new.asset.name for each in found] == ["Beta", "Delta", "Alpha"]
    assert found[1].old is None, "it was scored for the first time"


def test_a_score_of_the_same_answers_is_no_news():
    asset = make_asset("Alpha")
    for days_ago in (9, 1):
        card(asset, "pass", days_ago=days_ago, total=50 + days_ago / 100)
    assert what_changed([asset.pk], since=WEEK_AGO) == []


def test_it_costs_three_queries_and_is_bounded(django_assert_num_queries):
    ids = []
    for number in range(MOST_ASSETS + 1):
        asset = make_asset(f"Coin{number}")
        ids.append(asset.pk)
        make_card(asset, scored_at=NOW)
    with django_assert_num_queries(3):
        assert len(what_changed(ids, since=WEEK_AGO)) == MOST_ASSETS
