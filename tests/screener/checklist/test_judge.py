from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assets.metrics.facts import Facts
from screener.checklist import CRITERIA, DIMENSIONS, State, judge
from screener.checklist.bands import AtLeast
from screener.checklist.judge import judge_columns
from screener.checklist.staleness import LIMITS
from screener.checklist.totals import overridden, total
from tests.screener.checklist.asking import NOW, finding, judged, measures_of

FIGURES = {
    "active_addresses_30d": st.floats(0, 5_000),
    "trades_24h": st.floats(0, 300),
    "float_share": st.floats(0, 1),
    "unlock_30d_share": st.floats(0, 0.2),
    "round_trip_cost_share": st.floats(0, 0.1),
    "lp_pullable_30d_share": st.floats(0, 1),
    "lp_wallet_pullable_share": st.floats(0, 1),
    "sale_trap": st.sampled_from([0.0, 1.0]),
    "top_ten_adjusted_share": st.floats(0, 1),
    "holder_count": st.floats(0, 5_000),
    "audit_count": st.floats(0, 2),
    "team_level": st.floats(0, 2),
    "runway_months": st.floats(0, 60),
    "filings_late_24m": st.floats(0, 2),
    "filings_missing_24m": st.floats(0, 2),
}
SECOND_OPINIONS = {"trades_24h", "lp_wallet_pullable_share", "sale_trap"}
"""Parts that no answer needs: learning one can turn an answer that was thought to be known."""

ASSET = st.fixed_dictionaries({}, optional=FIGURES)
BATCH = st.lists(st.tuples(ASSET, st.sampled_from(["token", "equity"])), min_size=1, max_size=5)


def source(family, *, observation_id=1, **age):
    as_of = NOW - timedelta(**age)
    family_row = {"family": family, "observation_id": observation_id, "provider": "p"}
    return {"asset_id": 1, **family_row, "as_of": as_of, "known_at": as_of}


def judge_batch(batch):
    kinds = [{"asset_id": place + 1, "kind": kind} for place, (_known, kind) in enumerate(batch)]
    return judge(measures_of(*(known for known, _kind in batch)), Facts.of(now=NOW, assets=kinds))


@settings(max_examples=25, deadline=None)
@given(batch=BATCH)
@example(
    batch=[({}, "token"), ({"holder_count": 0.0}, "token")]
)  # 0.21875 points, on the edge of two roundings
def test_a_batch_is_its_assets_one_by_one(batch):
    apart = [judge_batch([each])[0]._replace(asset_id=place + 1) for place, each in enumerate(batch)]
    assert judge_batch(batch) == apart


@settings(max_examples=25, deadline=None)
@given(batch=BATCH)
def test_the_interval_holds_the_total(batch):
    for judgement in judge_batch(batch):
        assert 0 <= judgement.low <= judgement.total <= judgement.high <= 100
        assert 0 <= judgement.coverage <= 1
        for scores in judgement.dimensions.values():
            assert 0 <= scores["low"] <= scores["score"] <= scores["high"] <= 1


@settings(max_examples=50, deadline=None)
@given(known=ASSET, kind=st.sampled_from(["token", "equity"]), data=st.data())
def test_one_more_figure_never_lowers_coverage_and_stays_in_the_interval(known, kind, data):
    name = data.draw(st.sampled_from(sorted(FIGURES)))
    without = {each: value for each, value in known.items() if each != name}
    before, after = judge_batch([(without, kind), ({**without, name: data.draw(FIGURES[name])}, kind)])
    assert after.coverage >= before.coverage
    if name not in SECOND_OPINIONS:
        assert before.low - 1e-3 <= after.total <= before.high + 1e-3


def test_judgements_come_in_the_order_of_the_assets():
    kinds = ["equity", "token", "equity"]
    facts = Facts.of(
        now=NOW, assets=[{"asset_id": 9 - place, "kind": kind} for place, kind in enumerate(kinds)]
    )
    measures = measures_of({}, {}, {}).set_axis(facts.asset_ids)
    assert [each.asset_id for each in judge(measures, facts)] == [9, 8, 7]


def test_an_empty_batch():
    facts = Facts.of(now=NOW, assets=[])
    assert judge(measures_of().reindex(facts.asset_ids), facts) == []


@pytest.mark.parametrize("kind", ["token", "equity"])
def test_findings_are_those_of_the_kind_in_the_order_of_the_checklist(kind):
    (judgement,) = judged({}, kind=kind)
    expected = [each.id for each in CRITERIA.values() if kind in each.kinds]
    assert [each["criterion"] for each in judgement.findings] == expected


def test_of_nothing_known_everything_is_unknown_and_said_to_be_so():
    (judgement,) = judged({})
    assert {each["state"] for each in judgement.findings} == {"unknown", "n-a"}
    assert (judgement.total, judgement.low, judgement.high) == pytest.approx((35, 1, 100))
    assert (judgement.coverage, judgement.grade) == (0, "D")
    assert judgement.gates_open == ()
    gates = [each.id for each in CRITERIA.values() if each.is_gate and "token" in each.kinds]
    assert list(judgement.gates_unverified) == gates


PERFECT = {
    "active_addresses_30d": 1e6, "trades_24h": 1e6, "activity_ratio": 1, "price_to_sales": 1,
    "copycat_level": 0, "exchanges_count": 3, "delistings_12m": 0, "no_exchange": 0,
    "paid_promotions": 0, "traders_per_trade": 1,
    "launch_completed": 1, "launch_age_days": 90, "no_launchpad": 0,
    "revenue_annual_usd": 1e9, "float_share": 1, "unlock_30d_share": 0, "insider_unlock_12m_share": 0,
    "emission_12m_share": 0, "mint_authority_level": 0, "tax_share": 0, "sale_trap": 0, "sells_per_buy": 1,
    "round_trip_cost_share": 0, "days_to_exit": 0, "depth_to_position": 1e3, "lp_pullable_30d_share": 0,
    "lp_pullable_180d_share": 0, "lp_wallet_pullable_share": 0, "last_trade_hours": 0, "lp_holder_count": 50,
    "volume_to_liquidity": 1, "top_ten_adjusted_share": 0.1, "largest_wallet_share": 0.01,
    "creator_share": 0, "holder_hhi": 10, "nakamoto_count": 100, "holder_count": 1e6, "source_verified": 1,
    "contract_power_level": 0, "audit_count": 1, "audit_age_days": 1, "audit_matches": 1, "team_level": 2,
    "channels_count": 9, "site_age_days": 900, "channels_linked": 1, "roadmap_delivered_share": 1,
    "commits_90d": 1e3, "creator_earlier_tokens": 0, "creator_rugs": 0,
}  # fmt: skip


def test_an_open_gate_stops_the_asset():
    (judgement,) = judged({**PERFECT, "top_ten_adjusted_share": 0.9})
    assert judgement.gates_open == ("holder_concentration.top_ten_share",)
    assert judgement.gates_unverified == ()
    assert judgement.high < 20
    assert judgement.grade == "E"


def test_an_unverified_gate_allows_no_better_grade_than_b():
    unverified, verified = judged({**PERFECT, "lp_wallet_pullable_share": np.nan}, PERFECT)
    assert unverified.total > 75
    assert (unverified.grade, unverified.low) == ("B", 20)
    assert (verified.grade, verified.total, verified.low, verified.coverage) == ("A", 100, 100, 1)


def test_stale_facts_leave_the_answer_what_it_was_and_say_since_when():
    fresh = finding(
        "holder_concentration.holder_count",
        sources=[source("holders", days=LIMITS["holders"].days)],
        holder_count=9_000,
    )
    stale = finding(
        "holder_concentration.holder_count",
        sources=[source("holders", days=LIMITS["holders"].days + 1)],
        holder_count=9_000,
    )
    assert (fresh.state, fresh.points, fresh.stale) == ("pass", 1.0, False)
    assert (stale.state, stale.points, stale.stale) == ("pass", 1.0, True)
    assert stale.stale_as_of == stale.as_of == (NOW - timedelta(days=LIMITS["holders"].days + 1)).isoformat()
    assert not hasattr(fresh, "stale_as_of")
    assert stale.value == 9_000


@pytest.mark.parametrize(("level", "opened"), [(0, False), (4, True)])
def test_a_gate_that_old_facts_leave_shut_is_not_verified_and_one_they_open_stays_open(level, opened):
    known = {"mint_authority_level": level}
    (fresh,) = judged(known, sources=[source("contract", hours=1)])
    (old,) = judged(known, sources=[source("contract", days=9_999)])
    mint = "tokenomics.mint_authority"
    assert (mint in fresh.gates_open, mint in fresh.gates_unverified) == (opened, False)
    assert (mint in old.gates_open, mint in old.gates_unverified) == (opened, not opened)


@pytest.mark.parametrize(("share", "state"), [(0.0, "unknown"), (0.02, "caution"), (0.06, "fail")])
def test_figures_that_are_the_best_they_can_be_never_pass(share, state):
    open_schedule = finding("tokenomics.unlock_30d", unlock_30d_share=share, unlocks_open=1)
    assert open_schedule.state == state
    if state == "unknown":
        assert open_schedule.points is None
    whole = finding("tokenomics.unlock_30d", unlock_30d_share=share, unlocks_open=0)
    assert whole.state == ("pass" if state == "unknown" else state)


def test_what_is_not_known_is_not_stale():
    answer = finding("holder_concentration.holder_count", sources=[source("holders", days=999)])
    assert (answer.state, answer.stale) == ("unknown", False)


def test_a_finding_carries_the_oldest_moment_and_the_observations_it_rests_on():
    sources = [source("supply", observation_id=8, hours=5), source("market", observation_id=3, hours=1)]
    answer = finding("tokenomics.unlock_30d", sources=sources, unlock_30d_share=0)
    assert answer.as_of == (NOW - timedelta(hours=5)).isoformat()
    assert answer.observations == [3, 8]


def test_a_profile_may_bring_its_own_thresholds_and_weights():
    asked = CRITERIA["utility.trading_activity"]
    strict = replace(asked, bands=(AtLeast(passes=5_000, cautions=2_500),))
    mine = [
        replace(each, criteria=(strict,), weight=1) if each.id == "utility" else each for each in DIMENSIONS
    ]
    ours, theirs = judged({"trades_24h": 500}), judged({"trades_24h": 500}, dimensions=mine)
    assert ours[0].findings[1]["state"] == "pass"
    assert theirs[0].findings[0]["state"] == "fail"
    assert theirs[0].total < ours[0].total


def test_a_dimension_none_of_whose_criteria_apply_breaks_nothing():
    defi_alone = (CRITERIA["utility.market_cap_to_tvl"],)
    profile = [replace(each, criteria=defi_alone) if each.id == "utility" else each for each in DIMENSIONS]
    (judgement,) = judged({"float_share": 1}, sector="Meme", dimensions=profile)
    assert "utility" not in judgement.dimensions
    assert len(judgement.dimensions) == 4
    assert 0 < judgement.total < 100


def test_measures_may_hold_more_assets_than_are_asked_about():
    facts = Facts.of(now=NOW, assets=[{"asset_id": 2, "kind": "token"}])
    (judgement,) = judge(measures_of({}, {"trades_24h": 100}), facts)
    assert judgement.findings[1]["value"] == 100


def test_numbers_are_plain_so_that_they_can_be_stored():
    (judgement,) = judged({"trades_24h": 100, "top_ten_adjusted_share": 0.9})
    numbers = [
        judgement.total,
        judgement.coverage,
        *judgement.dimensions["utility"].values(),
        judgement.findings[1]["value"],
    ]
    assert {type(each) for each in numbers} == {float}
    assert type(judgement.asset_id) is int
    assert type(judgement.grade) is str
    assert not any(isinstance(each, np.generic | pd.Timestamp) for each in judgement.findings[0].values())


@settings(max_examples=40, deadline=None)
@given(known=ASSET, kind=st.sampled_from(["token", "equity"]), data=st.data())
def test_an_answer_in_place_of_an_unknown_moves_the_total_its_own_way(known, kind, data):
    """A pass never lowers the total, a fail never raises it, whatever gates it opens or settles."""
    (judgement,) = judge_batch([(known, kind)])
    unknown = [each["criterion"] for each in judgement.findings if each["state"] == "unknown"]
    if not unknown:
        return
    asked = CRITERIA[data.draw(st.sampled_from(sorted(unknown)))]
    facts = Facts.of(now=NOW, assets=[{"asset_id": 1, "kind": kind}])
    (columns,) = judge_columns(measures_of(known), facts)
    answers = {criterion.id: columns.answers[criterion.id] for criterion in columns.criteria}
    for state, moves in ((State.PASS, 1), (State.FAIL, -1)):
        instead = answers | {asked.id: overridden(asked, state, size=1)}
        after = total(DIMENSIONS, instead, size=1).scores.score[0]
        assert moves * (after - judgement.total) >= -1e-3


@settings(max_examples=40, deadline=None)
@given(known=ASSET, kind=st.sampled_from(["token", "equity"]), data=st.data())
def test_the_order_of_criteria_and_dimensions_does_not_matter(known, kind, data):
    facts = Facts.of(now=NOW, assets=[{"asset_id": 1, "kind": kind}])
    shuffled = [
        replace(each, criteria=tuple(data.draw(st.permutations(each.criteria))))
        for each in data.draw(st.permutations(DIMENSIONS))
    ]
    (ours,) = judge(measures_of(known), facts)
    (theirs,) = judge(measures_of(known), facts, dimensions=shuffled)
    assert (ours.total, ours.low, ours.high) == pytest.approx(
        (theirs.total, theirs.low, theirs.high), abs=1e-3
    )
    assert (ours.grade, set(ours.gates_open)) == (theirs.grade, set(theirs.gates_open))
    assert {each["criterion"]: each for each in ours.findings} == {
        each["criterion"]: each for each in theirs.findings
    }
