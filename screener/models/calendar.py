"""Calendar feeds: a watchlist's dated events for calendar programs, and what such a feed has told so far."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models.whole_json import WholeJSONField
from screener.models.owned import Linked
from screener.models.watchlist import Watchlist


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def at_link(self, token: uuid.UUID) -> Self:
        """The feed of this link; none while its watchlist is thrown away, or its owner may not log in."""
        living = self.filter(watchlist__deleted_at=None, watchlist__owner__is_active=True)
        return living.filter(share_token=token)


class CalendarFeed(Linked):
    """One a watchlist. `language` is that of its owner when they made it: programs ask in none."""

    watchlist = models.OneToOneField(Watchlist, on_delete=models.CASCADE, related_name="calendar_feed")
    language = models.CharField(_("language"), max_length=16, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return f"Calendar of {self.watchlist}"


class CalendarFeedEntry(models.Model):
    """An event that a feed has told, as it was told last (RFC 5545, 3.8.7.4).

    `uid` stays whatever becomes of the event. `sequence` rises when its day or its words change, when it is
    gone (`withdrawn_at`), and when it is back. `asset_id` is no foreign key: what was told of an asset that
    is gone has to be called off.
    """

    feed = models.ForeignKey(CalendarFeed, on_delete=models.CASCADE, related_name="entries")
    uid = models.CharField(_("identifier"), max_length=200)
    asset_id = models.BigIntegerField(_("asset"))
    kind = models.CharField(_("kind"), max_length=32)
    series = models.CharField(_("series"), max_length=128, blank=True)
    on = models.DateField(_("day"))
    fingerprint = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(_("sequence"), default=0)
    told = WholeJSONField(_("as it was told"), default=dict)
    changed_at = models.DateTimeField(_("changed at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        ordering = ("on", "id")
        verbose_name = _("event of a calendar feed")
        verbose_name_plural = _("events of calendar feeds")
        constraints = (models.UniqueConstraint(fields=("feed", "uid"), name="event_once_in_a_feed"),)

    def __str__(self) -> str:
        return f"{self.uid} on {self.on:%Y-%m-%d}"
