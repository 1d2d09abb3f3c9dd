import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.facts import Facts
from assets.metrics.measure import measure
from assets.metrics.witnesses import WITNESSES
from assets.metrics.witnesses.questioned import questioned
from assets.metrics.witnesses.witness import Doubt, Witness
from screener.checklist.judge import judge_columns
from screener.checklist.questioned import believed_measures, no_better, questioned_of
from screener.checklist.states import CAUTION, FAIL, PASS, STATES, UNKNOWN, State
from screener.checklist.types import Answers
from tests.assets.metrics.batch import NOW, facts_of_one
from tests.assets.metrics.witnesses.contradicted import rows_of

POSITION_USD = 5_000.0


def batch():
    return questioned(
        Facts.of(
            now=NOW,
            assets=[{"asset_id": each, "kind": "token"} for each in (1, 2)],
            market=[
                {"asset_id": 1, "price_usd": 2, "units_in_cap": 10},
                {"asset_id": 2, "price_usd": 2, "units_in_cap": 1_000},
            ],
            supply=[{"asset_id": each, "circulating": 10, "total": 10} for each in (1, 2)],
        )
    )


def test_a_card_keeps_what_is_contradicted_and_what_the_figures_would_be():
    facts = batch()
    measures = measure(facts, position_usd=POSITION_USD)
    told = believed_measures(facts, measures, position_usd=POSITION_USD)
    sound, doubtful = questioned_of(facts, measures, told)
    assert sound == {}
    assert doubtful["figures"]["market_cap_usd"] == 20
    assert "circulating_supply" not in doubtful["figures"]
    assert doubtful["facts"] == [
        {
            "frame": "measures",
            "place": "",
            "field": "market_cap_usd",
            "value": 20.0,
            "witness": "reported_cap",
            "against": 2_000.0,
        }
    ]


def test_where_nothing_is_questioned_nothing_is_kept():
    facts = batch().among([1])
    measures = measure(facts, position_usd=POSITION_USD)
    told = believed_measures(facts, measures, position_usd=POSITION_USD)
    assert told.empty
    assert list(questioned_of(facts, measures, told)) == [{}]


def judged(facts, **own):
    measures = measure(facts, position_usd=POSITION_USD)
    believed = believed_measures(facts, measures, position_usd=POSITION_USD)
    return next(judge_columns(measures, facts, believed=believed, **own))


WHOSE = {"asset_id": 1}
SOUND = {
    "market": [{**WHOSE, "price_usd": 0.1, "volume_24h_usd": 90_000, "units_in_cap": 1e9}],
    "supply": [{**WHOSE, "circulating": 1e9, "total": 1e9, "maximum": 1e9, "circulating_year_ago": 9e8}],
    "pools": [{**WHOSE, "address": "p", "price_usd": 0.1, "reserve_usd": 900_000, "volume_24h_usd": 9e4}],
    "holders": [{**WHOSE, "holder_count": 5_000}],
    "positions": [{**WHOSE, "holder_type": "wallet", "share": each} for each in (0.1, 0.05, 0.02)],
    "schedules": [{**WHOSE, "precision": "day"}],
    "unlocks": [{**WHOSE, "unlock_at": NOW, "amount": 1e6, "category": "team"}],
    "usage": [{**WHOSE, "revenue_annual_usd": 9e6, "tvl_usd": 5e7}],
}
FIELDS = [
    ("market", "price_usd"),
    ("market", "volume_24h_usd"),
    ("supply", "circulating"),
    ("supply", "maximum"),
    ("supply", "circulating_year_ago"),
    ("pools", "reserve_usd"),
    ("pools", "price_usd"),
    ("holders", "holder_count"),
    ("positions", "share"),
    ("unlocks", "amount"),
    ("usage", "tvl_usd"),
]
FACTORS = st.sampled_from([1e-6, 1e-3, 0.5, 1, 1, 2, 50, 1e3])


@pytest.mark.slow("assets/metrics", "screener/checklist", "tests/assets/metrics")
@settings(max_examples=20, deadline=None)
@given(
    factors=st.lists(FACTORS, min_size=len(FIELDS), max_size=len(FIELDS)),
    doubts=st.lists(st.sampled_from(FIELDS), max_size=5),
    more=st.lists(st.sampled_from(FIELDS), max_size=3),
)
def test_a_further_contradiction_never_raises_a_score(factors, doubts, more):
    frames = {name: [dict(row) for row in rows] for name, rows in SOUND.items()}
    for (name, field), factor in zip(FIELDS, factors, strict=True):
        for row in frames[name]:
            row[field] *= factor
    plain = Facts.of(now=NOW, assets=[{"asset_id": 1, "kind": "token", "sector": "defi"}], **frames)

    def total_with(fields):
        every = []
        for name, field in dict.fromkeys(fields):
            rows = np.arange(len(frames[name]))
            every.append(Doubt(frame=name, field=field, rows=rows, against=np.ones(len(rows))))
        witness = Witness(id="w", reason="", contradicts=lambda _facts: every)
        return judged(questioned(plain, witnesses=(witness,))).totals

    none, some, all_of_them = (total_with(each) for each in ((), doubts, [*doubts, *more]))
    for fewer, further in ((none, some), (none, all_of_them)):
        assert further.scores.score[0] <= fewer.scores.score[0] + 1e-9
        assert further.scores.low[0] <= fewer.scores.low[0] + 1e-9
        assert further.grades[0] >= fewer.grades[0]  # A is the best


@pytest.mark.parametrize("witness", WITNESSES, ids=lambda each: each.id)
def test_a_contradicting_witness_never_raises_a_score(witness):
    """Whichever it is, beside all the others."""
    kind, rows = rows_of(witness.id)
    facts = facts_of_one(kind=kind, **rows)
    without = judged(questioned(facts, witnesses=[each for each in WITNESSES if each is not witness]))
    asked = questioned(facts)
    assert witness.id in set(asked.questions["witness"])
    doubtful = judged(asked)
    assert doubtful.totals.scores.score[0] <= without.totals.scores.score[0] + 1e-9
    assert doubtful.totals.scores.low[0] <= without.totals.scores.low[0] + 1e-9
    assert doubtful.totals.grades[0] >= without.totals.grades[0]  # A is the best


def test_what_would_stop_cuts_the_total_until_it_is_settled():
    frames = SOUND | {"contract": [{**WHOSE, "sell_tax_share": 0.9, "buy_tax_share": 0.0}]}
    facts = Facts.of(now=NOW, assets=[{"asset_id": 1, "kind": "token"}], **frames)
    tax = Doubt(frame="contract", field="sell_tax_share", rows=np.arange(1), against=np.zeros(1))
    witness = Witness(id="w", reason="", contradicts=lambda _facts: [tax])
    plain, doubtful = judged(facts), judged(questioned(facts, witnesses=(witness,)))
    before, after = (each.answers["tokenomics.taxes"] for each in (plain, doubtful))
    assert (before.gate_open[0], before.would_stop[0]) == (True, False)
    assert (after.gate_open[0], after.would_stop[0], after.gate_unverified[0]) == (False, True, True)
    assert STATES[after.state[0]] == State.UNKNOWN
    assert doubtful.totals.scores.score[0] <= plain.totals.scores.score[0]
    assert doubtful.totals.scores.high[0] > plain.totals.scores.high[0]


def test_what_is_questioned_counts_no_better_than_it_would():
    def criterion(points, state, *, stale=False):
        one = np.ones(1, dtype=bool)
        return Answers(
            state=np.array([state], dtype=np.int8),
            points=np.array([points]),
            value=np.array([np.nan]),
            gate_open=~one,
            gate_unverified=~one,
            stale=one if stale else ~one,
            questioned=~one,
            would_stop=~one,
        )

    unknown, first = criterion(np.nan, UNKNOWN), np.array([0])
    for believed, points in (
        (criterion(0.0, FAIL), 0.0),
        (criterion(0.2, CAUTION), 0.2),
        (criterion(0.0, FAIL, stale=True), 0.175),
    ):
        found = no_better(unknown, believed, first)
        assert (found.points[0], found.questioned[0]) == (pytest.approx(points), True)
    for believed in (criterion(1.0, PASS), criterion(0.5, CAUTION)):
        found = no_better(unknown, believed, first)
        assert np.isnan(found.points[0])
        assert found.questioned[0]
    known = no_better(criterion(1.0, PASS), criterion(0.0, FAIL), first)
    assert (known.points[0], known.state[0], known.questioned[0]) == (0.0, PASS, True)
    same = no_better(criterion(1.0, PASS), criterion(1.0, PASS), first)
    assert not same.questioned[0]
