from datetime import timedelta

import pytest

from tests.factories.market import NOW
from tests.factories.scorecards import make_answered_card

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("figure", "old", "new", "is_news"),
    [
        ("circulating_supply", 100.0, 104.9, False),
        ("circulating_supply", 100.0, 105.0, True),
        ("liquidity_usd", 100.0, 119.0, False),
        ("liquidity_usd", 100.0, 79.0, True),
        ("top_ten_adjusted_share", 0.300, 0.309, False),
        ("top_ten_adjusted_share", 0.300, 0.312, True),
        ("holder_count", None, 9.0, True),
        ("holder_count", 9.0, None, True),
        ("audit_count", 0.0, 1.0, True),
        ("price_usd", 1.0, 9.0, False),
        ("volume_24h_usd", 1.0, 9.0, False),
    ],
)
def test_a_figure_is_news_beyond_what_the_page_says(asset, entries, figure, old, new, is_news):
    for day, value in enumerate((old, new)):
        figures = {} if value is None else {figure: value}
        make_answered_card(asset, figures=figures, scored_at=NOW + timedelta(days=day))
    moves = [
        (each.column.source, each.old, each.new) for entry in entries(asset, "fact") for each in entry.moves
    ]
    assert moves == ([(figure, old, new)] if is_news else [])
