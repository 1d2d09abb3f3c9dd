"""Place in an asset's history: where an entry stands, and from where the next page goes on."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import Q

HIGHEST_ROW: Final = 2**63 - 1
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
WRITTEN: Final = re.compile(r"([0-9]{1,17})\.([0-9]{1,19})\.([0-9]{1,3})")


class HistoryPlace(NamedTuple):
    """Orders entries: the later moment first, then the later row, then the rank of their stream.

    Rows of two tables can share a moment and a number; their streams' ranks, 1 and above, tell them apart.
    """

    at: datetime
    row: int
    rank: int = 0

    @classmethod
    def behind(cls, moment: datetime) -> "HistoryPlace":
        """Behind which all lies that has happened by this moment."""
        return cls(moment, HIGHEST_ROW)

    @classmethod
    def read(cls, text: str) -> "HistoryPlace | None":
        """The place that an address names; None for what is none."""
        found = WRITTEN.fullmatch(text)
        if found is None:
            return None
        microseconds, row, rank = map(int, found.groups())
        if row > HIGHEST_ROW:
            return None
        return cls(EPOCH + timedelta(microseconds=microseconds), row, rank)

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}.{self.row}.{self.rank}"

    def reaches(self, *, at: str, row: str = "pk") -> Q:
        """The rows whose entries can lie behind it: at most one of them stands at the place itself."""
        return Q(**{f"{at}__lt": self.at}) | Q(**{at: self.at, f"{row}__lte": self.row})
