from datetime import timedelta

import pytest
from django.utils import timezone

from assets.models import Asset, Observation
from screener.checklist import CRITERIA, DIMENSIONS, State
from screener.checklist.profiles import Changes
from screener.models import Override, Scorecard
from screener.screens.position import PositionSize
from screener.services.desk.personal_score import card_at, read_personal_score, size_of_card
from screener.services.desk.profiles import create_profile
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import fill_example, make_ref, rated_rows, store

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
USUAL = PositionSize(usd=5_000)
GATES = [id for id, each in CRITERIA.items() if each.is_gate and "token" in each.kinds]


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def asset():
    """One that is rated."""
    store(*rated_rows(make_ref()))
    asset = Asset.objects.get()
    score_assets([asset.pk])
    return asset


def test_by_ones_own_settings_too_what_is_not_rated_has_no_total(ana):
    asset = fill_example()
    (own,) = score_of(asset, profile=create_profile(user=ana, name="Same")).totals
    card = Scorecard.objects.get()
    assert (own.total, own.grade) == (card.total, card.grade) == (None, "")
    assert (own.low, own.high, own.coverage) == (card.total_low, card.total_high, card.coverage)


def test_an_answer_of_ones_own_can_make_it_a_rating():
    """Unknown are most of its criteria, and all of its gates."""
    asset = fill_example()
    unknown = [each["criterion"] for each in Scorecard.objects.get().findings if each["state"] == "unknown"]
    (own,) = score_of(asset, overrides=[override(each) for each in unknown]).totals
    assert own.total is not None
    assert own.grade


def score_of(asset, *, position_usd=None, profile=None, overrides=None):
    card = Scorecard.objects.filter(asset=asset).first()
    return read_personal_score(
        asset,
        card,
        position=PositionSize(usd=position_usd) if position_usd else None,
        profile=profile,
        overrides={each.criterion: each for each in overrides or ()},
        today=TODAY,
    )


def override(criterion, state=State.PASS, *, days=9):
    return Override(criterion=criterion, state=state, reason="Seen.", expires_on=TODAY + timedelta(days=days))


def test_who_has_set_nothing_sees_nothing_beside_and_reads_nothing(asset, django_assert_num_queries):
    card = Scorecard.objects.get()
    with django_assert_num_queries(0):
        told = read_personal_score(
            asset, card, position=PositionSize(usd=5_000), profile=None, overrides={}, today=TODAY
        )
    assert (told.totals, told.findings, told.answers) == ((), {}, {})
    assert not told.has_own_position
    assert told.comparable


def test_an_asset_that_was_never_scored_has_no_totals(asset, ana):
    told = read_personal_score(
        asset,
        None,
        position=PositionSize(usd=9),
        profile=create_profile(user=ana, name="P"),
        overrides={},
        today=TODAY,
    )
    assert (told.totals, told.comparable) == ((), False)


def test_a_card_of_another_checklist_is_not_compared(asset):
    Scorecard.objects.update(checklist_version="0")
    told = score_of(asset, position_usd=9_000)
    assert (told.totals, told.comparable) == ((), False)


def test_a_profile_without_changes_gives_the_stored_total(asset, ana):
    card = Scorecard.objects.get()
    (own,) = score_of(asset, profile=create_profile(user=ana, name="Same")).totals
    assert (own.why, own.total, own.low, own.high, own.coverage, own.grade) == (
        "profile",
        card.total,
        card.total_low,
        card.total_high,
        card.coverage,
        card.grade,
    )
    assert (own.gates_open, own.gates_unverified) == (len(card.gates_open), len(card.gates_unverified))


def test_a_larger_position_costs_more_and_only_that_changes(asset):
    told = score_of(asset, position_usd=2_000_000)
    (own,) = told.totals
    card = Scorecard.objects.get()
    assert own.why == "position"
    assert own.total < card.total
    assert told.findings
    assert {each.criterion.dimension for each in told.findings.values()} == {"liquidity_depth"}
    stored = {each["criterion"]: each for each in card.findings}
    for id, finding in told.findings.items():
        assert finding.finding["value"] != stored[id]["value"]
        assert finding.finding["observations"] == stored[id]["observations"]


def test_facts_that_came_after_the_card_do_not_count_for_a_size(asset):
    before = score_of(asset, position_usd=2_000_000)
    Observation.objects.update(known_at=timezone.now() + timedelta(days=1))
    assert score_of(asset, position_usd=2_000_000).totals[0].coverage == before.totals[0].coverage


def test_the_usual_size_said_aloud_is_no_size_of_ones_own(asset, settings):
    assert score_of(asset, position_usd=settings.ASSAY_POSITION_USD).totals == ()


def test_answers_count_beside_the_machine_and_say_where_it_disagrees(asset):
    stored = {each["criterion"]: each["state"] for each in Scorecard.objects.get().findings}
    failing = next(id for id, state in stored.items() if state == "fail" and not CRITERIA[id].is_gate)
    told = score_of(asset, overrides=[override(failing)])
    (own,) = told.totals
    assert own.why == "answers"
    assert own.total > Scorecard.objects.get().total
    assert told.answers[failing].differs
    assert not told.answers[failing].expired
    assert told.findings == {}, "what the machine found stays as it is"


def test_an_expired_answer_is_shown_and_does_not_count(asset):
    told = score_of(asset, overrides=[override(GATES[0], days=-1)])
    assert told.totals == ()
    assert told.answers[GATES[0]].expired


def test_verified_gates_are_no_longer_open_questions_and_fail_says_stop(asset):
    (all_passed,) = score_of(asset, overrides=[override(each) for each in GATES]).totals
    assert (all_passed.gates_open, all_passed.gates_unverified) == (0, 0)
    others = [override(each) for each in GATES[1:]]
    (stopped,) = score_of(asset, overrides=[override(GATES[0], State.FAIL), *others]).totals
    assert stopped.gates_open == 1
    assert stopped.high <= 20


def test_an_answer_to_what_is_not_asked_of_this_asset_changes_nothing(asset):
    of_shares = next(id for id, each in CRITERIA.items() if each.kinds == {"equity"})
    assert score_of(asset, overrides=[override(of_shares)]).totals == ()


def test_several_settings_are_told_alone_and_together(asset, ana):
    profile = create_profile(user=ana, name="P", changes=Changes(dimension_weights={DIMENSIONS[0].id: 45}))
    told = score_of(asset, position_usd=2_000_000, profile=profile, overrides=[override(GATES[0])])
    assert [each.why for each in told.totals] == ["position", "profile", "answers", "all"]
    assert len({each.total for each in told.totals}) == 4


def test_limits_of_a_profile_answer_otherwise(asset, ana):
    stored = {each["criterion"]: each for each in Scorecard.objects.get().findings}
    id, moved = next(
        (id, [{"passes": 0.0, "cautions": 0.0} if band.cautions is not None else {"passes": 0.0}])
        for id, each in CRITERIA.items()
        for band in each.bands
        if len(each.bands) == 1
        and type(band).__name__ == "AtLeast"
        and band.scale != "log"
        and stored.get(id, {}).get("state") in {"fail", "caution"}
        and not stored[id]["stale"]
    )
    profile = create_profile(user=ana, name="Lax", changes=Changes(thresholds={id: moved}))
    assert score_of(asset, profile=profile).findings[id].finding["state"] == "pass"


def test_a_card_at_another_size_has_its_figures_and_answers_and_the_judged_score(asset):
    card = Scorecard.objects.get()
    sized = card_at(card, asset, PositionSize(usd=2_000_000))
    assert sized.figures["position_usd"] == 2_000_000
    assert sized.figures["round_trip_cost_share"] > card.figures["round_trip_cost_share"]
    assert sized.figures["market_cap_usd"] == card.figures["market_cap_usd"]
    moved = [own["criterion"] for own, was in zip(sized.findings, card.findings, strict=True) if own != was]
    assert moved
    assert all(each.startswith("liquidity_depth.") for each in moved)
    assert (sized.total, sized.grade) == (card.total, card.grade)
    assert card_at(card, asset, USUAL) is card


@pytest.mark.parametrize("size_usd", [1, 50_000, 2_000_000, 10**9])
def test_an_answer_at_another_size_is_worth_what_it_says(asset, size_usd):
    """Also one that the stored card could not give."""
    card = Scorecard.objects.get()
    for finding in card.findings:
        if finding["criterion"].startswith("liquidity_depth."):
            finding |= {"state": "unknown", "points": None, "value": None}
    sized = card_at(card, asset, PositionSize(usd=size_usd))
    worth = {each["criterion"]: (each["state"], each["points"]) for each in sized.findings}
    assert any(worth[id][0] != "unknown" for id in worth if id.startswith("liquidity_depth."))
    for state, points in worth.values():
        assert (points is None) == (state in {"unknown", "n-a"})
        assert state not in {"pass", "fail"} or points == (state == "pass")


def test_units_are_a_size_at_the_price_of_the_card(asset):
    card = Scorecard.objects.get()
    assert size_of_card(PositionSize(units=200), card) == pytest.approx(200 * card.figures["price_usd"])
    assert size_of_card(PositionSize(units=200), None) == 5_000, "of what has no price, the usual size"
