"""Observation and payload: the answer of a provider, word for word, and the rows of facts from it."""

import hashlib
import zlib
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models.asset import Asset
from assets.models.whole_json import DamagedRowError, WholeJSONField
from assets.sourcing.rows import Row

# Thirty places each side: meme coins trade at 1e-13 USD and below, and have 1e17 units and more.
MONEY: Final[dict[str, Any]] = {"max_digits": 60, "decimal_places": 30, "null": True, "blank": True}
AMOUNT: Final[dict[str, Any]] = MONEY

PACKED: Final = 3
"""The level of compression: half the time of the usual 6 for an eighth more room."""


class Payload(models.Model):
    """A body as it came over the wire, compressed, kept once however often it came.

    `compressed` is None when its time of retention is over; what was read from it stays.
    """

    sha256 = models.CharField(primary_key=True, max_length=64)
    compressed = models.BinaryField(null=True)
    size_bytes = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("payload")
        verbose_name_plural = _("payloads")

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def is_kept(self) -> bool:
        return self.compressed is not None

    @property
    def body(self) -> bytes:
        """The body; empty when it is no longer kept. `DamagedRowError` where it is not what came."""
        if self.compressed is None:
            return b""
        body = self._unpacked()
        if hashlib.sha256(body).hexdigest() != self.sha256:
            raise DamagedRowError(f"payload {self} is damaged")
        return body

    def beginning(self, size: int) -> bytes:
        """The first bytes of the body, without unpacking the rest."""
        return b"" if self.compressed is None else self._unpacked(size)

    def _unpacked(self, size: int = 0) -> bytes:
        """The first bytes, all of them where no size is given."""
        assert self.compressed is not None  # noqa: S101 - asked only when it is kept
        try:
            return zlib.decompressobj().decompress(self.compressed, size)
        except zlib.error as error:
            raise DamagedRowError(f"payload {self} is damaged") from error

    @staticmethod
    def keep(body: bytes) -> "Payload":
        """Return the stored payload of this body, storing it when it is new or kept no longer."""
        sha256 = hashlib.sha256(body).hexdigest()
        kept = Payload.objects.defer("compressed").filter(sha256=sha256, compressed__isnull=False)
        for known in kept:
            return known  # An answer often comes again: it is not packed a second time.
        payload = Payload(sha256=sha256, compressed=zlib.compress(body, PACKED), size_bytes=len(body))
        Payload.objects.bulk_create(
            [payload], update_conflicts=True, unique_fields=["sha256"], update_fields=["compressed"]
        )
        return payload


class Observation(models.Model):
    """One answer of one provider. Never updated: `as_of` is its moment, `known_at` ours.

    An answer parsed again by a better parser is an observation of its own (`reparse_of`).
    """

    class Status(models.TextChoices):
        PARSED = "parsed", _("read")
        UNREADABLE = "unreadable", _("could not be read")

    provider = models.CharField(_("provider"), max_length=32)
    family = models.CharField(_("family"), max_length=32)
    request = WholeJSONField(_("request"))
    payload = models.ForeignKey(Payload, on_delete=models.PROTECT, verbose_name=_("payload"))
    reparse_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("parsed again from"),
    )
    http_status = models.PositiveSmallIntegerField(_("HTTP status"))
    status = models.CharField(_("status"), max_length=16, choices=Status)
    problem = models.TextField(_("problem"), blank=True)
    remarks = WholeJSONField(_("remarks"), default=list, blank=True)
    as_of = models.DateTimeField(_("as of"))
    known_at = models.DateTimeField(_("known at"))

    class Meta:
        ordering = ("-known_at", "-id")
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        indexes = (models.Index(fields=("provider", "family", "-known_at"), name="observation_recent"),)

    def __str__(self) -> str:
        return f"{self.provider} {self.family} #{self.pk}"


class Retraction(models.Model):
    """That an observation no longer counts: who took it back, and when. Its rows stay; cards rest on them."""

    observation = models.OneToOneField(
        Observation, on_delete=models.PROTECT, related_name="retraction", verbose_name=_("observation")
    )
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )
    retracted_at = models.DateTimeField(_("taken back at"))

    class Meta:
        verbose_name = _("retraction")
        verbose_name_plural = _("retractions")

    def __str__(self) -> str:
        return f"#{self.observation_id}"


class FactRow(models.Model):
    """What every row of facts has: whose, resting on which observation, true when, known when.

    Rows are appended, never changed; of each provider the newest `as_of` is what counts now
    and `known_at` tells what could have been known at an earlier moment. `provider` repeats
    the observation's, so that the newest row of each provider is one look-up.

    `row` is what a parser gives for it, with the same field names; `family` what it belongs to.
    """

    family: ClassVar[str]
    row: ClassVar[type[Row]]

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="+")
    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(_("provider"), max_length=32)
    as_of = models.DateTimeField(_("as of"))
    known_at = models.DateTimeField(_("known at"))

    class Meta:
        abstract = True
        ordering = ("-as_of", "-id")
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(fields=("asset", "provider", "-as_of", "-id"), name="%(class)s_newest"),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} of asset {self.asset_id} as of {self.as_of:%Y-%m-%d %H:%M}"
