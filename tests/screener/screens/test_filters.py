import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.screens.columns import CATEGORIES, COLUMNS, GATES
from screener.screens.filters import Screen, amount_of, read_screen, written


def read(**params):
    return read_screen({key: value if isinstance(value, list) else [value] for key, value in params.items()})


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("100m", 100e6),
        ("1.5b", 1.5e9),
        ("$10k", 10e3),
        ("40%", 0.4),
        (" 250,000 ", 250_000),
        ("2T", 2e12),
        (".5", 0.5),
        ("-20%", -0.2),
    ],
)
def test_amounts_are_read_as_people_write_them(text, number):
    assert amount_of(text) == pytest.approx(number)


@pytest.mark.parametrize("text", ["", "abc", "1e5", "10 mm", "nan", "inf", "--1", "1" * 40, "٣", "1;2"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError):
        amount_of(text)


def test_scores_may_be_written_as_percent():
    assert amount_of("60%", "score") == amount_of("60", "score") == 60


def test_an_address_is_read_into_a_screen():
    screen, problems = read(
        q=" foo ",
        kind=["token", "equity"],
        market_cap_max="100m",
        top10_max="40%",
        gates="clear",
        sort="volume",
        page="3",
    )
    assert problems == ()
    assert screen == Screen(
        text="foo",
        categories={"kind": ("token", "equity")},
        ranges={"market_cap": (None, 100e6), "top10": (None, 0.4)},
        gates="clear",
        sort="volume",
        page=3,
    )


@pytest.mark.parametrize(
    ("params", "key", "hint"),
    [
        ({"mcap_max": "1m"}, "mcap_max", "market_cap_max"),
        ({"markt_cap_max": "1m"}, "markt_cap_max", "market_cap_max"),
        ({"sort": "market_kap"}, "sort", "market_cap"),
        ({"gates": "opn"}, "gates", "open"),
        ({"page": "0"}, "page", None),
        ({"page": "-1"}, "page", None),
        ({"page": "two"}, "page", None),
        ({"market_cap_min": "lots"}, "market_cap_min", None),
        ({"market_cap_min": "2m", "market_cap_max": "1m"}, "market_cap_min", None),
    ],
)
def test_what_makes_no_sense_is_told_and_the_rest_still_applies(params, key, hint):
    screen, (problem,) = read(**params, kind="token")
    assert (problem.key, problem.values.get("hint")) == (key, hint)
    assert screen.categories == {"kind": ("token",)}
    assert problem.text.format(**problem.values)


RANGES = st.fixed_dictionaries(
    {}, optional={each.key: st.tuples(st.integers(1, 10**6), st.integers(10**6, 10**12)) for each in COLUMNS}
)
SCREENS = st.builds(
    Screen,
    text=st.text(alphabet="abc 12", max_size=10).map(str.strip),
    categories=st.fixed_dictionaries({}, optional={each.key: st.just(("x", "y")) for each in CATEGORIES}),
    ranges=RANGES,
    gates=st.sampled_from(["", *GATES]),
    sort=st.sampled_from(["-total", "market_cap", "name", "-name"]),
    page=st.integers(1, 999),
)


@given(SCREENS)
def test_a_screen_survives_its_own_address(screen):
    params = {}
    for key, value in screen.to_params():
        params.setdefault(key, []).append(value)
    assert read_screen(params) == (screen, ())


@given(
    st.floats(min_value=-1e15, max_value=1e15).map(lambda number: round(number, 6)),
    st.sampled_from(["usd", "share", "score", "days"]),
)
def test_what_is_written_reads_back(number, unit):
    assert amount_of(written(number, unit), unit) == number


@given(st.dictionaries(st.text(max_size=12), st.lists(st.text(max_size=20), max_size=3), max_size=5))
def test_no_address_breaks_it(params):
    screen, problems = read_screen(params)
    assert screen.page >= 1
    assert len(problems) <= 3 * len(params)


@pytest.mark.parametrize(
    ("key", "value", "left"),
    [("kind", "token", {"kind": ("equity",)}), ("market_cap", "", {}), ("q", "", {}), ("gates", "", {})],
)
def test_one_condition_can_be_taken_away(key, value, left):
    screen, _ = read(q="a", kind=["token", "equity"], market_cap_max="1m", gates="open", page="4")
    without = screen.without(key, value)
    assert without.page == 1
    assert without != screen
    if left:
        assert without.categories == left


def test_a_screen_without_conditions_is_everything():
    assert Screen().is_everything
    assert Screen(sort="name", page=2).is_everything
    assert not Screen(text="a").is_everything
