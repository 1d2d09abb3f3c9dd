from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.validation.expressions import FUNCTIONS, ExpressionError, Scope, parse

NOW = datetime(2022, 1, 31, tzinfo=UTC)
SCOPE = Scope(
    columns={
        "a": np.array([1.0, 2.0, np.nan]),
        "b": np.array([4.0, 0.0, 5.0]),
        "word": np.array(["x", "y", None], dtype=object),
        "digits": np.array(["1.5", "two", None], dtype=object),
        "seen": np.array(["2022-01-01", "2022-01-30 12:00:00.000", "never"], dtype=object),
        "odd name": np.array([7.0, 8.0, 9.0]),
    },
    now=NOW,
    rows=3,
)
NAN = np.nan


def value(text):
    return parse(text)(SCOPE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", [2, 2, 2]),
        ("True", [1, 1, 1]),
        ("a + b * 2", [9, 2, NAN]),
        ("-(a - b) / 2", [1.5, -1, NAN]),
        ("a / b", [0.25, np.inf, NAN]),
        ("b % 3", [1, 0, 2]),
        ("2 ** a", [2, 4, NAN]),
        ("col('odd name') + 1", [8, 9, 10]),
        ("a < b", [1, 0, NAN]),
        ("a >= 1", [1, 1, NAN]),
        ("a == 2", [0, 1, NAN]),
        ("a != 2", [1, 0, NAN]),
        ("word == 'x'", [1, 0, NAN]),
        ("'x' != word", [0, 1, NAN]),
        ("a > 1 and b > 1", [0, 0, NAN]),
        ("a > 1 and b > 9", [0, 0, 0]),
        ("a > 1 or b > 1", [1, 1, 1]),
        ("a > 1 or b > 9", [0, 1, NAN]),
        ("not a > 1", [1, 0, NAN]),
        ("min(a, b, 3)", [1, 0, NAN]),
        ("max(a, 1.5)", [1.5, 2, NAN]),
        ("clip(b, 1, 4.5)", [4, 1, 4.5]),
        ("where(b > 0, a, -1)", [1, -1, NAN]),
        ("where(a > 1, 1, 0)", [0, 1, NAN]),
        ("isnan(a)", [0, 0, 1]),
        ("isnan(word)", [0, 0, 1]),
        ("first(a, b)", [1, 2, 5]),
        ("number(digits)", [1.5, NAN, NAN]),
        ("number(a)", [1, 2, NAN]),
        ("log(exp(a))", [1, 2, NAN]),
        ("log(b - 4)", [-np.inf, NAN, 0]),
        ("sqrt(b)", [2, 0, 5**0.5]),
        ("abs(-a) + floor(1.7)", [2, 3, NAN]),
        ("days_since(moment(seen))", [30, 0.5, NAN]),
        ("days_between(moment(seen), days_ago(0))", [30, 0.5, NAN]),
        ("days_since(from_unix(1640995200 * a))", [30, -18963, NAN]),
        ("days_since(days_ago(a))", [1, 2, NAN]),
    ],
)
def test_it_works_out_a_column(text, expected):
    np.testing.assert_allclose(value(text), expected)


def test_moments_and_texts_are_columns_too():
    assert value("days_ago(a)").tolist() == [datetime(2022, 1, 30), datetime(2022, 1, 29), None]  # noqa: DTZ001
    assert value("'burn'").tolist() == ["burn"] * 3
    assert value("where(b > 0, word, 'z')").tolist() == ["x", "z", None]
    assert value("first(word, 'z')").tolist() == ["x", "y", "z"]
    assert np.isnat(value("days_ago(1e9)")).all()


def test_it_names_what_it_rests_on():
    assert parse("where(a > fee, col('odd name'), 2)").names == {"a", "fee", "odd name"}


def test_a_column_of_one_value_can_be_written_to():
    result = value("1")
    result[0] = 2
    assert result.tolist() == [2, 1, 1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no expression"),
        ("a +", "no expression"),
        ("(" * 300 + "a" + ")" * 300, "no expression"),
        ("a.real", "not part of the language"),
        ("a[0]", "not part of the language"),
        ("[a for a in b]", "not part of the language"),
        ("lambda: a", "not part of the language"),
        ("a if b else 1", "not part of the language"),
        ("1 < a < 2", "not part of the language"),
        ("a // 2", "not part of the language"),
        ("~a", "not part of the language"),
        ("a in b", "not part of the language"),
        ("f'{a}'", "not part of the language"),
        ("b'x'", "not part of the language"),
        ("2j", "not part of the language"),
        ("(a := 1)", "not part of the language"),
        ("a.__class__()", "not part of the language"),
        ("max(a, key=b)", "not part of the language"),
        ("max(*a)", "not part of the language"),
        ("col(a)", "there is no function 'col'"),
        ("__import__('os')", "there is no function '__import__'"),
        ("mim(a, b)", "Is it 'min'"),
        ("clip(a, 1)", r"clip\(\) takes 3, not 2"),
        ("max(a)", r"max\(\) takes at least 2, not 1"),
    ],
)
def test_nothing_else_is_understood(text, message):
    with pytest.raises(ExpressionError, match=message):
        parse(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("wrod == 'x'", "no column 'wrod'. Is it 'word'"),
        ("zzzzzz", "There is: a, b, digits"),
        ("word + 1", r"these are texts; take number\(\)"),
        ("word > 1", "these are texts"),
        ("days_ago(a) + 1", r"these are moments; take days_since\(\)"),
        ("days_since(seen)", r"take moment\(\)"),
        ("moment(a)", "of seconds take from_unix"),
        ("where(a > 1, word, 2)", "of one kind"),
        ("log(word)", "these are texts"),
    ],
)
def test_what_can_not_be_worked_out_is_told_with_the_expression(text, message):
    with pytest.raises(ExpressionError, match=message) as result:
        value(text)
    assert text in str(result.value)


@given(st.text(max_size=30))
def test_any_text_is_an_expression_or_a_sentence(text):
    try:
        parsed = parse(text)
        result = parsed(SCOPE)
    except ExpressionError:
        return
    assert len(result) == 3


def test_each_function_is_explained():
    explained = (Path(__file__).parents[3] / "docs/validation.md").read_text(encoding="utf-8")
    assert [name for name in FUNCTIONS if f"`{name}(" not in explained] == []
