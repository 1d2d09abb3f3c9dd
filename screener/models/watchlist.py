"""Lists of assets that a person follows."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assets.models import Asset
from screener.models.owned import OwnedQuerySet


class Watchlist(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watchlists")
    name = models.CharField(_("name"), max_length=80)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True)

    objects = OwnedQuerySet["Watchlist"].as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("watchlist")
        verbose_name_plural = _("watchlists")
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "name"),
                condition=models.Q(deleted_at=None),
                name="one_watchlist_of_a_name",
                violation_error_message=_("You already have a watchlist of this name."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("watchlist", args=[self.pk])


class WatchlistEntry(models.Model):
    watchlist = models.ForeignKey(Watchlist, on_delete=models.CASCADE, related_name="entries")
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        ordering = ("-added_at", "-id")
        verbose_name = _("watched asset")
        verbose_name_plural = _("watched assets")
        constraints = (
            models.UniqueConstraint(fields=("watchlist", "asset"), name="asset_once_in_a_watchlist"),
        )

    def __str__(self) -> str:
        return f"{self.asset} in {self.watchlist}"
