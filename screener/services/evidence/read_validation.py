"""Validation results: what `manage.py validate --save` has found on labelled sets, as pages show it."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assets.metrics.families import EQUITY, TOKEN
from screener.checklist import CHECKLIST_VERSION, CRITERIA, DIMENSIONS, Criterion
from screener.checklist.types import phrase
from screener.validation.mapping import SHIPPED
from screener.validation.population import COMPANY, DEX, LISTED, Population

RESULTS: Final = SHIPPED / "results.json"

TITLES: Final[Mapping[str, str]] = {
    "uniswap_rugs": phrase("Uniswap v2 rug pulls, 2020–21"),
    "uniswap_small": phrase("Uniswap v2, the small set"),
    "uniswap_day1": phrase("Uniswap v2 pools one day after launch"),
    "us_microcaps": phrase("US micro-caps of 2001–2011, one year ahead"),
    "us_listed": phrase("US listed companies of 2001–2011, one year ahead"),
    "polish_1y": phrase("Polish bankruptcies, one year ahead"),
    "solana_pools": phrase("Solana pools that fell silent"),
    "sushiswap_14d": phrase("SushiSwap on Polygon, 14 days ahead"),
    "sushiswap_90d": phrase("SushiSwap on Polygon, 90 days ahead"),
    "sushiswap_silent_14d": phrase("SushiSwap on Polygon, silent in 14 days"),
    "sushiswap_silent_90d": phrase("SushiSwap on Polygon, silent in 90 days"),
}

RIVALS: Final[Mapping[str, str]] = {
    "auc_age_only": phrase("Age alone"),
    "auc_size_only": phrase("Size alone"),
    "auc_best_column": phrase("Best column alone"),
    "auc_logistic": phrase("Logistic regression"),
    "auc_boosting": phrase("Gradient boosting"),
}
"""What the checklist is held against; the learned ones have seen the outcomes, it has not."""


AXIS_KEYS: Final = ("predicted", "observed", "high")
AXIS_ENDS: Final = (0.1, 0.2, 0.5, 1.0)
"""Where the axes of a reliability diagram may end."""
CHANCE: Final = 0.5
"""The AUC of who tosses a coin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Auc:
    """Chance that a bad row ranks as riskier than a good one, 0–1, with its 95 % interval."""

    value: float | None
    low: float | None = None
    high: float | None = None

    @property
    def width(self) -> float:
        """Of the interval."""
        return 0.0 if self.low is None or self.high is None else self.high - self.low

    @property
    def is_of_chance(self) -> bool:
        """Whether the interval holds one half: nothing is told apart."""
        return self.low is not None and self.high is not None and self.low <= CHANCE <= self.high

    @property
    def is_turned(self) -> bool:
        """Whether the whole interval lies below one half: bad rows have the better scores."""
        return self.high is not None and self.high < CHANCE

    @property
    def in_hundred(self) -> int | None:
        return None if self.value is None else round(100 * self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRate:
    """How many rows have the grade ("": not rated), and which share of them (0–1) ended badly.

    The share is None where there are none.
    """

    grade: str
    n: int
    rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fed:
    """A criterion that the set can answer, and for which share of its rows."""

    id: str
    criterion: Criterion | None
    answered_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ablation:
    """The AUC without a dimension; `gain` is what the dimension adds."""

    title: str
    auc: float
    gain: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAuc:
    """The AUC among the rows of one group, such as a year: `bad` of its `n` rows ended badly."""

    group: str
    n: int
    bad: int
    auc: Auc


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityPoint:
    """Chance said (`x`) and seen (`y`, from the top), as percentages of a square plot whose axes end at
    `reliability_axis`; `low` and `high` are
    the 95 % interval of what was seen, None of a result from before there was one."""

    x: float
    y: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetResult:
    """One labelled set. `saved` is the result as `validate` wrote it."""

    name: str
    auc: Auc
    rivals: tuple[tuple[str, Auc], ...]
    grades: tuple[GradeRate, ...]
    fed: tuple[Fed, ...]
    ablation: tuple[Ablation, ...]
    saved: Mapping[str, Any]

    @property
    def title(self) -> str:
        return TITLES.get(self.name, self.name)

    @property
    def version(self) -> str:
        return str(self.saved["checklist_version"])

    @property
    def is_current(self) -> bool:
        """Whether the checklist of today was run."""
        return self.version == CHECKLIST_VERSION

    @property
    def rated_share(self) -> float | None:
        """Which share of its rows the product would rate; None of a result from before there was a rule."""
        return self.saved.get("rated_share")

    @property
    def reliability_points(self) -> tuple[ReliabilityPoint, ...]:
        full = self.reliability_axis
        return tuple(
            ReliabilityPoint(
                x=100 * each["predicted"] / full,
                y=100 - 100 * each["observed"] / full,
                low=100 - 100 * each["low"] / full if "low" in each else None,
                high=100 - 100 * each["high"] / full if "high" in each else None,
            )
            for each in self.saved.get("reliability", ())
        )

    @property
    def reliability_axis(self) -> float:
        """The share (0–1) at the end of both axes, so that small chances are no heap in a corner."""
        shares = (each[key] for each in self.saved.get("reliability", ()) for key in AXIS_KEYS if key in each)
        most = max(shares, default=1.0)
        return next(each for each in AXIS_ENDS if most <= each)

    @property
    def by_group(self) -> tuple[GroupAuc, ...]:
        return tuple(
            GroupAuc(
                group=f"{each['group']:g}",
                n=each["n"],
                bad=each["bad"],
                auc=Auc(value=each["auc"], low=each["low"], high=each["high"]),
            )
            for each in self.saved.get("by_group", ())
        )

    @property
    def groups_without_power(self) -> tuple[GroupAuc, ...]:
        """Those within which the score tells nothing apart."""
        return tuple(each for each in self.by_group if each.auc.is_of_chance or each.auc.is_turned)

    @property
    def population(self) -> Population | None:
        """Which assets its rows stand for; None: the result does not say, and so stands for none."""
        told = self.saved.get("population")
        if told is None:
            return None
        within = {name: (low, high) for name, (low, high) in told["within"].items()}
        return Population(of=told["of"], rows_of=told["rows_of"], within=within)

    @property
    def rows_of(self) -> str:
        """Which table its rows are of: results that share it are one piece of evidence."""
        return self.population.rows_of if self.population else self.name

    @property
    def worsens_by_grade(self) -> bool | None:
        return worsens_by_grade(self.grades)


def read_validation(path: Path = RESULTS) -> tuple[SetResult, ...]:
    """The saved results, known sets first; none where nothing was saved yet."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    results: dict[str, Any] = json.loads(text) if text.strip() else {}
    order = [*(name for name in TITLES if name in results), *sorted(set(results) - set(TITLES))]
    return tuple(_set(name, results[name]) for name in order)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRates:
    """What became of each grade in the labelled sets of one source class; no sets: nothing is known of it."""

    source: str
    sets: tuple[SetResult, ...]


def rates_by_class(results: Iterable[SetResult], kinds: Collection[str]) -> tuple[ClassRates, ...]:
    """The results by class: the sets of tokens are of DEX pools, and none is of listed tokens."""
    held = [each for each in results if any(rate.n for rate in each.grades)]
    by_kind = {kind: tuple(each for each in held if each.saved.get("kind") == kind) for kind in kinds}
    classes = ((TOKEN, DEX), (TOKEN, LISTED), (EQUITY, COMPANY))
    return tuple(
        ClassRates(source=source, sets=() if source == LISTED else by_kind[kind])
        for kind, source in classes
        if kind in kinds
    )


def worsens_by_grade(grades: Sequence[GradeRate]) -> bool | None:
    """Whether the share of bad outcomes never falls from A to E; None with fewer than two grades."""
    rates = [each.rate for each in grades if each.grade and each.rate is not None]
    return rates == sorted(rates) if len(rates) > 1 else None


def _set(name: str, result: Mapping[str, Any]) -> SetResult:
    auc = Auc(value=result["auc"], low=result["auc_low"], high=result["auc_high"])
    titles = {each.id: next(iter(each.titles.values())) for each in DIMENSIONS}
    return SetResult(
        name=name,
        auc=auc,
        rivals=tuple((title, Auc(value=result.get(key))) for key, title in RIVALS.items()),
        grades=tuple(GradeRate(grade=grade, **each) for grade, each in sorted(result["grades"].items())),
        fed=tuple(_fed(each) for each in result["criteria_fed"]),
        ablation=tuple(
            Ablation(title=titles.get(each, each), auc=without, gain=_gain(auc.value, without))
            for each, without in result.get("ablation", {}).items()
            if without is not None
        ),
        saved=result,
    )


def _gain(auc: float | None, without: float) -> float | None:
    return None if auc is None else auc - without


def _fed(entry: str | Mapping[str, Any]) -> Fed:
    """A criterion's id, alone or with the share of rows that it answered."""
    name, share = (entry, None) if isinstance(entry, str) else (entry["criterion"], entry["answered_share"])
    return Fed(id=name, criterion=CRITERIA.get(name), answered_share=share)
