from dataclasses import fields

import pytest

from assets.sheets.cells import CellError
from assets.sheets.figures import FIGURES, FUNDAMENTALS
from assets.sourcing.rows import FundamentalsRow
from tests.assets.providers.answers import MAY_BE_NEGATIVE


def test_every_figure_of_the_row_has_a_column():
    """But for what only a reader of all reports can tell: since when they compare."""
    fields_of_row = {each.name for each in fields(FundamentalsRow)} - {
        "asset",
        "as_of",
        "comparable_since",
        "rescaled_by",
    }
    names = {column.name for column in FUNDAMENTALS.columns}
    assert fields_of_row <= names


@pytest.mark.parametrize("column", FIGURES, ids=lambda column: column.name)
def test_only_results_may_be_negative(column):
    if column.name in MAY_BE_NEGATIVE:
        assert column.read("-5") == -5
    else:
        with pytest.raises(CellError, match="negative"):
            column.read("-5")
