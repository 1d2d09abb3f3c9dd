"""Point-in-time read: the answers that may count, of each asset (or pool, or order book) and provider.

Of each provider these are the newest answer and those before it that are no older beside it than the
family may be; `metrics.precedence` says which of them give what. The database is asked for a little more
than that where it counts in whole seconds.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    Func,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
    Window,
)
from django.db.models.sql.compiler import SQLCompiler

from assets.metrics.family import Children, Family
from assets.models import RESOLVED_MODEL_OF, Asset, FactRow, RefreshRun
from assets.providers import providers_of

OWNER: Final = "owner"
"""The row itself, where the rows below it are known as a whole: a column like any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBy:
    """Which rows count: those known by a moment, those of some observations; all when nothing is said."""

    moment: datetime | None = None
    observations: Collection[int] | None = None

    def rows(self, prefix: str = "") -> Q:
        counts = Q()
        if self.moment is not None:
            counts &= Q(**{f"{prefix}known_at__lte": self.moment})
        if self.observations is not None:
            # No observation has the id 0; without any PostgreSQL would not know the type of what it compares.
            counts &= Q(**{f"{prefix}observation__in": self.observations or (0,)})
        return counts


EVERYTHING: Final = KnownBy()


class Before(Func):
    """A moment so long before this one, rounded down to a second."""

    output_field = DateTimeField()

    def __init__(self, moment: Any, *, span: timedelta) -> None:
        super().__init__(moment)
        self.seconds = round(span.total_seconds())

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any) -> Any:
        template = f"datetime(%(expressions)s, '-{self.seconds} seconds')"
        return super().as_sql(compiler, connection, template=template)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any) -> Any:
        template = f"(%(expressions)s - interval '{self.seconds} seconds')"
        return super().as_sql(compiler, connection, template=template)


def present_providers() -> set[str]:
    """Those who were ever asked: nobody else can have answered anything."""
    return set(RefreshRun.objects.order_by().values_list("provider", flat=True).distinct())


def answers_of(
    family: Family,
    assets: QuerySet[Asset],
    *,
    present: Collection[str],
    known: KnownBy = EVERYTHING,
) -> QuerySet[Any]:
    """The rows of this family that may count, in the order of their assets and ids."""
    model = RESOLVED_MODEL_OF[family.name]
    if family.place:
        rows = _of_each_place(model, family, assets, known)
    else:
        providers = [each for each in providers_of(family.name) if each in present]
        rows = _of_each_asset(model, family, assets, providers, known)
    if family.children:
        rows = rows.annotate(**{OWNER: _owner(model, family.children)})
    return rows.order_by("asset_id", "id")


def _of_each_asset(
    model: type[FactRow],
    family: Family,
    assets: QuerySet[Asset],
    providers: Sequence[str],
    known: KnownBy,
) -> QuerySet[Any]:
    """By two index look-ups for each asset and provider, however long the history is."""
    counts = Q(pk__in=())
    name = model._meta.model_name
    for provider in providers:
        history = model._default_manager.filter(known.rows(), asset=OuterRef("pk"), provider=provider)
        newest = Subquery(history.order_by("-as_of", "-id").values("as_of")[:1])
        recent = Q(**{f"{name}__provider": provider, f"{name}__as_of__gte": _recent(newest, family)})
        counts |= Q(pk__in=assets.order_by().filter(recent, known.rows(f"{name}__")).values(f"{name}__pk"))
    return model._default_manager.filter(counts)


def _of_each_place(
    model: type[FactRow], family: Family, assets: QuerySet[Asset], known: KnownBy
) -> QuerySet[Any]:
    history = model._default_manager.filter(known.rows(), asset__in=assets.order_by().values("pk"))
    newest = Window(Max("as_of"), partition_by=[F("asset_id"), F("provider"), *map(F, family.place)])
    return history.annotate(newest=newest).filter(as_of__gte=_recent(F("newest"), family))


def _recent(newest: Any, family: Family) -> Any:
    return Before(newest, span=family.stale_after) if family.stale_after else newest


def _owner(model: type[FactRow], children: Children) -> Case | F:
    if children.may_be_empty:
        return F("pk")
    if children.looked_at:
        return Case(When(**{children.looked_at: True}, then=F("pk")))
    relation = model._meta.get_field(children.field)
    below = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})  # type: ignore[union-attr]
    return Case(When(Exists(below), then=F("pk")))
