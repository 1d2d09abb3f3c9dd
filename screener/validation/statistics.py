"""Statistics of a ranking (AUC, Brier, calibration): how well it separates bad outcomes from good ones.

Everything random is seeded.
"""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Column = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

RESAMPLES: Final = 1_000
INTERVAL_SHARE: Final = 0.95
FOLDS: Final = 5
BINS: Final = 10
CELLS_AT_ONCE: Final = 4_000_000
"""So many counts of a bootstrap are held at a time: 32 MB."""


def auc(risk: Column, bad: Mask) -> float:
    """Chance that a bad row has more risk than a good one, ties one half: U / (n₁·n₀); NaN without both.

    Source: Mann and Whitney 1947; Hanley and McNeil 1982.
    """
    many_bad, many_good = int(bad.sum()), int((~bad).sum())
    if not many_bad or not many_good:
        return float("nan")
    ranks = average_ranks(risk)
    return float((ranks[bad].sum() - many_bad * (many_bad + 1) / 2) / (many_bad * many_good))


def average_ranks(values: Column) -> Column:
    """Ranks from 1; equal values share the mean of theirs."""
    _values, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[place], dtype=np.float64)


def auc_interval(
    risk: Column, bad: Mask, *, seed: int, resamples: int = RESAMPLES, share: float = INTERVAL_SHARE
) -> tuple[float, float]:
    """Percentile bootstrap of the AUC; bad and good rows are drawn apart, so that their numbers stay.

    A draw of rows is a draw of how often each distinct risk comes: one multinomial instead of n places.
    """
    if not bad.any() or bad.all():
        return float("nan"), float("nan")
    _values, place = np.unique(risk, return_inverse=True)
    size = int(place.max()) + 1
    chance = np.random.default_rng(seed)
    of_bad, of_good = (np.bincount(place[mask], minlength=size) for mask in (bad, ~bad))
    many_bad, many_good = int(of_bad.sum()), int(of_good.sum())
    at_once = max(1, CELLS_AT_ONCE // size)
    drawn = []
    for start in range(0, resamples, at_once):
        many = min(at_once, resamples - start)
        bads = chance.multinomial(many_bad, of_bad / many_bad, size=many)
        goods = chance.multinomial(many_good, of_good / many_good, size=many)
        below = np.cumsum(goods, axis=1) - goods / 2
        drawn.append((bads * below).sum(axis=1) / (many_bad * many_good))
    low, high = np.quantile(np.concatenate(drawn), [(1 - share) / 2, (1 + share) / 2])
    return float(low), float(high)


def auc_either_way(values: Column | None, bad: Mask) -> float:
    """AUC of one figure alone, of the rows where it is known, in the direction that suits it."""
    if values is None:
        return float("nan")
    known = ~np.isnan(values)
    area = auc(values[known], bad[known])
    return max(area, 1 - area)


def best_column(table: pd.DataFrame, bad: Mask) -> tuple[str | None, float]:
    """(name, AUC) of the column that separates best by itself, in the direction that suits it.

    What is unknown counts as the median, so that a column known of a few rows cannot win by these.
    """
    areas = {
        str(name): auc_either_way(column.fillna(column.median()).to_numpy(dtype=np.float64), bad)
        for name, column in table.replace([np.inf, -np.inf], np.nan).items()
        if column.notna().any()
    }
    if not areas:
        return None, float("nan")
    best = max(areas, key=lambda name: areas[name])
    return best, areas[best]


def rates(groups: npt.NDArray[Any], bad: Mask, names: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """By group how many rows there are and which share of them is bad; None where there are none."""
    by_group = {}
    for name in names:
        mine = bad[groups == name]
        by_group[name] = {"n": int(mine.size), "rate": float(mine.mean()) if mine.size else None}
    return by_group


def by_group(risk: Column, bad: Mask, groups: Column | None, *, seed: int) -> Iterator[dict[str, Any]]:
    """The AUC within each group of rows, with its 95 % interval: does the ranking hold in each of them?

    NaN where a group has one outcome only; rows without a group are in none.
    """
    if groups is None:
        return
    for each in np.unique(groups[~np.isnan(groups)]):
        mine = groups == each
        low, high = auc_interval(risk[mine], bad[mine], seed=seed)
        yield {
            "group": float(each),
            "n": int(mine.sum()),
            "bad": int(bad[mine].sum()),
            "auc": auc(risk[mine], bad[mine]),
            "low": low,
            "high": high,
        }


def spearman(one: Column, other: Column) -> float:
    """Correlation of ranks; NaN where either ranking is all one tie."""
    ranks = average_ranks(one), average_ranks(other)
    if any(np.ptp(each) == 0 for each in ranks):
        return float("nan")
    return float(np.corrcoef(*ranks)[0, 1])


def isotonic(risk: Column, bad: Mask) -> tuple[Column, Column]:
    """The non-decreasing step function of risk with the least squared error: (distinct risks, their chance).

    Pool adjacent violators. Source: Barlow, Bartholomew, Bremner and Brunk 1972.
    """
    knots, place = np.unique(risk, return_inverse=True)
    counts = np.bincount(place).astype(float)
    blocks: list[tuple[float, float, int]] = []
    for total, weight in zip(np.bincount(place, weights=bad), counts, strict=True):
        block = (float(total), float(weight), 1)
        while blocks and blocks[-1][0] * block[1] >= block[0] * blocks[-1][1]:
            before = blocks.pop()
            block = (before[0] + block[0], before[1] + block[1], before[2] + block[2])
        blocks.append(block)
    chance = [total / weight for total, weight, _length in blocks]
    return knots, np.repeat(chance, [length for _total, _weight, length in blocks])


def folds(bad: Mask, *, seed: int, many: int = FOLDS) -> npt.NDArray[np.int_]:
    """Each row's fold, drawn so that every fold has its part of the bad and of the good rows."""
    chance = np.random.default_rng(seed)
    fold = np.empty(bad.size, dtype=np.int_)
    for mask in (bad, ~bad):
        fold[mask] = chance.permutation(int(mask.sum())) % many
    return fold


def calibrated(risk: Column, bad: Mask, *, seed: int) -> Column:
    """Each row's chance of a bad outcome by isotonic regression on the other folds' rows."""
    fold = folds(bad, seed=seed)
    chance = np.empty(risk.size)
    for each in range(FOLDS):
        mine = fold == each
        if mine.any():
            chance[mine] = np.interp(risk[mine], *isotonic(risk[~mine], bad[~mine]))
    return chance


def brier(chance: Column, bad: Mask) -> float:
    """Mean of (chance − outcome)²: 0 is perfect. Source: Brier 1950."""
    return float(np.mean((chance - bad) ** 2))


def wilson(many: float, of: int, *, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a share: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n). Source: Wilson 1927."""
    share, spread = many / of, z * z / of
    middle, half = share + spread / 2, z * ((share * (1 - share) + spread / 4) / of) ** 0.5
    return (middle - half) / (1 + spread), (middle + half) / (1 + spread)


def by_score(score: Column, bad: Mask, *, bins: int = BINS) -> Iterator[dict[str, Any]]:
    """How many of the rows up to each score ended badly, in bins of about as many rows; ties stay together.

    Calibrated: neighbouring bins in which the share of bad ends does not fall with the score are one.
    `upto` is the highest score of the bin, `low` and `high` the 95 % interval of the share.
    """
    place = ((average_ranks(score) - 0.5) / score.size * bins).astype(int)
    rate = pd.Series(bad.astype(float)).groupby(place).transform("mean").to_numpy()
    knots, chance = isotonic(-score, rate)
    level = np.interp(-score, knots, chance).round(9)
    for each in np.unique(level)[::-1]:
        mine = np.flatnonzero(level == each)
        low, high = wilson(int(bad[mine].sum()), mine.size)
        yield {
            "upto": float(score[mine].max()),
            "n": int(mine.size),
            "rate": float(bad[mine].mean()),
            "low": low,
            "high": high,
        }


def reliability(chance: Column, bad: Mask, *, bins: int = BINS) -> Iterator[dict[str, Any]]:
    """Said and seen, in bins with about as many rows each from small to large chance; ties stay together.

    `low` and `high` are the 95 % interval of what was seen.
    """
    place = ((average_ranks(chance) - 0.5) / chance.size * bins).astype(int)
    for _bin, rows in pd.Series(place).groupby(place):
        mine = rows.index.to_numpy()
        low, high = wilson(int(bad[mine].sum()), mine.size)
        yield {
            "n": int(mine.size),
            "predicted": float(chance[mine].mean()),
            "observed": float(bad[mine].mean()),
            "low": low,
            "high": high,
        }
