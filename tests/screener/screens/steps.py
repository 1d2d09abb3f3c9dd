"""Limits of size tiers as anybody may set them, for properties."""

from hypothesis import strategies as st

from screener.screens.tier_limits import MOST_USD

AMOUNTS = st.floats(min_value=0.01, max_value=MOST_USD, allow_nan=False)
STEPS = st.lists(AMOUNTS, min_size=4, max_size=4, unique=True).map(
    lambda limits: tuple(zip(("nano", "micro", "small", "mid"), sorted(limits), strict=True))
)
SOME_STEPS = st.tuples(STEPS, st.booleans()).map(lambda pair: pair[0][1:] if pair[1] else pair[0])
