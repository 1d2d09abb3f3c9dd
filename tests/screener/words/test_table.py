import pytest

from screener.words.table import heading

NAME = {"key": "name", "label": "Asset", "address": "/?sort=name&q=a", "is_number": False, "direction": ""}
PRICE = NAME | {"key": "price", "label": "Price <b>", "is_number": True}


@pytest.mark.parametrize(
    ("column", "css"),
    [
        (NAME, "asset-cell"),
        (PRICE, "number"),
        (PRICE | {"key": "score"}, "rating"),
        (NAME | {"key": "gates"}, ""),
    ],
)
def test_each_kind_of_column_has_its_class(column, css):
    assert heading(column).startswith(f'<th scope="col" class="{css}">')


def test_a_column_that_sorts_is_a_link_and_says_in_which_direction():
    assert '<a href="/?sort=name&amp;q=a" id="sort-price">Price &lt;b&gt;</a>' in heading(PRICE)
    assert "aria-sort" not in heading(PRICE)
    assert ' aria-sort="descending"' in heading(PRICE | {"direction": "descending"})
    assert heading(PRICE | {"address": ""}) == '<th scope="col" class="number">Price &lt;b&gt;</th>'


def test_what_it_is_for_and_what_is_to_be_said_of_it_stand_beside_the_name():
    said = heading(PRICE | {"size": "$25 K", "note": "your limits", "description": 'of "one"'})
    assert ' title="of &quot;one&quot;"' in said
    assert '<span class="hint">for $25 K</span> <span class="hint">your limits</span></th>' in said
    assert "hint" not in heading(PRICE | {"size": "", "note": "", "description": ""})
