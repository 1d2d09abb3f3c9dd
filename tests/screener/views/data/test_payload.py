import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.models import Payload
from screener.views.data.payload import MOST_SHOWN, indented, shown_text

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('{"a":[1,2.10,{}],"b":[]}', '{\n  "a": [\n    1,\n    2.10,\n    {}\n  ],\n  "b": []\n}'),
        ('{"a": "x, {y} \\" z"}', '{\n  "a": "x, {y} \\" z"\n}'),
        ("[1e-17, 1.000]", "[\n  1e-17,\n  1.000\n]"),
        ('[{"a":"cut off he', '[\n  {\n    "a": "cut off he'),
        ('["ends in \\', '[\n  "ends in \\'),
        ("]]]", "\n]\n]\n]"),
        ("", ""),
    ],
)
def test_json_gets_a_line_a_value_and_keeps_every_digit(body, text):
    assert indented(body) == text


@given(JSON)
def test_indenting_changes_nothing_but_space(value):
    assert json.loads(indented(json.dumps(value, ensure_ascii=False))) == value


def test_a_body_of_brackets_does_not_grow_out_of_hand():
    assert len(indented("[" * 50_000)) < 50_000 * 64


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "text", "is_cut"),
    [
        (b"plain {text}", "plain {text}", False),
        (b'{"a":1}', '{\n  "a": 1\n}', False),
        (b"\xff\xfe", "\ufffd\ufffd", False),
        (b"", "", False),
        (b"x" * (MOST_SHOWN + 1), "x" * MOST_SHOWN, True),
    ],
)
def test_what_is_shown_of_a_body(body, text, is_cut):
    shown = shown_text(Payload.keep(body))
    assert (shown.text, shown.is_cut) == (text, is_cut)
