import json

import pytest

from assets.models import Payload
from screener.views.data.shown_passage import AROUND, shown_passage

pytestmark = pytest.mark.django_db


def kept(value):
    return Payload.keep(value if isinstance(value, bytes) else json.dumps(value).encode())


def test_an_object_stands_between_its_neighbours_a_line_a_value():
    shown = shown_passage(kept([{"id": "alpha"}, {"id": "beta"}, {"id": "gamma"}]), [["beta"]])
    assert (shown.path, shown.number, shown.has_more) == ("$[1]", 1, False)
    assert shown.text == '  {\n    "id": "beta"\n  },'
    assert shown.before == '  {\n    "id": "alpha"\n  },\n'
    assert '"gamma"' in shown.after
    assert (shown.is_cut_above, shown.is_cut_below) == (True, False)


@pytest.mark.parametrize(
    ("number", "path", "has_more"), [(1, "$[0]", True), (2, "$[2]", False), (9, "$[2]", False)]
)
def test_a_reader_goes_from_passage_to_passage(number, path, has_more):
    shown = shown_passage(kept([{"id": "beta"}, {}, {"of": "beta"}]), [["beta"]], number=number)
    assert (shown.path, shown.has_more) == (path, has_more)


def test_the_surest_name_that_is_there_counts():
    body = kept([{"symbol": "BET"}, {"address": "0xb2"}])
    assert shown_passage(body, [["0xb2"], ['"BET"']]).path == "$[1]"
    assert shown_passage(body, [["0xc3"], ['"BET"']]).path == "$[0]"
    assert shown_passage(body, [["0xc3"]]) is None


def test_a_line_of_a_table_has_the_names_of_its_columns_above_it():
    body = "Symbol|Name\n" + "".join(f"S{each}|Company {each}\n" for each in range(10_000))
    shown = shown_passage(kept(body.encode()), [["S9000"]])
    assert (shown.line, shown.text, shown.header) == (9_002, "S9000|Company 9000", "Symbol|Name")
    assert shown.before.startswith("S")
    assert shown.before.endswith("S8999|Company 8999\n")
    assert len(shown.before) <= AROUND
    assert (shown.is_cut_above, shown.is_cut_below) == (True, True)


def test_an_answer_that_is_kept_no_longer_names_nothing():
    assert shown_passage(Payload(sha256="0", compressed=None, size_bytes=9), [["beta"]]) is None
