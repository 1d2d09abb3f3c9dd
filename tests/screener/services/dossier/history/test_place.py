from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.services.dossier.history.place import EPOCH, HIGHEST_ROW, HistoryPlace
from tests.factories.scorecards import make_asset, make_card

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)

places = st.builds(
    HistoryPlace,
    st.integers(0, 8 * 10**15).map(lambda each: EPOCH + timedelta(microseconds=each)),
    st.integers(0, HIGHEST_ROW),
    st.integers(0, 99),
)


@given(places)
def test_an_address_keeps_a_place(place):
    assert HistoryPlace.read(str(place)) == place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "1.2",
        "1.2.3.4",
        "-1.2.3",
        "a.b.c",
        "1.2.3 ",
        "١.2.3",
        f"1.{HIGHEST_ROW + 1}.1",
        f"{'9' * 18}.1.1",
    ],
)
def test_what_is_no_place_is_none(text):
    assert HistoryPlace.read(text) is None


def test_the_latest_place_of_an_address_is_a_moment():
    assert HistoryPlace.read(f"{'9' * 17}.1.1").at.year < 9999


@pytest.mark.django_db
def test_a_place_reaches_what_is_earlier_and_of_its_own_moment_the_rows_up_to_its_own():
    asset = make_asset("Alpha")
    cards = [make_card(asset, scored_at=NOON + timedelta(hours=hour)) for hour in (-1, 0, 0, 0, 1)]
    reached = asset.scorecards.filter(HistoryPlace(NOON, cards[2].pk, 7).reaches(at="scored_at"))
    assert {each.pk for each in reached} == {each.pk for each in cards[:3]}
    assert asset.scorecards.filter(HistoryPlace.behind(NOON).reaches(at="scored_at")).count() == 4
