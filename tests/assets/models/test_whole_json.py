import pytest
from django.db import OperationalError, connection
from django.db.migrations.writer import MigrationWriter

from assets.models import Asset
from assets.models.whole_json import DamagedRowError, WholeJSONField, is_damage
from tests.factories.scorecards import make_asset

pytestmark = pytest.mark.django_db


def write(column, text):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints=ON")
        cursor.execute(f"UPDATE assets_asset SET {column} = %s", [text])  # noqa: S608 - of a test


@pytest.mark.parametrize(("column", "text"), [("tags", '{"a": 1}'), ("tags", "3"), ("links", '["a"]')])
def test_json_of_another_shape_is_damage(column, text):
    asset = make_asset("Alpha")
    write(column, text)
    with pytest.raises(DamagedRowError, match=f"assets_asset is damaged: {column}"):
        Asset.objects.get(pk=asset.pk)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL keeps no JSON that is none")
def test_json_that_was_cut_is_damage():
    asset = make_asset("Alpha")
    write("tags", '["a", "b')
    with pytest.raises(DamagedRowError):
        Asset.objects.get(pk=asset.pk)


def test_what_is_whole_is_read_and_parts_of_it_may_be_anything():
    asset = make_asset("Alpha")
    write("links", '{"home": "https://a.example"}')
    assert Asset.objects.get(pk=asset.pk).links == {"home": "https://a.example"}
    assert Asset.objects.values_list("links__home", flat=True).get() == "https://a.example"


@pytest.mark.parametrize(
    ("options", "whole", "damaged"),
    [
        ({"default": list}, [[], ["a"], [1]], [None, "a", {}, 1]),
        ({"default": dict}, [{}, {"a": "b"}], [None, "a", [], 1]),
        ({"default": list, "parts": [str]}, [[], ["a"]], [[1], ["a", None], "a"]),
        ({"default": dict, "parts": [int, float]}, [{}, {"a": 1, "b": 1.5}], [{"a": "1"}, {"a": True}]),
        ({"default": None, "null": True, "shape": list, "parts": [float]}, [None, [1.5]], ["a", [None]]),
        ({}, ["a", 1, []], []),
    ],
)
def test_whole_is_what_has_the_shape_of_its_column_and_parts_of_its_types(options, whole, damaged):
    field = WholeJSONField(**options)
    field.model, field.column = Asset, "tags"
    assert [field.whole(each) for each in whole] == whole
    for each in damaged:
        with pytest.raises(DamagedRowError, match="assets_asset is damaged: tags"):
            field.whole(each)


def test_a_row_that_is_not_there_is_no_damage():
    """As of a card without a baseline, whose columns are joined."""
    assert WholeJSONField(shape=dict).from_db_value(None, None, connection) is None


def test_to_a_migration_it_is_a_column_as_any_other():
    field = WholeJSONField(default=list, shape=list, parts=[str])
    assert MigrationWriter.serialize(field)[0] == "models.JSONField(default=list)"


def test_damage_is_of_a_row_and_not_of_the_database():
    assert is_damage(OperationalError("Could not decode to UTF-8 column 'name' with text 'a'"))
    assert not is_damage(OperationalError("database is locked"))
