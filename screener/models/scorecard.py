"""What the checklist said of an asset, once, under one version of its rules."""

from typing import Any, Final, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models import Asset
from assets.models.whole_json import WholeJSONField
from screener.models.baseline import ScorecardBaseline
from screener.models.packing import OVERLAID, PACKED, Packed, PackedJSONField, unpacked

MAYBE_NUMBERS: Final = (int, float, type(None))
"""A figure of a packed card is null where its baseline alone knows one."""

WHAT_UNPACKS: Final = frozenset({"packed", "baseline_id", *OVERLAID})


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    def latest_of_each_asset(self) -> Self:
        newest = self.order_by().values("asset_id").annotate(newest=models.Max("id")).values("newest")
        return self.filter(id__in=newest)

    def with_baselines(self) -> Self:
        """For older cards that are read whole: in one query with what they are packed against."""
        return self.select_related("baseline")


class Scorecard(models.Model):
    """Append-only. Scores are 0–1 for dimensions and 0–100 for the total, as in `checklist.scoring`.

    An asset that is not rated has no total and no grade (""), but the interval of what is known.

    `dimensions`: {id: {score, low, high, coverage}}. `findings`: one entry a criterion,
    as `checklist.judgements.Judgement` has it. `figures`: every known measure by name.

    It can be replayed: `observations` are the ids of all that told its facts, `context` is the
    asset's row of `Facts.assets` as it was, `scored_at` is the "now" of every age. `known_at` is when
    the newest of its facts was learnt. `label` is what the rules take the asset for. `states` has a letter
    for what each finding is shown as, in their order: what a screen asks of a million cards without reading
    their findings.

    Cards behind the newest one of their asset are packed (`models.packing`): `packed` holds what their empty
    columns said, and `figures` and `dimensions` what differs from `baseline`. An attribute always gives the
    whole; a query that reads these columns of older cards has to lay them over the baseline's.

    `questioned` is {} or {figures, facts}. `facts`: what a witness contradicts, as {frame, place, field,
    value, witness, against}. `figures`: the measures that are others for that, and what they would be.

    `exit_costs` are round trips at `assets.metrics.exit_costs.EXIT_SIZES_USD`, null where not known; [] where
    none is, None where nobody asked (a card of an earlier version). Figures of a reader's own size are read
    from them; they are no part of the judgement.
    """

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="scorecards")
    checklist_version = models.CharField(_("checklist version"), max_length=16)
    as_of = models.DateTimeField(_("as of"), null=True, help_text=_("The newest fact it rests on."))
    known_at = models.DateTimeField(_("known at"), null=True)
    scored_at = models.DateTimeField(_("scored at"))
    total = models.FloatField(_("total"), null=True)
    total_low = models.FloatField(_("lowest possible total"))
    total_high = models.FloatField(_("highest possible total"))
    coverage = models.FloatField(_("coverage"))
    grade = models.CharField(_("grade"), max_length=1, blank=True)
    tier = models.CharField(_("market-cap tier"), max_length=8, blank=True)
    gates_open = PackedJSONField(_("gates that say stop"), default=list, parts=[str])
    gates_unverified = PackedJSONField(_("unverified gates"), default=list, parts=[str])
    dimensions = PackedJSONField(_("dimensions"), default=dict, parts=[dict])
    findings = PackedJSONField(_("findings"), default=list, parts=[dict])
    figures = PackedJSONField(_("figures"), default=dict, parts=MAYBE_NUMBERS)
    label = models.CharField(_("label"), max_length=24, blank=True)
    observations = PackedJSONField(_("observations"), default=list, parts=[int])
    context = PackedJSONField(_("context"), default=dict)
    questioned = WholeJSONField(_("questioned figures"), default=dict, parts=[dict, list])
    exit_costs = PackedJSONField(
        _("cost of a round trip by size"),
        null=True,
        default=None,
        editable=False,
        shape=list,
        parts=MAYBE_NUMBERS,
    )
    states = models.CharField(max_length=64, blank=True, default="", editable=False)
    digest = models.CharField(max_length=64, editable=False)
    packed = models.BinaryField(null=True, default=None)
    # Neither index nor constraint, for which a migration reads the table; `services.retention` keeps it true.
    baseline = models.ForeignKey(
        ScorecardBaseline,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        editable=False,
        null=True,
        related_name="+",
    )

    objects = ScorecardQuerySet.as_manager()

    is_unpacked = False

    class Meta:
        ordering = ("-id",)
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        indexes = (
            models.Index(fields=("asset", "-id"), name="scorecard_latest"),
            models.Index(fields=("asset", "-scored_at", "-id"), name="scorecard_at_a_moment"),
        )

    def __str__(self) -> str:
        score = "not rated" if self.total is None else f"{self.total:.0f} ({self.grade})"
        return f"{score}, asset {self.asset_id}"

    def unpack(self) -> None:
        """Lay what is packed over the baseline, once; the row stays as it is."""
        if self.is_unpacked:
            return
        self.is_unpacked = True
        known = self.__dict__
        if known.get("packed", b"") is None:
            return
        if not known.keys() >= WHAT_UNPACKS:  # Only a part was read: the rest in one query.
            row = type(self)._base_manager.select_related("baseline").get(pk=self.pk)
            known.update({name: getattr(row, name) for name in PACKED})
        else:
            assert self.baseline is not None  # noqa: S101 - whoever is packed names one
            overlays = (known[name] for name in OVERLAID)
            values = unpacked(Packed(bytes(known["packed"]), *overlays), self.baseline.content)
            known.update({name: self._whole(name, value) for name, value in values.items()})

    def _whole(self, name: str, value: Any) -> Any:
        """Bytes of DEFLATE that fell over may still be read, as something else."""
        field = self._meta.get_field(name)
        assert isinstance(field, WholeJSONField)  # noqa: S101 - all that is packed
        return field.whole(value)

    @property
    def is_rated(self) -> bool:
        return self.total is not None
