import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from assets.models import Asset
from screener.models import Plan
from screener.services.desk.plans import planned_money, plans_of

pytestmark = pytest.mark.django_db


def keep(user, size):
    asset = Asset.objects.get_or_create(kind="token", slug="a", defaults={"name": "A"})[0]
    return Plan.objects.create(
        owner=user,
        asset=asset,
        terms={},
        size_usd=size,
        loss_usd=size / 2,
        orders=[[1, size]],
        is_clear=True,
        planned_at=timezone.now(),
    )


def test_plans_are_ones_own_the_newest_first_and_without_what_was_thrown_away(django_user_model):
    ana, bea = (django_user_model.objects.create_user(name) for name in ("ana", "bea"))
    first, second, gone = keep(ana, 1), keep(ana, 2), keep(ana, 4)
    keep(bea, 3)
    gone.soft_delete()
    assert [*plans_of(ana)] == [second, first]
    assert planned_money(ana) == [(second.asset_id, 2, 1), (first.asset_id, 1, 0.5)]


def test_a_stranger_has_none():
    assert not plans_of(AnonymousUser())
    assert planned_money(AnonymousUser()) == []
