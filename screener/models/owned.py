"""Ownership, soft delete and sharing: what one person owns, and may name, share by a link and throw away."""

import uuid
from collections.abc import Collection
from typing import Any, ClassVar, Final, Self, TypeVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST_NAME: Final = 80
LONGEST_DESCRIPTION: Final = 500

Person = AbstractBaseUser | AnonymousUser
"""Whoever asks: a stranger owns nothing."""

OwnedModel = TypeVar("OwnedModel", bound=models.Model)


class NameTakenError(Exception):
    """The person already has one of this name; the text says so."""


# Querysets --------------------------------------------------------------------------


class OwnedQuerySet(models.QuerySet[OwnedModel]):
    def of(self, user: Person) -> Self:
        """This person's own."""
        return self.filter(owner_id=user.pk) if user.is_authenticated else self.none()


class DeletableQuerySet(OwnedQuerySet[OwnedModel]):
    def of(self, user: Person, *, with_deleted: bool = False) -> Self:
        """This person's own that was not thrown away, or all of it."""
        own = super().of(user)
        return own if with_deleted else own.filter(deleted_at=None)


class NamedQuerySet(DeletableQuerySet[OwnedModel]):
    def named(self, name: str) -> OwnedModel | None:
        """Of one person's own, the one that has this name."""
        return self.filter(name_key=name.casefold(), deleted_at=None).first()


class SharedQuerySet(NamedQuerySet[OwnedModel]):
    def at_link(self, token: uuid.UUID) -> Self:
        """What this link leads to; to nothing while it is thrown away."""
        return self.filter(share_token=token, deleted_at=None)


# Models -----------------------------------------------------------------------------


class Owned(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True


class Deletable(Owned):
    """Thrown away is out of sight, not gone: it can be restored as it was."""

    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True)

    class Meta:
        abstract = True

    def soft_delete(self) -> None:
        self.deleted_at = timezone.now()
        self.save(update_fields=["deleted_at"])

    def restore(self) -> None:
        self.deleted_at = None
        self.save(update_fields=["deleted_at"])


class Named(Deletable):
    """One person has a name once, whatever its case; what is thrown away sets its name free.

    `name_key` is the name as it is compared: databases differ on the case of letters beyond ASCII.
    """

    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    name_key = models.CharField(max_length=3 * LONGEST_NAME, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    name_taken: ClassVar[Promise]
    """The refusal of a name that is taken, which stands in it as `%(name)s`."""

    class Meta:
        abstract = True
        ordering = ("name_key", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=("owner", "name_key"),
                condition=models.Q(deleted_at=None),
                name="one_%(class)s_of_a_name",
                violation_error_message=_("You already have one of this name."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = self.name.casefold()
        super().save(*args, **kwargs)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """A form without the field `name_key` still says that a name is taken."""
        self.name_key = self.name.casefold()
        super().validate_constraints(exclude={*(exclude or ())} - {"name_key"})

    def save_named(self) -> None:
        """Save, or refuse with `NameTakenError`."""
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError as error:
            if not self._has_namesake():
                raise
            raise NameTakenError(self.name_taken % {"name": self.name}) from error

    def save_under_free_name(self) -> None:
        """Save; where the name is taken, with the first number behind it that is free."""
        name, number = self.name, 1
        while True:
            try:
                return self.save_named()
            except NameTakenError:
                number += 1
                suffix = f" ({number})"
                self.name = name[: LONGEST_NAME - len(suffix)] + suffix

    def restore(self) -> None:
        """If its name was taken meanwhile, with a number behind it."""
        self.deleted_at = None
        self.save_under_free_name()

    def _has_namesake(self) -> bool:
        namesakes = type(self)._default_manager.filter(
            owner_id=self.owner_id, name_key=self.name_key, deleted_at=None
        )
        return namesakes.exclude(pk=self.pk).exists()


class Linked(models.Model):
    """Whoever knows `share_token` may read it; without one nobody but its owner can."""

    share_token = models.UUIDField(_("share token"), null=True, blank=True, unique=True, editable=False)

    class Meta:
        abstract = True

    def share(self) -> None:
        """Make a link for others; one that is there already stays."""
        if self.share_token is None:
            self.share_token = uuid.uuid4()
            self.save(update_fields=["share_token"])

    def replace_link(self) -> None:
        """Another link for others; whoever has the old one has nothing."""
        self.share_token = uuid.uuid4()
        self.save(update_fields=["share_token"])

    def change_link(self, wanted: str) -> None:
        """As a form asks for it: "1" for a link, "new" for another one, anything else for none."""
        {"1": self.share, "new": self.replace_link}.get(wanted, self.revoke_link)()

    def revoke_link(self) -> None:
        """A link that was withdrawn never works again."""
        self.share_token = None
        self.save(update_fields=["share_token"])


class Shared(Linked, Named):
    """What has a name, and may have a link for others."""

    class Meta(Named.Meta):
        abstract = True
