"""Profile form: a field for every weight and every limit of the checklist, with what holds now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from screener.checklist import DIMENSIONS, Criterion, Dimension
from screener.checklist.bands import Band
from screener.checklist.profiles import (
    CRITERION_WEIGHTS,
    LIMITS,
    MOST_DIMENSION_WEIGHT,
    Changes,
    ProfileError,
    Setting,
    adjusted,
)
from screener.models.owned import LONGEST_DESCRIPTION, LONGEST_NAME
from screener.words.findings import filled

NOT_A_NUMBER: Final = gettext_lazy("Type a number, or leave it empty for the checklist's own.")
PERCENT: Final = Decimal(100)
"""Shares are typed in percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BandFields:
    """The limits of one band; two fields each where the middle is good."""

    of: str
    unit: str
    gate: str
    passes: tuple[BoundField, ...]
    cautions: tuple[BoundField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionFields:
    criterion: Criterion
    weight: BoundField
    bands: tuple[BandFields, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionFields:
    dimension: Dimension
    weight: BoundField
    criteria: tuple[CriterionFields, ...]
    has_errors: bool


class ProfileForm(forms.Form):
    """`changes` are those of the profile that is edited; fields show the checklist with them in."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_NAME,
        error_messages={"required": gettext_lazy("A profile needs a name. Type one.")},
    )
    description = forms.CharField(
        label=gettext_lazy("What it is for"), max_length=LONGEST_DESCRIPTION, required=False
    )

    def __init__(self, *args: Any, changes: Changes | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moved = changes or Changes()
        for dimension in DIMENSIONS:
            weight = moved.dimension_weights.get(dimension.id, dimension.weight)
            self.fields[_dimension(dimension.id)] = _weight_of_dimension(weight)
            for criterion in dimension.criteria:
                weight = moved.criterion_weights.get(criterion.id, criterion.weight)
                self.fields[_criterion(criterion.id)] = _weight_of_criterion(criterion, int(weight))
                self._add_limits(criterion, moved.thresholds.get(criterion.id))

    def _add_limits(self, criterion: Criterion, moved: Sequence[Mapping[str, Any] | None] | None) -> None:
        for place, name, limit in _limits(criterion):
            mine = (moved[place] or {}).get(name) if moved and place < len(moved) else None
            shown = limit if mine is None else mine
            for side, figure in enumerate(_parts(shown)):
                self.fields[_limit(criterion.id, place, name, side)] = _figure(
                    criterion, criterion.bands[place], name, figure
                )

    def clean(self) -> dict[str, Any]:
        """Limits are held against each other only where each of them is a number."""
        if not self.errors:
            try:
                adjusted(DIMENSIONS, self.changes())
            except ProfileError as refusal:
                for problem in refusal.problems:
                    self.add_error(_field_of(problem.setting), filled(problem))
        return self.cleaned_data

    def changes(self) -> Changes:
        """What was typed and differs from the checklist."""
        typed = self.cleaned_data
        dimensions = {each.id: typed.get(_dimension(each.id)) for each in DIMENSIONS}
        criteria = {each.id: each for dimension in DIMENSIONS for each in dimension.criteria}
        weights = {id: typed.get(_criterion(id)) for id in criteria}
        limits = {id: self._moved(each) for id, each in criteria.items()}
        return Changes(
            dimension_weights={
                each.id: weight
                for each in DIMENSIONS
                if (weight := dimensions[each.id]) is not None and weight != each.weight
            },
            criterion_weights={
                id: int(weight)
                for id, each in criteria.items()
                if (weight := weights[id]) not in {None, ""} and int(weight) != each.weight
            },
            thresholds={id: moved for id, moved in limits.items() if any(moved)},
        )

    def _moved(self, criterion: Criterion) -> list[dict[str, Any] | None]:
        bands: list[dict[str, Any]] = [{} for _band in criterion.bands]
        for place, name, was in _limits(criterion):
            unit = criterion.bands[place].unit or criterion.unit
            typed = tuple(
                part
                if (number := self.cleaned_data.get(_limit(criterion.id, place, name, side))) is None
                else _read(number, unit)
                for side, part in enumerate(_parts(was))
            )
            if typed != _parts(was):
                bands[place][name] = list(typed) if isinstance(was, tuple) else typed[0]
        return [each or None for each in bands]

    @property
    def dimensions(self) -> Iterator[DimensionFields]:
        """The fields in the order of the checklist, for the page."""
        for dimension in DIMENSIONS:
            names = [_dimension(dimension.id)]
            criteria = tuple(self._criterion_fields(each, names) for each in dimension.criteria)
            yield DimensionFields(
                dimension=dimension,
                weight=self[_dimension(dimension.id)],
                criteria=criteria,
                has_errors=any(name in self.errors for name in names),
            )

    def _criterion_fields(self, criterion: Criterion, names: list[str]) -> CriterionFields:
        """Adds the names of its fields to `names`."""
        names.append(_criterion(criterion.id))
        bands = []
        for place, band in enumerate(criterion.bands):
            fields: dict[str, tuple[BoundField, ...]] = dict.fromkeys(LIMITS, ())
            for at, name, was in _limits(criterion):
                if at == place:
                    mine = [_limit(criterion.id, place, name, side) for side in range(len(_parts(was)))]
                    names += mine
                    fields[name] = tuple(self[each] for each in mine)
            unit = band.unit or criterion.unit
            gate = "" if band.gate is None else band.missed(band.gate, unit)
            bands.append(BandFields(of=band.of, unit=unit, gate=gate, **fields))
        return CriterionFields(criterion=criterion, weight=self[_criterion(criterion.id)], bands=tuple(bands))


# Names of fields --------------------------------------------------------------------


def _dimension(id: str) -> str:
    return f"dimension-{id}"


def _criterion(id: str) -> str:
    return f"weight-{id}"


def _limit(id: str, place: int, name: str, side: int) -> str:
    return f"{name}-{id}-{place}-{side}"


def _field_of(setting: Setting | None) -> str | None:
    """The field that a problem belongs to; None for one of the whole."""
    if setting is None:
        return None
    if setting.band is not None:
        return _limit(setting.of, setting.band, setting.limit, 0)
    return _dimension(setting.of) if "." not in setting.of else _criterion(setting.of)


# Fields -----------------------------------------------------------------------------


def _limits(criterion: Criterion) -> Iterator[tuple[int, str, Any]]:
    """Each limit that may be moved: its band, its name, the checklist's."""
    for place, band in enumerate(criterion.bands):
        for name in LIMITS:
            if (limit := getattr(band, name)) is not None:
                yield place, name, limit


def _parts(limit: Any) -> tuple[float, ...]:
    return tuple(limit) if isinstance(limit, (tuple, list)) else (limit,)


def _weight_of_dimension(weight: float) -> forms.Field:
    return forms.FloatField(
        required=False,
        min_value=0,
        max_value=MOST_DIMENSION_WEIGHT,
        initial=f"{weight:g}",
        widget=forms.NumberInput({"step": "any"}),
        error_messages={
            each: _("The weight of a dimension is a number from 0 to 100.")
            for each in ("invalid", "min_value", "max_value")
        },
    )


def _weight_of_criterion(criterion: Criterion, weight: int) -> forms.Field:
    title = _(criterion.title)
    return forms.TypedChoiceField(
        required=False,
        choices=[(each, str(each)) for each in CRITERION_WEIGHTS],
        coerce=int,
        empty_value=None,
        initial=weight,
        widget=forms.Select({"aria-label": _("Weight of %(title)s") % {"title": title}}),
        error_messages={
            "invalid_choice": _("The weight of a criterion is 0 (it does not count), 1, 2 or 3.")
        },
    )


def _figure(criterion: Criterion, band: Band, name: str, figure: float) -> forms.Field:
    title = ": ".join(_(each) for each in (criterion.title, band.of) if each)
    label = {"passes": _("%(title)s passes at"), "cautions": _("%(title)s is a caution to")}[name]
    return forms.DecimalField(
        required=False,
        initial=_shown(figure, band.unit or criterion.unit),
        widget=forms.NumberInput({"step": "any", "aria-label": label % {"title": title}}),
        error_messages=dict.fromkeys(("invalid", "max_digits", "max_decimal_places"), NOT_A_NUMBER),
    )


def _shown(figure: float, unit: str) -> str:
    """As it is typed: plain digits, shares in percent."""
    exact = Decimal(repr(float(figure))) * (PERCENT if unit == "share" else 1)
    return f"{exact.normalize():f}"


def _read(typed: Decimal, unit: str) -> float:
    return float(typed / PERCENT if unit == "share" else typed)
