"""Bounds of what a vendor's number can be, by what it counts: beyond them a value is no news but a slip.

They are wide on purpose. Within them a strange figure is a figure, and what contradicts it questions it;
beyond them nobody could act on it, and the field is not known.
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

ABSURD: Final = Decimal("1e30")
"""Units of a token: memecoins have 1e17. A supply of 2^256 units with 18 decimals is 1e59, which is what an
explorer says of a contract that mints without end. The database's columns end here too."""

MOST_USD: Final = Decimal("1e15")
"""Money: twice all that the world's households own, 4.7e14 USD (UBS, Global Wealth Report 2025). The measures
end here too."""

MOST_PRICE_USD: Final = Decimal("1e12")
"""A price: a hundred thousand times the dearest share (Berkshire Hathaway A) and any unit of a token that
trades; what costs more is a division by a supply of next to nothing."""

MOST_COUNT: Final = 2**31 - 1
"""A count of holders, trades or decimals; the database's integers end here too."""

WHOLE_PERCENT: Final = 100
"""A part of a whole, in percent. A rate of change has no upper bound, but nothing falls by more than this."""

EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
"""A moment: older than any market that is read here, later than any schedule that means something."""
