from assets.metrics.facts import Facts
from assets.metrics.measure import measure
from screener.checklist.judge import judge_columns
from tests.golden.invented import NOW


def test_the_columns_of_a_kind_have_a_row_for_each_of_its_assets_in_their_order():
    kinds = {3: "token", 1: "equity", 8: "token", 5: "equity", 2: "token"}
    facts = Facts.of(now=NOW, assets=[{"asset_id": each, "kind": kind} for each, kind in kinds.items()])
    judged = list(judge_columns(measure(facts, position_usd=1_000), facts))
    assert sorted(each.asset_ids for each in judged) == [[1, 5], [3, 8, 2]]
    for columns in judged:
        size = len(columns.asset_ids)
        assert all(len(column) == size for column in columns.totals.scores.columns())
        assert all(len(each.state) == size for each in columns.answers.values())
