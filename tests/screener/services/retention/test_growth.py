import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.models import Scorecard
from screener.services.retention.growth import kept_of_a_year, packed_card_bytes
from screener.services.retention.pack import pack_scorecards
from tests.factories.market import copies_of, score_one


@pytest.mark.parametrize(
    ("cards", "days", "kept"),
    [
        (36_500, 0, 36_500),  # a card a day of each of a hundred assets
        (36_500, 365, 36_500),
        (36_500, 500, 36_500),
        (36_500, 30, 100 * 30 + 100 * 90 + 100 * 2 / 7 * 245),
        (365_000, 30, 1_000 * 30 + 100 * 90 + 100 * 2 / 7 * 245),
        (365, 30, 365),  # rarer than anything is thinned to
    ],
)
def test_what_retention_leaves_of_a_year(cards, days, kept):
    assert kept_of_a_year(cards, assets=100, days=days) == pytest.approx(kept)


@given(st.floats(0, 1e9), st.integers(0, 10**6), st.integers(1, 1_000))
def test_it_leaves_no_more_than_there_are_and_more_for_more_days(cards, assets, days):
    kept = kept_of_a_year(cards, assets=assets, days=days)
    assert kept <= cards * (1 + 1e-9)
    assert kept <= kept_of_a_year(cards, assets=assets, days=days + 1) * (1 + 1e-9)


@pytest.mark.django_db
def test_a_packed_card_is_measured_apart_from_the_others():
    copies_of(score_one(), 9)
    assert packed_card_bytes(table_bytes=100_000) is None
    asset_id = Scorecard.objects.first().asset_id
    assert sum(pack_scorecards([asset_id])) == 9
    packed = packed_card_bytes(table_bytes=20_000)
    assert 300 < packed < (20_000 - 9 * packed) / 4
