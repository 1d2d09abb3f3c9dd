from datetime import timedelta

import pytest

from assets.metrics.measure import measure
from screener.checklist.aged import unaged_measures
from screener.checklist.judge import judge_columns
from screener.checklist.judgements import judgements_of
from tests.assets.metrics.batch import NOW, facts_of_one

POSITION_USD = 5_000.0
LONG_AGO, LATELY = NOW - timedelta(days=274), NOW - timedelta(hours=1)


def findings(**rows):
    source = {"family": "supply", "observation_id": 7, "provider": "node"}
    facts = facts_of_one(sources=[source | {"as_of": LATELY, "known_at": LATELY}], **rows)
    measures = measure(facts, position_usd=POSITION_USD)
    unaged = unaged_measures(facts, measures, position_usd=POSITION_USD)
    (judged,) = judge_columns(measures, facts, unaged=unaged)
    (judgement,) = judgements_of(judged)
    return {each["criterion"]: each for each in judgement.findings}, judgement


SUPPLY = {"circulating": 90, "total": 100}
AGED = [{"frame": "supply", "field": "circulating", "as_of": LONG_AGO}]


def test_an_answer_that_would_be_another_without_what_is_too_old_is_stale():
    found, _judgement = findings(supply=SUPPLY, aged=AGED)
    float_share = found["tokenomics.float_share"]
    assert (float_share["state"], float_share["stale"]) == ("pass", True)
    assert float_share["stale_as_of"] == float_share["as_of"] == LONG_AGO.isoformat()


def test_an_answer_that_does_not_rest_on_it_is_as_old_as_its_family():
    other = [{"frame": "supply", "field": "uncapped", "as_of": LONG_AGO}]
    found, _judgement = findings(supply=SUPPLY, aged=other)
    assert not found["tokenomics.float_share"]["stale"]
    assert found["tokenomics.float_share"]["as_of"] == LATELY.isoformat()


@pytest.mark.parametrize("aged", [[], AGED])
def test_an_old_field_is_worth_more_than_none_and_less_than_a_new_one(aged):
    _found, whole = findings(supply=SUPPLY)
    _found, with_old = findings(supply=SUPPLY, aged=aged)
    _found, without = findings(supply={"total": 100})
    assert without.coverage <= with_old.coverage <= whole.coverage
    if aged:
        assert without.coverage < with_old.coverage < whole.coverage
