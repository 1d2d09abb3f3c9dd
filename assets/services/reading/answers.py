"""Point-in-time read: the answers that may count, of each asset (or pool, or order book) and provider.

Of each provider these are the newest answer and those before it that are no older beside it than the
family may be; `metrics.precedence` says which of them give what. The database is asked for a little more
than that where it counts in whole seconds.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any, Final

import orjson
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BooleanField,
    Case,
    DateTimeField,
    Exists,
    F,
    Func,
    Manager,
    Max,
    OuterRef,
    Q,
    QuerySet,
    When,
    Window,
)
from django.db.models.sql.compiler import SQLCompiler

from assets.metrics.family import Children, Family
from assets.models import RESOLVED_MODEL_OF, FactRow, RefreshRun
from assets.providers import in_parts, providers_of
from assets.services.reading.known_by import EVERYTHING, ROW, KnownBy, Parameters
from assets.services.reading.rows import Among

OWNER: Final = "owner"
"""The row itself, where the rows below it are known as a whole: a column like any other."""


class Before(Func):
    """A moment so long before this one; on SQLite rounded down to a second."""

    output_field = DateTimeField()

    def __init__(self, moment: Any, *, span: timedelta) -> None:
        super().__init__(moment)
        self.span = span

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any) -> Any:
        template = _before(self.span, connection, "%(expressions)s")
        return super().as_sql(compiler, connection, template=template)


class Recent(Func):
    """Whether a row is its provider's newest one about its asset, or recent beside it, or told in parts.

    Two look-ups in one index for each asset and provider, however long the history is; what Django would
    write of it, a subquery for each provider, takes longer to write than to answer.
    """

    output_field = BooleanField()

    def __init__(
        self,
        row: Any,
        *,
        model: type[FactRow],
        asset_ids: Sequence[int],
        providers: Sequence[str],
        span: timedelta,
        known: KnownBy,
        in_parts: Collection[str] = (),
    ) -> None:
        super().__init__(row)
        self.model, self.span, self.known = model, span, known
        self.asset_ids = [int(each) for each in asset_ids]
        self.providers = [each for each in providers if each not in in_parts]
        self.in_parts = [each for each in providers if each in in_parts]

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any) -> Any:
        row, of_row = compiler.compile(self.source_expressions[0])
        table = connection.ops.quote_name(self.model._meta.db_table)
        each, of_each = _listed(connection, self.asset_ids, self.providers)
        counts, of_counts = _counts(connection, self.known, "r")
        in_history, of_history = _counts(connection, self.known, "n")
        newest = (
            f"(SELECT n.as_of FROM {table} n WHERE n.asset_id = a.value AND n.provider = p.value{in_history}"  # noqa: S608 - our own names
            " ORDER BY n.as_of DESC, n.id DESC LIMIT 1)"
        )
        recent = (
            f"{row} IN (SELECT r.id FROM {each} CROSS JOIN {table} r WHERE r.asset_id = a.value"  # noqa: S608 - our own names
            f" AND r.provider = p.value AND r.as_of >= {_before(self.span, connection, newest)}{counts}"
        )
        parameters = [*of_row, *of_each, *of_history, *of_counts]
        if self.in_parts:
            each, of_each = _listed(connection, self.asset_ids, self.in_parts)
            recent += (
                f" UNION ALL SELECT r.id FROM {each} CROSS JOIN {table} r"  # noqa: S608 - our own names
                f" WHERE r.asset_id = a.value AND r.provider = p.value{counts}"
            )
            parameters += [*of_each, *of_counts]
        return f"{recent})", parameters


def _before(span: timedelta, connection: BaseDatabaseWrapper, moment: str) -> str:
    seconds = round(span.total_seconds())
    if connection.vendor == "sqlite":
        return f"datetime({moment}, '-{seconds} seconds')"
    return f"({moment} - interval '{seconds} seconds')"


def _listed(
    connection: BaseDatabaseWrapper, asset_ids: list[int], providers: list[str]
) -> tuple[str, Parameters]:
    """The assets `a` and the providers `p` as tables: a parameter each, whatever their number."""
    if connection.vendor == "sqlite":
        lists = [orjson.dumps(each).decode() for each in (asset_ids, providers)]
        return "json_each(%s) a CROSS JOIN json_each(%s) p", lists
    return "unnest(%s::bigint[]) a(value) CROSS JOIN unnest(%s::text[]) p(value)", [asset_ids, providers]


def _counts(connection: BaseDatabaseWrapper, known: KnownBy, row: str) -> tuple[str, Parameters]:
    """Of a row by this name what has to hold beside what a query asks of it already."""
    conditions, parameters = known.conditions(connection, *(f"{row}.{column}" for column in ROW))
    return "".join(f" AND {each}" for each in conditions), parameters


def present_providers() -> set[str]:
    """Those who were ever asked: nobody else can have answered anything."""
    return set(RefreshRun.objects.order_by().values_list("provider", flat=True).distinct())


def answers_of(
    family: Family,
    asset_ids: Sequence[int],
    *,
    present: Collection[str],
    known: KnownBy = EVERYTHING,
) -> QuerySet[Any]:
    """The rows of this family that may count, in the order of their assets and ids."""
    model = RESOLVED_MODEL_OF[family.name]
    if family.place:
        rows = _of_each_place(model, family, asset_ids, known)
    else:
        providers = [each for each in providers_of(family.name) if each in present]
        span = family.stale_after or timedelta(0)
        is_recent = Recent(
            F("pk"),
            model=model,
            asset_ids=asset_ids,
            providers=providers,
            span=span,
            known=known,
            in_parts=in_parts(),
        )
        rows = model._default_manager.filter(is_recent)
    if family.children:
        rows = rows.annotate(**{OWNER: _owner(model, family.children)})
    return rows.order_by("asset_id", "id")


def _of_each_place(
    model: type[FactRow], family: Family, asset_ids: Sequence[int], known: KnownBy
) -> QuerySet[Any]:
    """With the ends of places: what was known before one counts no longer, by whomever it was told.

    A place that is listed again lives, even where what is told of it is of before its end: an answer may be
    older than the day on which we hear it.
    """
    stored: Manager[Any] = model._default_manager  # of a model that has places: only these end
    history = stored.filter(known.of_places.rows(), Among(F("asset_id"), asset_ids))
    here = {name: OuterRef(name) for name in ("asset_id", *family.place)}
    ends = stored.filter(known.of_places.rows(), ended=True, known_at__gte=OuterRef("known_at"), **here)
    history = history.filter(Q(ended=True) | ~Exists(ends))
    newest = Window(Max("as_of"), partition_by=[F("asset_id"), F("provider"), *map(F, family.place)])
    recent = Before(F("newest"), span=family.stale_after or timedelta(0))
    return history.annotate(newest=newest).filter(as_of__gte=recent)


def _owner(model: type[FactRow], children: Children) -> Case | F:
    if children.may_be_empty:
        return F("pk")
    if children.looked_at:
        return Case(When(**{children.looked_at: True}, then=F("pk")))
    relation = model._meta.get_field(children.field)
    below = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})  # type: ignore[union-attr]
    return Case(When(Exists(below), then=F("pk")))
