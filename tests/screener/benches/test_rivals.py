import numpy as np
import pytest

from screener.benches import rivals
from screener.benches.rivals import Question
from screener.screens.table import GATE_IDS
from tests.screener.screens.tables import NAN, table_of

FINE = {"kind": "token", "market_cap": 1e6, "top10_adj": 0.1, "exit_days": 1.0}
QUESTION = Question.varied(0)


def invented(size, *, scores):
    """Half of each column is not known; there are as many scores as told, so that there are ties."""
    dice = np.random.default_rng(size)

    def drawn(most):
        return np.where(dice.random(size) < 0.5, NAN, dice.uniform(0, most, size)).tolist()

    columns = {"market_cap": drawn(1.1e8), "top10_adj": drawn(0.5), "exit_days": drawn(4)}
    score = [NAN if each == 0 else float(each) for each in dice.integers(0, scores, size)]
    return table_of(
        *(
            {
                **{key: values[place] for key, values in columns.items()},
                "score": score[place],
                "kind": str(dice.choice(["token", "equity", ""])),
                "open": GATE_IDS[: dice.integers(0, 2)],
            }
            for place in range(size)
        )
    )


@pytest.fixture
def found(tmp_path):
    """By name what each of them finds in a table."""

    def of(table, question=QUESTION):
        columns, file = rivals.columns_of(table), tmp_path / f"{len(table)}.sqlite3"
        rivals.write_sqlite(columns, file)
        those = {
            "ours": rivals.ours(table),
            "numpy": rivals.by_hand(table),
            "duckdb": rivals.duckdb_of(columns),
            "sqlite": rivals.sqlite_of(file),
        }
        return {name: ask(question) for name, ask in those.items()}

    return of


def test_each_condition_counts_and_what_is_not_known_comes_last(found):
    table = table_of(
        {**FINE, "score": 10.0},
        {**FINE, "score": 30.0},
        {**FINE, "score": 30.0},
        {**FINE},
        *({**FINE, "score": 90.0, key: value} for key, value in WRONG),
    )
    for name, answer in found(table).items():
        assert (answer.count, answer.ids) == (4, (2, 3, 1, 4)), name


WRONG = (
    ("kind", "equity"),
    ("kind", ""),
    ("market_cap", 100e6),
    ("market_cap", NAN),
    ("top10_adj", 0.4),
    ("exit_days", 3.0),
    ("exit_days", NAN),
    ("open", GATE_IDS[:1]),
)


@pytest.mark.parametrize(("size", "scores"), [(1, 3), (40, 3), (3_000, 4), (3_000, 2), (9_000, 1_000)])
def test_all_find_the_same_with_ties_and_without_scores(found, size, scores):
    answers = found(invented(size, scores=scores))
    assert len(set(answers.values())) == 1
    assert len(answers["ours"].ids) == min(50, answers["ours"].count)


def test_a_market_without_tokens_has_an_answer(found):
    assert {each.count for each in found(table_of({"kind": "equity"})).values()} == {0}


def test_questions_get_narrower_and_differ():
    limits = [Question.varied(place).limits for place in range(50)]
    assert limits == sorted(limits, reverse=True)
    assert len(set(limits)) == 50


@pytest.mark.parametrize("more", [rivals.PLAIN, rivals.WITH_FACETS])
def test_datasette_must_find_as_many(tmp_path, more):
    table, file = invented(400, scores=5), tmp_path / "columns.sqlite3"
    rivals.write_sqlite(rivals.columns_of(table), file)
    count = rivals.ours(table)(QUESTION).count
    (taken,) = rivals.datasette_pages_ms(file, {QUESTION: count}, more)
    assert taken > 0
    with pytest.raises(RuntimeError, match="another count"):
        rivals.datasette_pages_ms(file, {QUESTION: count + 1}, more)
