from datetime import date, timedelta

from screener.checklist import CRITERIA
from screener.models import Override
from tests.factories.market import NOW

FIRST = next(iter(CRITERIA))


def override(owner, asset, criterion=FIRST, **changes):
    fields = {"state": "pass", "reason": "Seen.", "expires_on": date(2099, 1, 1), "created_at": NOW}
    return Override.objects.create(owner=owner, asset=asset, criterion=criterion, **fields | changes)


def test_an_answer_of_ones_own_and_its_end(asset, ana, entries, django_user_model):
    override(ana, asset, deleted_at=NOW + timedelta(days=2))
    override(django_user_model.objects.create_user("ben"), asset)
    shown = entries(asset, "ruling", user=ana)
    assert [each.is_withdrawn for each in shown] == [True, False]
    assert {each.criterion.id for each in shown} == {FIRST}
    assert entries(asset, "ruling") == []


def test_a_criterion_that_is_gone_is_named_by_its_id(asset, ana, entries):
    override(ana, asset, criterion="utility.gone")
    assert [each.criterion for each in entries(asset, "ruling", user=ana)] == [None]
