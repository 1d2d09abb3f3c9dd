"""Where a share is traded: the tiers, from the most demanding to a warning.

Source: the tiers of OTC Markets since July 2025, fkbrlegal.com/blog-2.
"""

from typing import Final

TIERS: Final = (
    "exchange",
    "otcqx",
    "otcqb",
    "otcid",
    "pink_limited",
    "expert",
    "grey",
    "caveat_emptor",
)
