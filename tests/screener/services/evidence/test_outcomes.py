import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from screener.services.evidence import outcomes as module
from screener.services.evidence.outcomes import outcomes_of, outcomes_of_kind
from screener.services.evidence.read_validation import read_validation
from tests.factories.scorecards import make_answered_card, make_asset, make_finding
from tests.factories.validation import make_result, save_results

BY_SCORE = [
    {"upto": 20.0, "n": 50, "rate": 0.8, "low": 0.67, "high": 0.89},
    {"upto": 40.0, "n": 50, "rate": 0.2, "low": 0.11, "high": 0.33},
]
TRADES = "utility.trading_activity"


def result(name, **changes):
    fields = {
        "kind": "token",
        "outcome": "pulled",
        "horizon_days": 14,
        "brier": 0.1,
        "brier_of_base_rate": 0.2,
        "by_score": BY_SCORE,
        "criteria_fed": [{"criterion": TRADES, "answered_share": 1.0}],
    }
    return make_result(name, **fields | changes)


@pytest.fixture
def sets(tmp_path, monkeypatch):
    """Call it with results: the sets that are saved."""

    def save(*results):
        read = read_validation(save_results(tmp_path / "results.json", *results))
        monkeypatch.setattr(module, "read_validation", lambda: read)
        return read

    return save


def pulled(saved):
    return next(each for each in outcomes_of_kind("token", saved) if each.outcome == "pulled")


def test_two_sets_that_beat_the_base_rate_support_an_outcome(sets):
    found = pulled(sets(result("a"), result("b")))
    assert [each.name for each in found.supported_by] == ["a", "b"]
    assert found.is_shown
    assert not pulled(sets(result("a"))).is_shown


@pytest.mark.parametrize(
    "changes",
    [
        {"brier": 0.2},
        {"brier": None},
        {"auc_low": 0.3, "auc_high": 0.4},
        {"auc_low": 0.45, "auc_high": 0.6},
        {"by_score": []},
    ],
)
def test_a_set_on_which_the_score_does_not_hold_is_named_as_such(sets, changes):
    found = pulled(sets(result("a"), result("b", **changes)))
    assert [each.name for each in found.fails_on] == ["b"]
    assert not found.is_shown


@pytest.mark.parametrize(
    "changes", [{"checklist_version": "1999.1"}, {"outcome": "silent"}, {"kind": "equity"}]
)
def test_results_of_another_checklist_outcome_or_kind_say_nothing(sets, changes):
    found = pulled(sets(result("a", **changes)))
    assert found.supported_by == found.fails_on == ()


def test_every_kind_tells_what_no_set_supports(sets):
    assert [each.is_shown for each in outcomes_of_kind("equity", sets(result("a")))] == [False, False]


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "points", "rate"), [("fail", 0.0, 0.8), ("pass", 1.0, 0.2)])
def test_an_asset_is_compared_by_what_the_set_knows(sets, state, points, rate):
    sets(result("a"), result("b"))
    findings = [
        make_finding(TRADES, state=state, points=points),
        make_finding("utility.active_addresses", state="fail", points=0.0),
    ]
    card = make_answered_card(make_asset("Ant"), *findings)
    found = next(each for each in outcomes_of(card, "token") if each.of_kind.outcome == "pulled")
    assert [(each.set.name, each.rate) for each in found.chances] == [("a", rate), ("b", rate)]


@pytest.mark.django_db
def test_of_what_the_sets_ask_too_little_may_be_known(sets):
    sets(result("a"), result("b"))
    card = make_answered_card(make_asset("Bee"), make_finding(TRADES, state="unknown", points=None))
    found = next(each for each in outcomes_of(card, "token") if each.of_kind.outcome == "pulled")
    assert found.of_kind.is_shown
    assert found.chances == ()


@pytest.mark.django_db
def test_the_page_tells_the_share_with_its_interval_and_where_it_does_not_hold(sets):
    sets(result("a"), result("b"), result("c", auc_low=0.2, auc_high=0.4))
    card = make_answered_card(make_asset("Cat"), make_finding(TRADES, state="fail", points=0.0))
    text = render_to_string("dossier/_outcomes.html", {"outcomes": outcomes_of(card, "token")})
    plain = " ".join(strip_tags(text).replace("\u202f", " ").split())
    assert "80.0 % (67.0 % to 89.0 %) of 50 within 14 days" in plain
    assert "Known not to hold: c" in plain
    assert "no labelled set supports a number" in plain
