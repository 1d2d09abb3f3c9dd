"""What changes the number of a company's shares: the words for it."""

from typing import Final

CAPITAL_EVENTS: Final = (
    "split",
    "reverse_split",
    "shelf",
    "at_the_market",
    "offering",
    "convertible",
    "private_placement",
)
