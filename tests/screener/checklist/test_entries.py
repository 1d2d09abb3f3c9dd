"""Entries and judgements are two ways of telling the same columns."""

import pytest

from assets.metrics.measure import measure
from screener.checklist import judge
from screener.checklist.entries import entries_of
from screener.checklist.judge import judge_columns
from tests.golden.invented import INVENTED


@pytest.mark.parametrize("name", INVENTED)
def test_an_entry_says_what_the_judgement_says(name):
    facts = INVENTED[name]
    measures = measure(facts, position_usd=1_000)
    (judgement,) = judge(measures, facts)
    (entry,) = (entry for judged in judge_columns(measures, facts) for entry in entries_of(judged))
    for field in ("asset_id", "total", "low", "high", "coverage", "grade", "gates_open", "gates_unverified"):
        assert getattr(entry, field) == getattr(judgement, field), field
    assert entry.dimensions == {each: scores.to_json() for each, scores in judgement.dimensions.items()}
    assert list(entry.findings) == [finding.to_json() for finding in judgement.findings]
