from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from assets.models import Asset
from screener.checklist import CRITERIA, State
from screener.models import Override
from screener.services.desk.overrides import (
    AlreadyAnsweredError,
    counting,
    is_expired,
    override_answer,
    overrides_of,
    overrides_on,
    restore_override,
)

pytestmark = pytest.mark.django_db

CRITERION, OTHER, *_REST = CRITERIA


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def ben(django_user_model):
    return django_user_model.objects.create_user("ben")


@pytest.fixture
def alpha():
    return Asset.objects.create(kind="token", slug="alpha", name="Alpha")


def answer(owner, asset, *, criterion=CRITERION, state=State.PASS, days=9):
    return override_answer(
        user=owner,
        asset=asset,
        criterion=criterion,
        state=state,
        reason="Seen.",
        expires_on=timezone.localdate() + timedelta(days=days),
    )


def test_answers_are_their_owners(ana, ben, alpha):
    mine = answer(ana, alpha)
    answer(ben, alpha, state=State.FAIL)
    assert overrides_on(user=ana, asset=alpha) == {CRITERION: mine}
    assert list(overrides_of(ana)) == [mine]
    assert overrides_on(user=AnonymousUser(), asset=alpha) == {}


def test_a_criterion_is_answered_once_until_that_is_withdrawn(ana, alpha):
    first = answer(ana, alpha)
    with pytest.raises(AlreadyAnsweredError, match="Withdraw that answer first"):
        answer(ana, alpha, state=State.FAIL)
    first.soft_delete()
    second = answer(ana, alpha, state=State.FAIL)
    assert overrides_on(user=ana, asset=alpha) == {CRITERION: second}
    with pytest.raises(AlreadyAnsweredError, match="anew meanwhile"):
        restore_override(override=first)


def test_a_withdrawal_is_taken_back(ana, alpha):
    mine = answer(ana, alpha)
    mine.soft_delete()
    assert overrides_on(user=ana, asset=alpha) == {}
    restore_override(override=mine)
    assert overrides_on(user=ana, asset=alpha) == {CRITERION: mine}


def test_an_expired_answer_makes_way(ana, alpha):
    old = answer(ana, alpha, days=-1)
    new = answer(ana, alpha)
    old.refresh_from_db()
    assert old.deleted_at
    assert overrides_on(user=ana, asset=alpha) == {CRITERION: new}


@pytest.mark.parametrize(("days", "counts"), [(-1, False), (0, True), (1, True)])
def test_it_counts_to_the_end_of_its_last_day(ana, alpha, days, counts):
    today = timezone.localdate()
    told = answer(ana, alpha, days=days)
    assert is_expired(told, today=today) is not counts
    assert counting({CRITERION: told}, today=today) == ({CRITERION: State.PASS} if counts else {})


def test_answers_to_criteria_that_are_gone_do_not_count(ana, alpha):
    told = {"part.gone": Override(state="pass", expires_on=timezone.localdate())}
    assert counting(told, today=timezone.localdate()) == {}
