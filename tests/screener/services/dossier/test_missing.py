import pytest

from screener.checklist import CRITERIA, DIMENSIONS
from screener.services.dossier.missing import missing_of
from tests.factories.scorecards import make_answered_card, make_asset, make_finding, make_unrated_card

pytestmark = pytest.mark.django_db

OF_TOKENS = [each for each in CRITERIA.values() if "token" in each.kinds]
GATES = [each.id for each in OF_TOKENS if each.is_gate]
PLAIN = [each.id for each in OF_TOKENS if not each.is_gate]


def test_of_an_asset_that_is_rated_nothing_is_missing():
    asset = make_asset("Alpha")
    assert missing_of(make_answered_card(asset, make_finding(state="unknown")), asset) is None


def test_it_names_the_gates_that_nobody_checked_and_who_could():
    asset = make_asset("Alpha")
    checked, unchecked = GATES[:2]
    findings = [make_finding(checked), make_finding(unchecked, "unknown")]
    missing = missing_of(make_unrated_card(asset, *findings, gates_unverified=[unchecked]), asset)
    assert [each.criterion.id for each in missing.gates] == [unchecked]
    assert missing.gates[0].sources
    assert missing.is_too_little
    assert not missing.no_gate_verified


def test_it_says_so_where_no_gate_was_verified_though_enough_is_known():
    asset = make_asset("Alpha")
    findings = [make_finding(each, "unknown") for each in GATES[:2]] + [make_finding(PLAIN[0])]
    card = make_unrated_card(asset, *findings, gates_unverified=GATES[:2], coverage=0.8)
    missing = missing_of(card, asset)
    assert missing.no_gate_verified
    assert not missing.is_too_little


def test_it_counts_by_dimension_what_has_no_answer():
    asset = make_asset("Alpha")
    dimension = next(each for each in DIMENSIONS if sum("token" in one.kinds for one in each.criteria) > 3)
    first, second, third, *_more = [each.id for each in dimension.criteria if "token" in each.kinds]
    findings = [make_finding(first, "unknown"), make_finding(second), make_finding(third, "n-a")]
    (found,) = missing_of(make_unrated_card(asset, *findings), asset).dimensions
    assert (found.id, found.asked, [each.id for each in found.unanswered]) == (dimension.id, 2, [first])


def test_a_criterion_that_is_gone_is_not_missed():
    asset = make_asset("Alpha")
    missing = missing_of(make_unrated_card(asset, make_finding("utility.gone", "unknown")), asset)
    assert (missing.gates, missing.dimensions) == ((), ())
