from datetime import timedelta

from screener.models import Plan
from tests.factories.market import NOW


def plan(user, asset, days):
    return Plan.objects.create(
        owner=user,
        asset=asset,
        terms={},
        size_usd=500,
        loss_usd=75,
        orders=[[1, 500]],
        is_clear=True,
        planned_at=NOW + timedelta(days=days),
    )


def test_plans_are_entries_of_whoever_made_them(asset, ana, entries, django_user_model):
    ben = django_user_model.objects.create_user("ben")
    first, second = plan(ana, asset, 1), plan(ana, asset, 2)
    plan(ben, asset, 3)
    plan(ana, asset, 4).soft_delete()
    assert entries(asset, "plan", user=ana) == [second, first]
    assert entries(asset, "plan") == []
