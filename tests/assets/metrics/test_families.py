import pytest

from assets.metrics.families import FAMILIES, FAMILY_NAMES, FAMILY_OF, RESOLVED
from assets.metrics.family import KINDS
from assets.models import FACT_MODELS, MODEL_OF, RESOLVED_MODEL_OF
from assets.sourcing.rows import ListingRow, Row

DERIVED = {"circulating_year_ago", "listed_on", "asset_id", "units_in_cap", "units_in_diluted"}
"""Columns that reading works out of others."""


def test_each_family_stands_once():
    assert len(FAMILY_OF) == len(FAMILY_NAMES) == len(FAMILIES)
    assert len({each.frame for each in RESOLVED}) == len(RESOLVED)
    assert all(set(each.kinds) <= set(KINDS) for each in FAMILIES)


def test_each_kind_of_row_has_one_model_and_each_model_a_family():
    rows = {each.__name__ for each in Row.__subclasses__()} - {ListingRow.__name__}
    assert {each.__name__ for each in MODEL_OF} == rows
    assert len(MODEL_OF) == len(rows) == len(FACT_MODELS)
    assert {each.family for each in FACT_MODELS} == set(FAMILY_NAMES) - {"listing"}
    assert set(RESOLVED_MODEL_OF) == {each.name for each in RESOLVED}


@pytest.mark.parametrize("family", RESOLVED, ids=lambda each: each.name)
def test_what_a_family_names_its_model_has(family):
    model = RESOLVED_MODEL_OF[family.name]
    fields = {each.name for each in model._meta.get_fields()}
    assert set(family.columns) - DERIVED <= fields
    assert {*family.place, *family.basis} <= fields
    if family.children:
        below = model._meta.get_field(family.children.field).related_model
        assert set(family.children.columns) <= {each.name for each in below._meta.get_fields()}
        assert not family.children.looked_at or family.children.looked_at in fields
