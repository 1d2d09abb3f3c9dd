"""Session spans: returns of a market that never closes, over the spans between another one's sessions.

A share's return of Monday is that from Friday's close to Monday's. Held against a token's return of Monday
alone, two days of its trading would have no counterpart. So a token's returns of Saturday, Sunday and Monday
are summed and stand beside the share's of Monday. Shares close at 16:00 in New York, days of tokens at
midnight UTC, three or four hours later: what happens between the two counts one session later for shares.
"""

import numpy as np

from assets.metrics.bars import Days
from assets.metrics.columns import Column


def over_sessions(log_returns: Column, *, first_day: int, sessions: Days) -> Column:
    """By session the sum of the daily returns since the session before it, that one's own day left out.

    `log_returns` are those of consecutive days from `first_day` on, in days since 1970, `sessions` ascending.
    NaN for the first session, and where a day of the span is not known or lies outside.
    """
    summed = np.full(sessions.size, np.nan)
    for place in range(1, sessions.size):
        start, end = sessions[place - 1] + 1 - first_day, sessions[place] + 1 - first_day
        if start >= 0 and end <= log_returns.size:
            summed[place] = log_returns[start:end].sum()
    return summed
