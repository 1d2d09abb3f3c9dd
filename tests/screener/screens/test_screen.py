import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.screens.columns import COLUMNS, SHOWN
from screener.screens.conditions import EVERYTHING
from screener.screens.query import parse
from screener.screens.screen import SCREENER, Screen, read_screen
from tests.screener.screens.strategies import conditions


def read(**params):
    return read_screen({key: value if isinstance(value, list) else [value] for key, value in params.items()})


def test_nothing_said_is_everything_by_score():
    assert read() == (Screen(), ())
    assert Screen().to_params() == []
    assert Screen().condition == EVERYTHING


def test_query_and_panel_ask_together():
    screen, problems = read(q="foo not gate:any", kind=["token", "equity"], market_cap_max="100m", page="3")
    assert problems == ()
    assert screen.condition == parse("foo not gate:any kind:token,equity market_cap <= 100m")
    assert screen.page == 3


def test_older_names_of_columns_still_mean_them():
    screen, problems = read(sort="-total", columns="top10,volume", total_min="20")
    assert problems == ()
    assert (screen.sort, screen.columns) == ("-score", ("top10_adj", "volume"))
    assert screen.query == "score >= 20"


@pytest.mark.parametrize("columns", ["price,volume", ["price", "volume"], ["price,volume", "price"]])
def test_columns_come_with_commas_or_word_by_word(columns):
    assert read(columns=columns)[0].columns == ("price", "volume")


@pytest.mark.parametrize(
    ("params", "key", "hint"),
    [
        ({"markt_cap_max": "1m"}, "markt_cap_max", "market_cap_max"),
        ({"xyzzy": "red"}, "xyzzy", None),
        ({"sort": "market_kap"}, "sort", "market_cap"),
        ({"columns": "price,volum"}, "columns", "volume"),
        ({"q": "mcap < 5"}, "q", "market_cap"),
        ({"q": "market_cap <"}, "q", None),
        ({"page": "0"}, "page", None),
        ({"page": "-1"}, "page", None),
        ({"page": "two"}, "page", None),
        ({"page": "٣"}, "page", None),
        ({"market_cap_min": "lots"}, "market_cap_min", None),
    ],
)
def test_what_makes_no_sense_is_told_and_the_rest_still_applies(params, key, hint):
    screen, (problem,) = read(**params, kind="token")
    assert (problem.key, problem.values.get("hint")) == (key, hint)
    assert parse("kind:token") == screen.condition
    assert problem.text.format(**problem.values)


SCREENS = st.builds(
    Screen,
    condition=conditions(),
    sort=st.tuples(st.sampled_from(["", "-"]), st.sampled_from(sorted(SCREENER.sortable))).map("".join),
    columns=st.lists(st.sampled_from([each.key for each in COLUMNS]), min_size=1, unique=True).map(tuple),
    page=st.integers(1, 10**6),
)


@given(SCREENS)
def test_an_address_brings_back_the_screen(screen):
    params = {}
    for key, value in screen.to_params():
        params.setdefault(key, []).append(value)
    if len(screen.query) <= 2_000:
        assert read_screen(params) == (screen, ())


@given(st.dictionaries(st.sampled_from(["q", "sort", "columns", "page", "gates", "score_min"]), st.text()))
def test_no_words_are_too_strange(words):
    screen, _problems = read_screen({key: [value] for key, value in words.items()})
    assert screen.columns
    assert screen.sort.removeprefix("-") in SCREENER.sortable
    assert set(SHOWN) <= {each.key for each in COLUMNS}


def test_of_many_strange_words_a_few_are_named():
    screen, problems = read(**{f"market_cap_mix{place}": "1" for place in range(500)}, kind="token")
    assert len(problems) == 5
    assert screen.condition == parse("kind:token")
    screen, problems = read(columns=",".join(f"prize{place}" for place in range(500)) + ",price")
    assert (len(problems), screen.columns) == (5, ("price",))


def test_a_long_word_is_not_compared_with_ours():
    _screen, (problem,) = read(**{"market_cap_max" * 40: "1"})
    assert "hint" not in problem.values


def test_query_and_panel_together_have_the_limits_of_one_question():
    screen, (problem,) = read(q=" or ".join(["pct(score) > 5"] * 10) + " or pct(price) > 5")
    assert problem.counts == {"most": 10, "count": 11}
    assert screen.condition == EVERYTHING
    screen, (problem,) = read(q="kind:token", chain=[f"c{place}" for place in range(200)])
    assert problem.counts == {"most": 200, "count": 201}
    assert screen.condition == EVERYTHING


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("7", 7), ("", None), ("0", None), ("x", None), ("-1", None), ("٣", None), ("9" * 19, None)],
)
def test_it_knows_which_saved_screen_it_came_from(typed, expected):
    screen, problems = read_screen({"q": ["kind:token"], "screen": [typed]})
    assert (screen.saved_id, problems) == (expected, ())
    assert dict(screen.to_params()).get("screen") == (typed if expected else None)
    assert screen.asking(EVERYTHING).saved_id == expected
