"""Upgrade while the old version runs: the newest migrations do nothing that it can't live with.

Expand, then contract: a column that the old version does not know may be null or has a default in the
database X
"""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

BASELINE: Final = {"assets": 39, "screener": 11}
"""Migrations up to these came before the rule."""

CONTRACTS: Final[dict[str, str]] = {}
"""Migrations that take something away, as app.name, each with the release that used it last."""

HARMLESS: Final = (
    migrations.CreateModel,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.RenameIndex,
    migrations.RemoveConstraint,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.RunPython,
)


def problems(operation: Operation, fields: dict[tuple[str, str], models.Field]) -> Iterator[str]:
    """Why an old version can't live with an operation; `fields` are those before it, by model and name."""
    if isinstance(operation, HARMLESS):
        return
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        for part in operation.database_operations:
            yield from problems(part, fields)
    elif isinstance(operation, migrations.AddField):
        if not (operation.field.null or operation.field.has_db_default() or operation.field.many_to_many):
            yield f"{operation.name} is neither null nor has a db_default"
    elif isinstance(operation, migrations.AlterField):
        before = fields.get((operation.model_name_lower, operation.name_lower))
        if before is None or not _is_wider(operation.field, before):
            yield f"{operation.name} takes less than before"
    else:
        yield f"{operation.describe()} takes away what the old version uses, or refuses what it writes"


def _is_wider(after: models.Field, before: models.Field) -> bool:
    """Whether it takes every value that it took, in a column of the same type."""
    same_type = type(after) is type(before) and after.db_column == before.db_column
    longest = before.max_length or 0 if after.max_length is not None else 0
    return (
        same_type
        and (after.null or not before.null)
        and (after.max_length or longest) >= longest
        and (before.unique or not after.unique)
    )


def newest_operations() -> Iterator[tuple[str, Operation, dict[tuple[str, str], models.Field]]]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if app in BASELINE and int(name[:4]) > BASELINE[app] and f"{app}.{name}" not in CONTRACTS:
            state = loader.project_state((app, name), at_end=False)
            fields = {
                (model, field_name.lower()): field
                for (label, model), found in state.models.items()
                if label == app
                for field_name, field in found.fields.items()
            }
            for operation in migration.operations:
                yield f"{app}.{name}", operation, fields


def test_an_old_version_can_live_with_the_newest_migrations(settings):
    settings.MIGRATION_MODULES = {}
    found = [
        f"{name}: {problem}"
        for name, operation, fields in newest_operations()
        for problem in problems(operation, fields)
    ]
    assert found == []


def test_the_baseline_is_of_migrations_that_exist(settings):
    settings.MIGRATION_MODULES = {}
    numbers = [
        (app, int(name[:4]))
        for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations
        if app in BASELINE
    ]
    assert set(BASELINE.items()) <= set(numbers)


TEXT = models.CharField(max_length=8)
NAMED: dict[str, Any] = {"model_name": "asset", "name": "field"}


@pytest.mark.parametrize(
    ("operation", "is_fine"),
    [
        (migrations.AddField(**NAMED, field=models.CharField(max_length=8, default="")), False),
        (migrations.AddField(**NAMED, field=models.CharField(max_length=8, default="", db_default="")), True),
        (migrations.AddField(**NAMED, field=models.IntegerField(null=True)), True),
        (migrations.AlterField(**NAMED, field=models.CharField(max_length=9)), True),
        (migrations.AlterField(**NAMED, field=models.CharField(max_length=7)), False),
        (migrations.AlterField(**NAMED, field=models.CharField(max_length=8, null=True)), True),
        (migrations.AlterField(**NAMED, field=models.CharField(max_length=8, unique=True)), False),
        (migrations.AlterField(**NAMED, field=models.IntegerField()), False),
        (migrations.RemoveField(**NAMED), False),
        (migrations.RenameField("asset", "field", "other"), False),
        (migrations.DeleteModel("asset"), False),
        (migrations.CreateModel("other", []), True),
        (migrations.RunPython(migrations.RunPython.noop), True),
        (migrations.RunSQL("DROP TABLE x"), False),
        (
            migrations.AddConstraint(
                "asset", models.CheckConstraint(condition=models.Q(field="x"), name="only_x")
            ),
            False,
        ),
        (
            migrations.SeparateDatabaseAndState(
                database_operations=[migrations.RemoveField(**NAMED)], state_operations=[]
            ),
            False,
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Operation) else None,
)
def test_what_takes_away_or_refuses_is_found(operation, is_fine):
    for name, field in (("field", TEXT), ("other", models.IntegerField())):
        field.set_attributes_from_name(name)
    if isinstance(operation, migrations.AlterField):
        operation.field.set_attributes_from_name("field")
    assert (list(problems(operation, {("asset", "field"): TEXT})) == []) is is_fine


def test_what_stops_being_null_refuses_what_the_old_version_writes():
    nullable = models.CharField(max_length=8, null=True)
    operation = migrations.AlterField(**NAMED, field=models.CharField(max_length=8))
    for field in (nullable, operation.field):
        field.set_attributes_from_name("field")
    assert list(problems(operation, {("asset", "field"): nullable}))
