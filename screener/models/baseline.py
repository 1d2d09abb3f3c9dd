"""Baseline of an asset: what its packed scorecards are told by."""

import zlib
from functools import cached_property
from typing import Self

import orjson
from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models import Asset
from assets.models.whole_json import DamagedRowError, WholeJSONField
from screener.models.packing import Baseline


class ScorecardBaseline(models.Model):
    """A copy of one card's findings, figures and the like, which older cards of its asset are packed against.

    Appended when cards have moved too far from the last one; `services.retention` removes it with the last
    card that names it. `texts`: `packing.texts_of`, compressed (zlib). An earlier version does not know the
    table, so that the database must not keep it from deleting an asset.
    """

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    texts = models.BinaryField()
    figures = WholeJSONField(_("figures"), shape=dict, parts=[int, float])
    dimensions = WholeJSONField(_("dimensions"), shape=dict, parts=[dict])

    class Meta:
        verbose_name = _("baseline of scorecards")
        verbose_name_plural = _("baselines of scorecards")

    def __str__(self) -> str:
        return f"baseline {self.pk}, asset {self.asset_id}"

    @classmethod
    def of(cls, asset_id: int, content: Baseline) -> Self:
        return cls(
            asset_id=asset_id,
            texts=zlib.compress(content.texts, 9),
            figures=content.figures,
            dimensions=content.dimensions,
        )

    @cached_property
    def content(self) -> Baseline:
        try:
            texts = zlib.decompress(self.texts)
        except zlib.error as error:
            raise DamagedRowError(f"{self} is damaged") from error
        return Baseline(texts, self.figures, self.dimensions)

    @cached_property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.texts) + len(orjson.dumps([self.figures, self.dimensions]))
