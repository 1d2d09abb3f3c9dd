from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from screener.services.evidence.read_swaps import read_swaps
from screener.services.evidence.read_validation import read_validation
from screener.views.method import validation
from tests.factories.validation import make_cases, make_result, save_results

pytestmark = pytest.mark.django_db

UNPROVEN = "Not yet validated on live outcomes."


@pytest.fixture(autouse=True)
def results(monkeypatch, tmp_path):
    """The file of results that the page reads; call it with results to write them."""
    cache.clear()
    path = tmp_path / "results.json"
    monkeypatch.setattr(validation, "read_validation", lambda: read_validation(path))
    return lambda *saved: save_results(path, *saved)


def test_without_anything_it_says_what_to_do(client):
    page = client.get("/validation/").text
    assert "No results are stored" in page
    assert "No case yet" in page
    assert UNPROVEN in page


def test_a_set_is_told_in_figures_and_words(client, results):
    results(make_result())
    page = client.get("/validation/").text
    for text in ("0.931", "0.925–0.937", "93 of 100", "0.988", "Age leaks into it.", "not worked out"):
        assert text in page
    assert "The worse the grade, the more ended badly." in page
    assert "not today's" not in page


def test_a_result_of_another_version_says_so(client, results):
    results(make_result(checklist_version="1999.1"))
    assert "1999.1, not today's" in client.get("/validation/").text


def test_a_set_that_has_only_what_every_result_has(client, results):
    saved = make_result("mine", ablation={}, masking={}, reliability=[], limits=[], brier=None, auc=None)
    results(saved | {"auc_low": None, "auc_high": None})
    page = client.get("/validation/")
    assert page.status_code == 200
    assert "Not worked out." in page.text


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(0.45, 0.55, "no better than chance"), (0.2, 0.4, "ended badly had the better scores")],
)
def test_where_the_score_does_not_hold_the_page_says_so(client, results, low, high, words):
    results(make_result(auc=(low + high) / 2, auc_low=low, auc_high=high))
    page = client.get("/validation/").text
    assert "The score does not hold here." in page
    assert words in page


def test_reliability_is_plotted_and_the_outcomes_are_told(client, results):
    results(make_result())
    page = client.get("/validation/").text
    assert 'class="reliability"' in page
    assert "40.0,50.0" in page
    assert "Liquidity pulled or price gone" in page
    assert "not shown" in page


def test_where_the_score_holds_nothing_is_taken_back(client, results):
    results(make_result())
    assert "does not hold" not in client.get("/validation/").text


def test_the_position_and_what_is_idle_are_told(client, results):
    results(make_result())
    page = client.get("/validation/").text
    assert "Costs and exits are those of a position of" in page
    assert "5,000" in page
    assert "market.price_usd" in page


def test_rates_that_do_not_rise_are_admitted(client, results):
    grades = {"A": {"n": 5, "rate": 0.5}, "B": {"n": 5, "rate": 0.1}}
    results(make_result(grades=grades))
    assert "A worse grade does not always mean" in client.get("/validation/").text


def test_cases_that_wait_are_counted(client):
    make_cases([None], labelled_at=None, due_at=timezone.now() + timedelta(days=3))
    page = client.get("/validation/").text
    assert "No case yet" not in page
    assert "300 more assets with an outcome are needed." in page


def test_three_hundred_outcomes_are_shown_with_their_auc(client):
    make_cases(
        [number % 2 == 0 for number in range(300)], totals=[20.0 + number % 2 for number in range(300)]
    )
    page = client.get("/validation/").text
    assert "1.000" in page
    assert page.count(UNPROVEN) == 2, "of the horizons that have none yet, no more of the page"


def test_numbers_of_bars_keep_their_point_in_spanish(client, results):
    results(make_result())
    page = client.get("/validation/", headers={"Accept-Language": "es"}).text
    assert 'x="92.5"' in page
    assert "0,931" in page


def test_it_asks_the_database_little(client, results, django_assert_max_num_queries):
    results(make_result())
    make_cases([True, False])
    client.get("/validation/")
    with django_assert_max_num_queries(1):  # whether there is news for the universe
        client.get("/validation/")


def test_the_errors_of_the_exit_simulator_are_published(client, monkeypatch):
    page = client.get("/validation/").text
    assert "Exit simulator against swaps that happened" in page
    for each in read_swaps():
        assert each.title in page
        assert f"{each.saved['better_than_possible']} of {each.saved['exact']:,}" in page
    monkeypatch.setattr(validation, "read_swaps", tuple)
    cache.clear()
    assert "Exit simulator" not in client.get("/validation/").text
