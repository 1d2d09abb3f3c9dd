import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sourcing.contract import DamagedError
from assets.sourcing.piped import read_piped
from assets.sourcing.reading import RowReader

END = re.compile(r"rows: ([0-9]+)")
CELLS = st.text(st.characters(codec="ascii", exclude_categories=["Cc"], exclude_characters="|"), max_size=5)


def read(text, *, needs=("name", "count"), ends=END, reader=None):
    return read_piped(text.encode(), needs=needs, ends=ends, reader=reader or RowReader())


def test_rows_by_the_names_of_their_columns_and_what_the_last_line_says():
    found = read("\ufeffname | count\r\na| 1\r\n\r\nb|2\r\nrows: 2\r\n")
    assert found.rows == ({"name": "a", "count": "1"}, {"name": "b", "count": "2"})
    assert found.ending == ("2",)


def test_a_list_without_a_last_line_of_its_own_ends_with_a_row():
    assert read("name|count\na|1\n", ends=None).rows == ({"name": "a", "count": "1"},)


def test_a_row_of_another_width_is_rejected_by_name():
    reader = RowReader()
    assert read("name|count\na|1|2\nb\nrows: 0", reader=reader).rows == ()
    assert reader.parsed([]).remarks == ("a: its row has 3 columns.", "b: its row has 1 columns.")


@pytest.mark.parametrize("text", ["", "\n", "other|count\nrows: 0", "name|count\na|1", "name|count"])
def test_what_is_not_the_list_or_not_all_of_it_is_asked_for_again(text):
    with pytest.raises(DamagedError):
        read(text)


@given(st.lists(st.tuples(CELLS, CELLS)))
def test_every_row_comes_back_without_the_blanks_around_its_values(rows):
    text = "\n".join(["name|count", *("|".join(each) for each in rows), "rows: 5"])
    assert [(each["name"], each["count"]) for each in read(text).rows] == [
        (name.strip(), count.strip()) for name, count in rows
    ]
