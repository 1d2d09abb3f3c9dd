from datetime import UTC, datetime

from screener.models import Plan


def test_it_names_its_day_and_its_asset():
    plan = Plan(asset_id=7, planned_at=datetime(2026, 3, 1, tzinfo=UTC))
    assert str(plan) == "plan of 2026-03-01 for asset 7"
