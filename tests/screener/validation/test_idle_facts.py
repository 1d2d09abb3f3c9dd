import numpy as np

from screener.validation.batch import Batch
from screener.validation.idle_facts import MOST_ROWS, idle_facts
from tests.screener.validation.labelled import DIMENSIONS, MAPPING, mapping, table

POOLS = MAPPING["facts"]["pools"]


def idle(rows, **facts):
    batch = Batch.of(rows, mapping(facts=facts))
    return idle_facts(batch, position_usd=5_000, dimensions=DIMENSIONS, seed=1)


def test_what_answers_rest_on_is_not_idle():
    assert idle(table(60), pools=POOLS) == []


def test_what_no_criterion_reads_is_named_with_its_frame():
    told = {"disclosure": {"site_since": "days_ago(trades)"}, "usage": {"tvl_usd": "reserve"}}
    assert idle(table(60), pools=POOLS, **told) == [
        "disclosure.site_since",
        "usage.tvl_usd",
    ]


def test_a_constant_is_not_looked_at():
    assert idle(table(60), pools=POOLS, usage={"tvl_usd": "5"}) == []


def test_of_a_large_table_a_part_is_looked_at(monkeypatch):
    seen = []
    of = Batch.sample
    monkeypatch.setattr(
        Batch, "sample", lambda self, most, *, seed: seen.append(most) or of(self, 50, seed=seed)
    )
    assert idle(table(400), pools=POOLS, usage={"tvl_usd": "reserve"}) == ["usage.tvl_usd"]
    assert seen == [MOST_ROWS]


def test_a_fact_that_is_never_known_is_idle():
    rows = table(60).assign(nothing=np.nan)
    assert "usage.tvl_usd" in idle(rows, pools=POOLS, usage={"tvl_usd": "nothing"})
