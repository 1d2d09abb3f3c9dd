"""Known by a moment: which stored rows count, by one rule for queries of a model and for those of SQL."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import orjson
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q
from django.db.models.sql.compiler import SQLCompiler

from assets.scheduling.intervals import CLOCKS_APART
from assets.services.reading.retractions import retracted_by
from assets.services.reading.validity import Since, contracts_since, still_said_sql

Parameters = list[Any]

ROW: Final = ("asset_id", "provider", "known_at", "observation_id", "as_of")
"""What the rule looks at in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBy:
    """Which rows count: those known by a moment, those of some observations; all when nothing is said.

    `since` leaves out what was said of a contract before the one that speaks for its asset now, `retracted`
    the observations that a person has taken back. `until` leaves out what is dated later: told while our
    clock was ahead, it would be the newest word until that day comes.
    """

    moment: datetime | None = None
    until: datetime | None = None
    observations: Collection[int] | None = None
    since: Since = field(default_factory=dict)
    retracted: Collection[int] = ()

    @classmethod
    def of(
        cls,
        asset_ids: Sequence[int],
        *,
        now: datetime,
        present: Collection[str],
        known_by: datetime | None = None,
        observations: Collection[int] | None = None,
    ) -> "KnownBy":
        """The rows of these assets that count at a moment, for score and page alike.

        `present` are the providers who were ever asked.
        """
        moment = known_by or now
        return cls(
            moment=known_by,
            until=now + CLOCKS_APART,
            observations=observations,
            since=contracts_since(asset_ids, moment),
            retracted=retracted_by(moment, present=present),
        )

    @property
    def of_places(self) -> "KnownBy":
        """The same of pools and books, which end by rows of their own."""
        return KnownBy(moment=self.moment, until=self.until, observations=self.observations)

    def rows(self) -> Q:
        return Q() if self == EVERYTHING else Q(Counts(known=self))

    def conditions(self, connection: BaseDatabaseWrapper, *row: str) -> tuple[list[str], Parameters]:
        """What has to hold of a row in SQL; `row` are its columns as in `ROW`."""
        asset, provider, known_at, observation, as_of = row
        conditions, parameters = list[str](), Parameters()
        if self.moment is not None:
            conditions.append(f"{known_at} <= %s")
            parameters.append(connection.ops.adapt_datetimefield_value(self.moment))
        if self.until is not None:
            conditions.append(f"{as_of} <= %s")
            parameters.append(connection.ops.adapt_datetimefield_value(self.until))
        if self.observations is not None:
            among, listed = _among(connection, self.observations)
            conditions.append(f"{observation} IN {among}")
            parameters.append(listed)
        if self.retracted:
            among, listed = _among(connection, self.retracted)
            conditions.append(f"{observation} NOT IN {among}")
            parameters.append(listed)
        if self.since:
            still_said, of_since = still_said_sql(connection, self.since, asset, provider, known_at)
            conditions.append(still_said)
            parameters += of_since
        return conditions, parameters


EVERYTHING: Final = KnownBy()


class Counts(Func):
    """Whether a row counts, of whatever model has the columns of `ROW`."""

    output_field = BooleanField()

    def __init__(self, *row: Any, known: KnownBy) -> None:
        super().__init__(*(row or map(F, ROW)))
        self.known = known

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any) -> Any:
        columns = [compiler.compile(each)[0] for each in self.source_expressions]
        conditions, parameters = self.known.conditions(connection, *columns)
        return f"({' AND '.join(conditions)})", parameters


def _among(connection: BaseDatabaseWrapper, observations: Collection[int]) -> tuple[str, Any]:
    """These ids as a table, and its one parameter."""
    listed = [int(each) for each in observations]
    if connection.vendor == "sqlite":
        return "(SELECT value FROM json_each(%s))", orjson.dumps(listed).decode()
    return "(SELECT unnest(%s::bigint[]))", listed
