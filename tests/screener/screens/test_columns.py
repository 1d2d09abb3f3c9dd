from assets.metrics.measure import MEASURES
from screener.checklist import DIMENSIONS
from screener.screens.columns import CATEGORIES, COLUMNS, GATES, label
from screener.templatetags.figures import UNITS


def test_every_column_has_a_source_that_exists_and_a_unit_that_can_be_shown():
    sources = {each.name for each in MEASURES} | {each.id for each in DIMENSIONS} | {"total", "coverage"}
    assert {each.source for each in COLUMNS} <= sources
    assert {each.unit for each in COLUMNS} <= set(UNITS)


def test_keys_do_not_collide_in_an_address():
    keys = [each.key for each in (*COLUMNS, *CATEGORIES)] + ["q", "gates", "sort", "page"]
    keys += [f"{each.key}_{end}" for each in COLUMNS for end in ("min", "max")]
    assert len(keys) == len(set(keys))


def test_every_dimension_is_a_column():
    assert {each.id for each in DIMENSIONS} <= {each.key for each in COLUMNS}


def test_a_label_is_the_text_itself():
    assert label("Price") == "Price"
    assert set(GATES) == {"clear", "open", "unverified"}
