import re
from pathlib import Path

import pytest

from screener.screens.columns import CATEGORIES, COLUMNS
from screener.screens.query import parse
from screener.screens.reference import query_reference

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "query.md"
ROWS = [line for line in query_reference().splitlines() if line.startswith("| `")]
EXAMPLES = [
    text
    for line in ROWS[: -len(COLUMNS)]
    for text in re.findall(r"`([^`]+)`", line.split(" | ")[0])
    if not text.startswith("missing:runway")
]


def test_the_document_is_that_of_the_code():
    assert DOCUMENT.read_text() == query_reference(), (
        "Run `manage.py checklist --query > docs/query.md` and commit it."
    )


def test_every_field_and_category_stands_in_it():
    fields = [line for line in ROWS if line.startswith(tuple(f"| `{each.key}` " for each in COLUMNS))]
    assert len(fields) == len(COLUMNS)
    assert all(f"`{each.key}`" in query_reference() for each in CATEGORIES)


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_can_be_asked(text):
    assert parse(text)


def test_the_block_at_the_head_can_be_asked():
    block = re.search(r"```\n(.*?)\n```", query_reference(), re.DOTALL)
    assert parse(block[1])


def test_every_row_has_as_many_cells_as_its_head():
    cells = {len(re.findall(r"(?<!\\)\|", line)) for line in ROWS[-len(COLUMNS) :]}
    assert cells == {4}
