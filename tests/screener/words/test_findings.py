import math
import re
from datetime import UTC, datetime
from itertools import combinations

import pytest
from django.utils import timezone, translation

from assets.metrics.families import FAMILY_NAMES
from assets.metrics.holders import HOLDER_TYPES
from assets.metrics.unlocks import UNLOCK_CATEGORIES
from screener.checklist import CRITERIA
from screener.checklist.labels import LABEL_OF
from screener.checklist.rules import RULES
from screener.checklist.types import figures_in
from screener.words import findings

NOW = datetime(2026, 11, 28, tzinfo=UTC)
NO_NUMBER = re.compile(r"—|\b(nan|None|inf)\b|[{}∞]")
FIGURES = (0.0, 0.5, -0.25, 1.5, 2.0, 4.36e11, 5e16, 1e-12, math.nan, math.inf, None)


def finding_of(state, **changes):
    usual = {"value": None, "values": {}, "stale": False, "as_of": "2026-01-30T00:00:00+00:00"}
    return {"state": state, **usual, **changes}


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA)
@pytest.mark.parametrize("state", ["pass", "caution", "fail", "unknown", "n-a"])
def test_no_sentence_has_a_gap_whatever_is_known(criterion, state):
    """Of all subsets of its figures, each known, huge, tiny or no number at all."""
    names = ("value", *criterion.measures)
    for size in range(len(names) + 1):
        for known in combinations(names, size):
            for start in range(len(FIGURES)):
                figures = {each: FIGURES[(start + at) % len(FIGURES)] for at, each in enumerate(known)}
                value = figures.pop("value", None)
                text = findings.sentence(criterion, finding_of(state, value=value, values=figures))
                assert text
                assert not NO_NUMBER.search(text), text
                assert "T\u202f%" not in text


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA)
@pytest.mark.parametrize("state", ["pass", "caution", "fail"])
def test_every_variant_of_a_sentence_can_be_reached(criterion, state):
    for variant in criterion.sentences[state]:
        assert criterion.sentence(state, figures_in(variant)) == variant


def test_a_book_without_bids_nearby_says_so_instead_of_nothing_times_the_position():
    depth = CRITERIA["liquidity_depth.depth_to_position"]
    fails = finding_of("fail", value=0.0, values={"depth_down_usd": 0.0})
    assert findings.sentence(depth, fails).startswith("Nobody bids within 2 % of the middle of the book")


@pytest.mark.parametrize(
    ("criterion", "state", "value", "beginning"),
    [
        ("tokenomics.cash_runway", "pass", 120.0, "It burns no cash, or so little"),
        ("tokenomics.cash_runway", "pass", 119.0, "At last year's cash burn the runway is 119"),
        ("liquidity_depth.days_to_exit", "fail", 9_999.0, "Next to nothing is traded"),
        ("liquidity_depth.days_to_exit", "fail", 40.0, "Too slow: at 10 % of daily volume"),
    ],
)
def test_the_most_that_is_counted_to_is_said_in_words(criterion, state, value, beginning):
    assert findings.sentence(CRITERIA[criterion], finding_of(state, value=value)).startswith(beginning)


def test_a_stale_answer_says_what_it_was_and_when(today):
    finding = finding_of(
        "pass",
        stale=True,
        stale_as_of="2026-01-30T00:00:00+00:00",
        value=4.36e11,
        values={"revenue_growth_share": 0.06},
    )
    assert findings.answered_ago(finding) == "passed 302 days ago"
    text = findings.sentence(CRITERIA["utility.revenue"], finding)
    assert text.startswith("Passed 302 days ago; what was found then: Twelve-month revenue of $436")
    assert "shrinking" not in text
    for state, words in (("caution", "a caution 302 days ago"), ("fail", "failed 302 days ago")):
        assert findings.answered_ago(finding | {"state": state}) == words


def test_the_age_is_that_of_what_is_too_old_not_of_what_is_oldest(today):
    finding = finding_of("fail", stale=True, stale_as_of="2026-11-23T00:00:00+00:00")
    assert findings.answered_ago(finding) == "failed 5 days ago"


def test_an_old_pass_of_an_earlier_checklist_is_no_caution(today):
    """Before 2026.3 it was kept as a caution, and its own sentence was not."""
    finding = finding_of("caution", stale=True, value=4.36e11)
    assert findings.is_demoted(finding)
    assert findings.answered_ago(finding) == "stale"
    assert findings.sentence(CRITERIA["utility.revenue"], finding) == (
        "When this was judged, its facts were too old for a pass."
    )
    failed = finding | {"state": "fail"}
    assert not findings.is_demoted(failed)
    assert findings.age_of_stale(failed) == "302 days"


def test_the_reason_of_a_label_has_no_gap():
    for label, rule in LABEL_OF.items():
        assert not NO_NUMBER.search(findings.label_reason(label, {}))
        assert not NO_NUMBER.search(findings.label_reason(label, dict.fromkeys(rule.measures, 5.0)))
    assert findings.label_reason("alien", {}) == ""


def test_every_family_holder_and_category_has_a_name():
    assert all(findings.family_name(family) != family for family in FAMILY_NAMES)
    assert set(HOLDER_TYPES) <= set(findings.HOLDER_NAMES)
    assert set(UNLOCK_CATEGORIES) <= set(findings.CATEGORY_NAMES)
    assert findings.holder_name("alien") == "alien"
    assert findings.category_name("team") == "team"


def test_texts_and_scores_pass_through():
    assert findings.translated("") == ""
    assert findings.hundredfold(0.25) == 25
    assert findings.hundredfold(None) is None


@pytest.mark.parametrize("rule", RULES, ids=lambda each: each.id)
def test_a_text_is_translated_then_filled(rule):
    assert findings.filled(rule.words) == rule.words.english
    with translation.override("es"):
        spanish = findings.filled(rule.words)
    assert spanish != rule.words.english
    assert "{" not in spanish


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("≤ 2.5 %", "≤ 2,5 %"),
        ("> $1,250 ", "> $1.250 "),
        ("≥ 12 mo", "≥ 12 meses"),
        ("< 24 h, > 3 d", "< 24 h, > 3 d"),
        ("0.5 × – 2 ×", "0,5 × – 2 ×"),
        ("A ≥ 80, B ≥ 65", "A ≥ 80, B ≥ 65"),
    ],
)
def test_limits_have_the_signs_and_units_of_the_language(english, spanish):
    assert findings.limit(english) == english
    with translation.override("es"):
        assert findings.limit(english).replace("\u202f", "").replace("\xa0", "") == spanish


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA)
def test_thresholds_in_english_are_those_of_the_checklist(criterion):
    assert findings.thresholds(criterion) == criterion.thresholds_text.replace("⛔", "■")


def test_a_figure_decides_where_its_own_limits_give_the_state():
    on_time = CRITERIA["transparency.filings_on_time"]
    assert findings.decides(on_time, finding_of("pass", value=0.0))
    assert not findings.decides(on_time, finding_of("fail", value=0.0))
    assert not findings.decides(CRITERIA["transparency.team"], finding_of("pass", value=1.0)), "has no figure"


def test_an_interval_has_a_lower_end_where_it_differs():
    low = {"top_ten_share": 0.5, "top_ten_adjusted_low_share": 0.1}
    assert findings.lower_end(finding_of("caution", value=0.3, values=low)) == 0.1
    assert findings.lower_end(finding_of("caution", value=0.1, values=low)) is None
    assert findings.lower_end(finding_of("caution", value=0.1)) is None


def test_an_interval_of_equal_ends_is_one_figure():
    hhi = CRITERIA["holder_concentration.holder_hhi"]
    values = {"holder_hhi": 0.3, "holder_hhi_low": 0.1}
    assert (
        findings.sentence(hhi, finding_of("pass", value=0.3, values=values))
        == "The holder HHI is 0 of 10,000."
    )
    values["holder_hhi_low"] = 250.0
    assert "250 to 300" in findings.sentence(hhi, finding_of("pass", value=300.0, values=values))


@pytest.mark.parametrize(
    ("criterion", "state", "words"),
    [
        ("transparency.deployer", "pass", "Not known: known scams."),
        ("transparency.deployer", "unknown", ""),
        ("tokenomics.mint_authority", "pass", ""),
    ],
)
def test_an_answered_gate_says_what_leaves_it_unverified(criterion, state, words):
    assert findings.gate_not_known(CRITERIA[criterion], {"state": state}) == words
    assert findings.gate_not_known(CRITERIA[criterion], {"state": state, "questioned": True}) == ""
