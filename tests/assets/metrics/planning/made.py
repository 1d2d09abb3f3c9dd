"""Daily bars of one asset after a plan, for tests of what became of it."""

import numpy as np

from assets.metrics.bars import Bars

PLANNED_ON = 20_000


def bars(*days, first=PLANNED_ON + 1):
    """Days after the plan, each as (open, low, close) in USD."""
    opened, low, close = (np.log([day[place] for day in days]) for place in range(3))
    size = len(days)
    return Bars(
        owner=np.zeros(size, dtype=np.intp),
        size=1,
        day=np.arange(first, first + size),
        open=opened,
        high=np.maximum(opened, close),
        low=low,
        close=close,
        volume_usd=np.ones(size),
    )
