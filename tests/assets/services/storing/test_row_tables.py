from dataclasses import fields

from assets.models import MODEL_OF
from assets.services.storing.row_tables import CHILDREN_OF
from assets.sourcing import rows as facts


def test_every_kind_of_row_has_a_place_and_every_field_a_column():
    kinds = {kind.__name__ for kind in facts.Row.__subclasses__()} - {"ListingRow"}
    assert kinds == {kind.__name__ for kind in MODEL_OF}
    for kind, model in MODEL_OF.items():
        columns = {each.name for each in model._meta.get_fields()}
        children = {CHILDREN_OF[kind].field} if kind in CHILDREN_OF else set()
        assert {each.name for each in fields(kind)} - children <= columns
