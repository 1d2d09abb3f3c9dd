"""Tables of rows: where each kind goes, which of its fields are columns and which are rows of their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Final

from django.db.models import ManyToOneRel, Model

from assets.metrics.families import FAMILY_OF
from assets.models import MODEL_OF, DisclosureSnapshot, FactRow
from assets.sourcing.rows import DisclosureRow, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildTable:
    """Where the rows below a kind of row go: `field` of the row, the model, its key and its other fields."""

    field: str
    model: type[Model]
    parent: str
    names: tuple[str, ...]

    @classmethod
    def of(cls, parent: type[FactRow]) -> "ChildTable | None":
        below = FAMILY_OF[parent.family].children
        if below is None:
            return None
        relation = parent._meta.get_field(below.field)
        assert isinstance(relation, ManyToOneRel)  # noqa: S101 - tells mypy what a reverse relation is
        model = relation.related_model
        names = (each.name for each in model._meta.concrete_fields if not each.primary_key)
        return cls(
            field=below.field,
            model=model,
            parent=relation.field.name,
            names=tuple(each for each in names if each != relation.field.name),
        )


CHILDREN_OF: Final = {
    row: children for row, model in MODEL_OF.items() if (children := ChildTable.of(model)) is not None
}
"""Of which kinds of row a field becomes rows of its own."""


def _is_below(kind: type[Row], name: str) -> bool:
    return kind in CHILDREN_OF and CHILDREN_OF[kind].field == name


PLAIN_FIELDS: Final[dict[type[Row], list[str]]] = {
    kind: [
        each.name
        for each in fields(kind)
        if each.name not in {"asset", "as_of"} and not _is_below(kind, each.name)
    ]
    for kind in MODEL_OF
}


def said_in(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What a row says in these fields: to ask for all of them at once costs a third of asking one by one."""
    if not names:
        return lambda _row: ()
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda row: (get(row),)


def derived_of(row: Row | FactRow) -> dict[str, Any]:
    if isinstance(row, DisclosureSnapshot):
        return {"audits_known": row.audits_known}
    return {"audits_known": row.audits is not None} if isinstance(row, DisclosureRow) else {}
