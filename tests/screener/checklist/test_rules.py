import re

import pytest

from screener.checklist import scoring
from screener.checklist.rules import RULES, Words

BY_ID = {rule.id: rule for rule in RULES}


def test_a_text_is_filled_with_its_figures():
    assert Words(text="{many} of {all}", figures={"many": "3", "all": "4"}).english == "3 of 4"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_all_its_figures_and_no_other(rule):
    assert set(re.findall(r"{(\w+)}", rule.words.text)) == set(rule.words.figures)
    assert "{" not in rule.words.english


@pytest.mark.parametrize(
    ("rule", "figure"),
    [
        ("dimensions", f"{scoring.UNKNOWN_POINTS:g}"),
        ("total", f"{scoring.FLOOR:g}"),
        ("gates", scoring.UNVERIFIED_CAP),
        ("coverage", f"{100 * scoring.RATED_COVERAGE:g} %"),
        ("grades", f"A ≥ {scoring.GRADES[0][1]:g}"),
    ],
)
def test_figures_are_those_of_the_code(rule, figure):
    assert figure in BY_ID[rule].words.english
