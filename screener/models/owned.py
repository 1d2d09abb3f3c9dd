"""What belongs to one person, and is thrown away before it is gone."""

from typing import Self, TypeVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models

Thing = TypeVar("Thing", bound=models.Model)


class OwnedQuerySet(models.QuerySet[Thing]):
    """Of a model with `owner` and `deleted_at`."""

    def of(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """What this person may see: their own that was not thrown away."""
        return self.filter(owner_id=user.pk, deleted_at=None) if user.is_authenticated else self.none()
