from datetime import timedelta
from types import SimpleNamespace

import pytest

from assets.metrics import families
from screener.services.calendar.event_kind import EventFacts
from tests.screener.services.calendar.dated_facts import A_YEAR_AHEAD, NOW, tell_schedule, unlock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("age_days", "is_stale"), [(30, False), (30.1, True)])
def test_a_source_is_stale_once_it_is_older_than_its_family_may_be(age_days, is_stale):
    asset = tell_schedule(unlock(14))
    facts = EventFacts([asset], span=A_YEAR_AHEAD, now=NOW)
    row = SimpleNamespace(
        asset_id=asset.pk, observation_id=1, provider="x", as_of=NOW - timedelta(days=age_days)
    )
    assert facts.source(row, family=families.UNLOCKS).is_stale is is_stale


def test_facts_are_those_of_the_assets_and_families_that_are_asked_for():
    asset = tell_schedule(unlock(14))
    columns = EventFacts([asset], span=A_YEAR_AHEAD, now=NOW).columns(families.UNLOCKS)
    assert list(columns.asset_ids) == [asset.pk]
    assert len(columns.unlocks) == 1
    assert columns.market.empty


def test_as_of_a_past_moment_what_came_later_is_not_known():
    asset = tell_schedule(unlock(14))
    before = NOW - timedelta(days=1)
    facts = EventFacts([asset], span=A_YEAR_AHEAD, now=NOW, known_by=before)
    assert facts.now == before
    assert facts.columns(families.UNLOCKS).unlocks.empty
