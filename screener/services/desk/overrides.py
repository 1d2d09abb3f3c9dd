"""Overrides: answering a criterion otherwise than the machine, and restoring what was withdrawn."""

from collections.abc import Mapping
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assets.models import Asset
from screener.checklist import CRITERIA, State
from screener.models import Override
from screener.models.owned import Person

ANSWERS = (State.PASS, State.CAUTION, State.FAIL, State.NOT_APPLICABLE)
"""What an analyst may answer: whoever does not know leaves the question to the machine."""


class AlreadyAnsweredError(Exception):
    """The person's own answer to this criterion still counts; the text says so."""


# Reading --------------------------------------------------------------------------


def overrides_of(user: Person) -> QuerySet[Override]:
    """This person's answers that were not withdrawn, the newest first; expired ones are among them."""
    return Override.objects.of(user).select_related("asset")


def overrides_on(*, user: Person, asset: Asset) -> dict[str, Override]:
    """By criterion this person's answers on an asset, expired ones too."""
    if not user.is_authenticated:
        return {}
    return {each.criterion: each for each in overrides_of(user).filter(asset=asset)}


def is_expired(override: Override, *, today: date) -> bool:
    """It counts to the end of the day on which it expires."""
    return override.expires_on < today


def counting(overrides: Mapping[str, Override], *, today: date) -> dict[str, State]:
    """By criterion the answers that count today; those to criteria that are gone are left out."""
    return {
        criterion: State(each.state)
        for criterion, each in overrides.items()
        if criterion in CRITERIA and not is_expired(each, today=today)
    }


# Writing --------------------------------------------------------------------------


def override_answer(
    *,
    user: AbstractBaseUser,
    asset: Asset,
    criterion: str,
    state: State,
    reason: str,
    expires_on: date,
    evidence_url: str = "",
) -> Override:
    """Answer a criterion; an expired answer makes way, one that still counts has to be withdrawn first."""
    now = timezone.now()
    try:
        with transaction.atomic():
            expired = Override.objects.filter(
                owner_id=user.pk,
                asset=asset,
                criterion=criterion,
                deleted_at=None,
                expires_on__lt=timezone.localdate(),
            )
            expired.update(deleted_at=now)
            return Override.objects.create(
                owner_id=user.pk,
                asset=asset,
                criterion=criterion,
                state=state,
                reason=reason,
                evidence_url=evidence_url,
                expires_on=expires_on,
                created_at=now,
            )
    except IntegrityError as error:
        raise AlreadyAnsweredError(
            _("You already answered this criterion. Withdraw that answer first.")
        ) from error


def restore_override(*, override: Override) -> None:
    """Have a withdrawn answer count again, unless another one does meanwhile."""
    try:
        with transaction.atomic():
            override.restore()
    except IntegrityError as error:
        raise AlreadyAnsweredError(
            _("You have answered this criterion anew meanwhile. Withdraw that answer first.")
        ) from error
