"""Screens and sets of columns that a person keeps under a name."""

from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from screener.models.owned import OwnedQuerySet

LONGEST_NAME: Final = 80
LONGEST_DESCRIPTION: Final = 500


class Kept(models.Model):
    """`name_key` is the name as it is compared: databases differ on the case of letters beyond ASCII."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="%(class)ss")
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    name_key = models.CharField(max_length=3 * LONGEST_NAME, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True)

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


class SavedScreen(Kept):
    """A screen as its words. Whoever knows `share_token` may read it; without one nobody else does.

    `query` is the canonical text, `columns` are keys (none: those of the screener). What matched when
    its owner last opened it: `seen_count`, and `seen_ids` unless there were too many to keep.
    """

    description = models.CharField(_("description"), max_length=LONGEST_DESCRIPTION, blank=True)
    query = models.TextField(_("query"), blank=True)
    sort = models.CharField(_("sorted by"), max_length=80)
    columns = models.JSONField(_("columns"), default=list, blank=True)
    is_default = models.BooleanField(_("opens first"), default=False)
    share_token = models.UUIDField(_("share token"), null=True, blank=True, unique=True, editable=False)
    seen_at = models.DateTimeField(_("last opened at"), null=True, blank=True, editable=False)
    seen_count = models.PositiveIntegerField(null=True, blank=True, editable=False)
    seen_ids = models.JSONField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = OwnedQuerySet["SavedScreen"].as_manager()

    class Meta(Kept.Meta):
        verbose_name = _("saved screen")
        verbose_name_plural = _("saved screens")
        constraints = (
            *Kept.Meta.constraints,
            models.UniqueConstraint(
                fields=("owner",),
                condition=models.Q(is_default=True, deleted_at=None),
                name="one_default_screen",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("saved_screen", args=[self.pk])


class ColumnSet(Kept):
    """Columns by key, in their order."""

    columns = models.JSONField(_("columns"))

    objects = OwnedQuerySet["ColumnSet"].as_manager()

    class Meta(Kept.Meta):
        verbose_name = _("column set")
        verbose_name_plural = _("column sets")
