import re
from datetime import UTC, date, datetime, timedelta

import pytest

from screener.checklist import CRITERIA
from screener.words.markup import (
    age,
    ago,
    answer_value,
    answered,
    day,
    dimension_bars,
    figure,
    grade_badge,
    interval_bar,
    moment,
    rating,
    score_bar,
    state,
)

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
TOP_TEN = "holder_concentration.top_ten_share"


def test_the_exact_value_is_in_the_title():
    html = figure(1_234_567.89, "usd")
    assert 'value="1234567.89"' in html
    assert 'title="$1,234,567.89"' in html


@pytest.mark.parametrize("value", [None, float("nan"), ""])
def test_unknown_is_a_dash_with_its_reason_and_never_zero(value):
    html = figure(value, "usd", "no market")
    assert "—" in html
    assert 'title="no market"' in html
    assert "0" not in html


def test_moments_name_their_zone_and_unknown_ones_are_dashes():
    assert "2026-01-02 03:04 UTC" in moment(NOW)
    assert 'datetime="2026-01-02T03:04:00+00:00"' in age(NOW)
    assert "—" in age(None)
    assert "check the clock" in age(datetime.now(UTC) + timedelta(days=1))
    assert "check the clock" not in age(datetime.now(UTC) + timedelta(hours=1))
    assert "—" in moment(None)


def test_a_day_is_written_in_one_style():
    assert day(date(2026, 1, 2)) == '<time datetime="2026-01-02" data-day>2 Jan 2026</time>'
    assert 'datetime="2026-01-02"' in day(NOW)
    assert "—" in day(None)


def test_a_state_has_a_shape_and_a_word():
    assert "✕" in state("fail")
    assert "fail" in state("fail")


def test_a_stale_answer_is_shown_in_words_of_its_own_and_in_no_colour_of_an_answer():
    finding = {"state": "pass", "stale": False, "as_of": NOW.isoformat(), "value": 1.0, "values": {}}
    assert answered(finding) == state("pass")
    old = answered(finding | {"stale": True, "stale_as_of": NOW.isoformat()})
    assert 'class="state stale"' in old
    assert "passed " in old
    assert " ago" in old


@pytest.mark.parametrize(
    ("criterion", "state", "value", "values", "shown"),
    [
        ("transparency.filings_on_time", "caution", 2.0, {}, ">2<"),
        ("transparency.filings_on_time", "fail", 0.0, {"filings_missing_24m": 1.0}, ""),
        ("liquidity_depth.living_market", "caution", None, {}, ""),
        ("tokenomics.toxic_capital", "unknown", 0.0, {}, "—"),
        ("transparency.filings_on_time", "n-a", None, {}, ""),
        ("transparency.team", "unknown", None, {}, ""),
        (
            "holder_concentration.top_ten_share",
            "caution",
            0.304,
            {"top_ten_adjusted_low_share": 0.103},
            " – ",
        ),
        ("holder_concentration.top_ten_share", "pass", 0.2, {"top_ten_adjusted_low_share": 0.2}, ">20.0"),
    ],
)
def test_beside_an_answer_stands_the_figure_that_decided_it(criterion, state, value, values, shown):
    html = answer_value(CRITERIA[criterion], {"state": state, "value": value, "values": values})
    assert shown in html
    assert bool(html) == bool(shown)
    assert (" – " in html) == (shown == " – ")


def test_a_score_is_a_number_and_a_bar():
    html = score_bar(73.6)
    assert ">74<" in html
    assert 'width="73.6"' in html
    assert "style" not in html


def test_an_interval_is_drawn_and_told():
    html = score_bar(50.0, 20.0, 80.0)
    assert "20–80" in html
    assert 'x="20.0" y="1" width="60.0"' in html
    assert "–" not in score_bar(50.0, 50.0, 50.0), "nothing is open"


def test_an_unknown_score_is_a_dash():
    assert "—" in score_bar(None)


def test_what_is_not_rated_says_so_in_place_of_its_number():
    html = score_bar(None, 20.0, 80.0)
    assert "NR" in html
    assert "20–80" in html
    assert 'class="tick"' not in html
    assert 'class="tick"' not in interval_bar(None, 20.0, 80.0)


@pytest.mark.parametrize(("grade", "shown"), [("A", ">A<"), ("", ">NR<")])
def test_a_grade_is_a_letter_or_says_that_there_is_none(grade, shown):
    html = grade_badge(grade)
    assert shown in html
    assert "title=" in html


def test_the_total_stands_between_its_bounds():
    html = interval_bar(50.0, 20.0, 80.0)
    assert 'x="20.0" y="1" width="60.0"' in html
    assert 'x="49.5"' in html
    assert 'class="tick"' not in interval_bar(50.0, 50.0, 50.0)
    assert 'class="tick" x="99.0"' in interval_bar(100.0, 90.0, 100.0), "inside the bar"


def test_bars_of_the_dimensions_say_their_names_and_numbers():
    bars = dimension_bars([76.4, 49.0, None, 100.0, 0.0], kind="equity")
    assert 'title="Business 76 · Capital structure 49 · Liquidity depth NR · ' in bars
    assert bars.count('class="fill weak"') == 2
    assert bars.count("<rect") == 9, "a track each, and a bar where there is a score"


@pytest.mark.parametrize(("grade", "score", "expected"), [("B", 67.2, "67 10–100"), ("", None, "10–100")])
def test_a_rating_is_a_letter_with_score_and_interval_or_the_interval_alone(grade, score, expected):
    text = re.sub(r"<[^>]+>", "", rating(grade, score, 10.0, 100.0))
    assert text == f"{grade or 'NR'}{expected}"


def test_how_long_ago_is_a_phrase_of_its_own():
    now = datetime.now(UTC)
    assert ">3\u202fh ago</time>" in ago(now - timedelta(hours=3, minutes=1))
    assert ">just now</time>" in ago(now)
    assert ">dated in the future</time>" in ago(now + timedelta(days=1))
