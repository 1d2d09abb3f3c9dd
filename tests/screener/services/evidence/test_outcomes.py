import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from screener.services.evidence import outcomes as module
from screener.services.evidence.outcomes import outcomes_of, outcomes_of_kind
from screener.services.evidence.read_validation import read_validation
from tests.factories.scorecards import make_answered_card, make_asset, make_finding, make_unrated_card
from tests.factories.validation import make_result, save_results

BY_SCORE = [
    {"upto": 20.0, "n": 50, "rate": 0.8, "low": 0.67, "high": 0.89},
    {"upto": 40.0, "n": 50, "rate": 0.2, "low": 0.11, "high": 0.33},
]
TRADES = "utility.trading_activity"


def population(rows_of, of="dex", **within):
    return {"of": of, "rows_of": rows_of, "within": within}


def result(name, **changes):
    fields = {
        "population": population(name),
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


def test_sets_of_the_same_rows_count_once(sets):
    shared = population("pools")
    assert not pulled(sets(result("a", population=shared), result("b", population=shared))).is_shown


def card_of(*findings, figures=None, asset=None, **fields):
    card = make_answered_card(asset or make_asset("Ant"), *findings, **fields)
    card.figures = card.figures | (figures or {})
    return card


def outcome_of(card):
    return next(each for each in outcomes_of(card, card.asset) if each.of_kind.outcome == "pulled")


def unrated(*findings):
    return make_unrated_card(make_asset("Elk"), *findings)


PASSED = make_finding(TRADES, state="pass", points=1.0)


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "points", "rate"), [("fail", 0.0, 0.8), ("pass", 1.0, 0.2)])
def test_an_asset_is_compared_by_what_the_set_knows(sets, state, points, rate):
    sets(result("a"), result("b"))
    findings = [
        make_finding(TRADES, state=state, points=points),
        make_finding("utility.active_addresses", state="fail", points=0.0),
    ]
    found = outcome_of(card_of(*findings))
    assert [(each.set.name, each.rate) for each in found.chances] == [("a", rate), ("b", rate)]


@pytest.mark.django_db
def test_of_what_the_sets_ask_too_little_may_be_known(sets):
    sets(result("a"), result("b"))
    found = outcome_of(card_of(make_finding(TRADES, state="unknown", points=None)))
    assert found.of_kind.is_shown
    assert found.chances == ()
    assert all(each.is_too_little_known for each in found.misfits)


@pytest.mark.django_db
def test_what_a_set_seldom_answers_is_not_compared_by(sets):
    fed = [
        {"criterion": TRADES, "answered_share": 0.9},
        {"criterion": "utility.active_addresses", "answered_share": 0.1},
    ]
    sets(result("a", criteria_fed=fed), result("b", criteria_fed=fed))
    unasked = make_finding("utility.active_addresses", state="unknown", points=None)
    assert len(outcome_of(card_of(PASSED, unasked)).chances) == 2


@pytest.mark.django_db
def test_an_asset_that_is_not_rated_has_no_numbers(sets):
    sets(result("a"), result("b"))
    found = outcome_of(unrated(PASSED))
    assert found.of_kind.is_shown
    assert found.chances == found.misfits == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cap", "is_member"), [(1e6, True), (3e8, True), (3.1e8, False), (3e12, False), (None, False)]
)
def test_an_asset_beyond_a_set_s_range_is_none_of_its_rows(sets, cap, is_member):
    small = population("a", market_cap_usd=[0, 3e8])
    sets(result("a", population=small), result("b", population=population("b", of="listed")))
    found = outcome_of(card_of(PASSED, figures={} if cap is None else {"market_cap_usd": cap}))
    assert [each.set.name for each in found.chances] == (["a"] if is_member else [])
    if not is_member:
        misfit = next(each for each in found.misfits if each.set.name == "a")
        assert (misfit.measure, misfit.value, misfit.high) == ("market_cap_usd", cap, 3e8)


@pytest.mark.django_db
def test_a_listed_token_is_no_row_of_a_set_of_pools(sets):
    sets(result("a"), result("b"))
    asset = make_asset("Ant")
    asset.identifiers.create(namespace="coingecko", value="ant")
    found = outcome_of(card_of(PASSED, asset=asset))
    assert found.chances == ()
    assert {each.measure for each in found.misfits} == {""}


@pytest.mark.django_db
def test_of_sets_that_share_rows_the_smaller_one_that_fits_speaks(sets):
    shared = population("companies")
    sets(
        result("all", population=shared, rows=5_000),
        result("small", population=shared, rows=2_000),
        result("other"),
    )
    assert [each.set.name for each in outcome_of(card_of(PASSED)).chances] == ["small", "other"]


@pytest.mark.django_db
def test_the_page_tells_the_share_with_its_interval_and_where_it_does_not_hold(sets):
    sets(
        result("a"),
        result("b"),
        result("c", auc=0.3, auc_low=0.2, auc_high=0.4),
        result("d", outcome="silent"),
    )
    card = card_of(make_finding(TRADES, state="fail", points=0.0))
    plain = shown(card)
    assert "80.0 % (67.0 % to 89.0 %) of 50 within 14 days, against 90.0 % of the whole set" in plain
    assert "Known not to hold: c (inverted: AUC 0.30)" in plain
    assert "it takes two independent labelled sets and one alone supports it: d" in plain
    assert "no labelled set supports a number" in plain


@pytest.mark.django_db
def test_the_page_says_why_there_is_no_number(sets):
    small = population("a", market_cap_usd=[0, 3e8])
    sets(result("a", population=small), result("b"))
    assert "the asset is not rated" in shown(unrated(PASSED))
    listed = make_asset("Fox")
    listed.identifiers.create(namespace="coingecko", value="fox")
    assert "no labelled set is of assets like this one" in shown(card_of(PASSED, asset=listed))


def shown(card):
    context = {"outcomes": outcomes_of(card, card.asset), "is_rated": card.is_rated}
    text = strip_tags(render_to_string("dossier/_outcomes.html", context))
    return " ".join(text.replace("\u202f", " ").split()).replace(" ,", ",")
