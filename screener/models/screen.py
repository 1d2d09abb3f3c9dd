"""Saved screens and column sets: screens and sets of columns that a person keeps under a name."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.models.whole_json import WholeJSONField
from screener.models.owned import LONGEST_DESCRIPTION, Named, NamedQuerySet, Shared, SharedQuerySet


class SavedScreen(Shared):
    """A screen as its words.

    `query` is the canonical text, `columns` are keys (none: those of the screener). What matched when
    its owner last opened it: `seen_count`, and `seen_ids` unless there were too many to keep.
    """

    description = models.CharField(_("description"), max_length=LONGEST_DESCRIPTION, blank=True)
    query = models.TextField(_("query"), blank=True)
    sort = models.CharField(_("sorted by"), max_length=80)
    columns = WholeJSONField(_("columns"), default=list, blank=True)
    is_default = models.BooleanField(_("opens first"), default=False)
    seen_at = models.DateTimeField(_("last opened at"), null=True, blank=True, editable=False)
    seen_count = models.PositiveIntegerField(null=True, blank=True, editable=False)
    seen_ids = WholeJSONField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    name_taken = _("You already have a screen named “%(name)s”.")

    objects = SharedQuerySet["SavedScreen"].as_manager()

    class Meta(Shared.Meta):
        verbose_name = _("saved screen")
        verbose_name_plural = _("saved screens")
        constraints = (
            *Shared.Meta.constraints,
            models.UniqueConstraint(
                fields=("owner",),
                condition=models.Q(is_default=True, deleted_at=None),
                name="one_default_screen",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("saved_screen", args=[self.pk])

    def soft_delete(self) -> None:
        """Another screen may open first meanwhile, so this one no longer does when it is restored."""
        self.deleted_at, self.is_default = timezone.now(), False
        self.save(update_fields=["deleted_at", "is_default"])


class ColumnSet(Named):
    """Columns by key, in their order."""

    columns = WholeJSONField(_("columns"))

    name_taken = _("You already have a column set named “%(name)s”.")

    objects = NamedQuerySet["ColumnSet"].as_manager()

    class Meta(Named.Meta):
        verbose_name = _("column set")
        verbose_name_plural = _("column sets")
