"""Intervals: figures of which only two ends are known, held against a band.

What is known is the better and the worse end. An answer that holds for both is one; otherwise it is not
known which of two holds.
"""

import numpy as np

from screener.checklist.bands import Band
from screener.checklist.states import CAUTION, FAIL, Column


def settled(band: Band, better: Column, worse: Column) -> Column:
    """The end that answers where both give one answer, NaN where they don't or one is not known.

    A fail counts by its better end: at least so bad.
    """
    answers = band.states(worse)
    end = np.where(answers == FAIL, better, worse)
    return np.where(band.states(better) == answers, end, np.nan)


def settled_or_caution(band: Band, better: Column, worse: Column) -> Column:
    """The same, but next to a caution the caution counts, as long as the worse end opens no gate."""
    at_worse, at_better = band.states(worse), band.states(better)
    between = np.where(
        at_worse == CAUTION, worse, np.where((at_better == CAUTION) & ~band.opens_gate(worse), better, np.nan)
    )
    known = settled(band, better, worse)
    return np.where(np.isnan(known) & ~np.isnan(better + worse), between, known)
