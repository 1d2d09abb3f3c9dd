import pytest
from django.utils import translation

from assets.metrics.families import FAMILY_NAMES
from assets.metrics.holders import HOLDER_TYPES
from assets.metrics.unlocks import UNLOCK_CATEGORIES
from screener.checklist import CRITERIA
from screener.checklist.rules import RULES
from screener.words import findings


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA)
@pytest.mark.parametrize("state", ["pass", "caution", "fail", "unknown", "n-a"])
def test_every_sentence_can_be_said_with_and_without_its_figures(criterion, state):
    for values in ({}, dict.fromkeys(criterion.measures, 1.5)):
        finding = {"state": state, "value": 0.5 if values else None, "values": values}
        text = findings.sentence(criterion, finding)
        assert text
        assert "{" not in text


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
        ("> $1,250 ", "> $1250 "),
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
