"""Watchlists: lists of assets that a person follows."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assets.models import Asset
from assets.models.observation import MONEY
from assets.models.whole_json import WholeJSONField
from screener.models.owned import Named, NamedQuerySet


class Watchlist(Named):
    """`columns` are keys of what its table shows, in their order; none: the usual ones."""

    columns = WholeJSONField(
        _("columns"), default=list, db_default=models.Value([], models.JSONField()), blank=True
    )

    name_taken = _("You already have a watchlist named “%(name)s”. Choose another name.")

    objects = NamedQuerySet["Watchlist"].as_manager()

    class Meta(Named.Meta):
        verbose_name = _("watchlist")
        verbose_name_plural = _("watchlists")

    def get_absolute_url(self) -> str:
        return reverse("watchlist", args=[self.pk])


class WatchlistEntry(models.Model):
    """`target_usd` and `stop_usd` are prices of a unit at which its owner wants to act; None: none is set."""

    watchlist = models.ForeignKey(Watchlist, on_delete=models.CASCADE, related_name="entries")
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    target_usd = models.DecimalField(_("target"), **MONEY)
    stop_usd = models.DecimalField(_("stop"), **MONEY)

    class Meta:
        ordering = ("-added_at", "-id")
        verbose_name = _("watched asset")
        verbose_name_plural = _("watched assets")
        constraints = (
            models.UniqueConstraint(fields=("watchlist", "asset"), name="asset_once_in_a_watchlist"),
        )

    def __str__(self) -> str:
        return f"{self.asset} in {self.watchlist}"
