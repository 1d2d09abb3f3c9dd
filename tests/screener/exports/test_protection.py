import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.exports.protection import protected, protected_columns, protected_text
from tests.screener.exports.exported import HOSTILE

SIGNS = "=+-@＝＋－＠"
BLANKS = " \t\r\n\u00a0\u200b\u2028\u3000\ufeff"


@pytest.mark.parametrize(("text", "expected"), HOSTILE.items())
def test_hostile_names_become_plain_texts(text, expected):
    assert protected_text(text) == expected


@given(st.text(st.sampled_from(f"{SIGNS}{BLANKS}\x00a1'") | st.characters(codec="utf-8")))
def test_no_text_begins_like_a_formula_and_only_refused_characters_are_lost(text):
    found = protected_text(text)
    assert not found.lstrip(BLANKS).startswith(tuple(SIGNS))
    assert not found.startswith(("\t", "\r", "\n"))
    kept = "".join(each for each in text if each in "\t\n\r" or (each >= " " and each not in "\ufffe\uffff"))
    assert found in {kept, f"'{kept}"}


def test_what_is_not_known_stays_so():
    assert protected(pa.array(["=1", None, ""])).to_pylist() == ["'=1", None, ""]


def test_numbers_are_untouched():
    batch = pa.record_batch({"name": ["-1"], "price": [-1.0]})
    assert [column.to_pylist() for column in protected_columns(batch)] == [["'-1"], [-1.0]]
