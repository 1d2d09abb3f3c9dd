from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.example import fill_example
from tests.factories.scorecards import make_asset, make_card, make_finding
from tests.screener.views.pages import text_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def test_a_glance_tells_score_gates_and_findings(client):
    make_card(
        make_asset("Alpha"),
        62,
        findings=[
            make_finding("tokenomics.unlock_30d", "fail", 0.4),
            make_finding("holder_concentration.holder_count", "pass", 5_000),
            make_finding("liquidity_depth.pool_control", "fail", 0.9),
            make_finding("transparency.team", "unknown"),
        ],
        figures={"next_unlock_days": 5, "unlock_30d_share": 0.4},
        scored_at=timezone.now(),
        as_of=timezone.now() - timedelta(days=2),
        gates_open=["liquidity_depth.pool_control"],
        gates_unverified=["transparency.team"],
    )
    text = text_of(client.get("/assets/alpha/peek/", headers=HTMX))
    for words in (
        "62 /100 C between 10 and 90",
        "■ Stop: LP control and lock",
        "? Unverified: Team",
        "✕ fail Unlocks in 30 days 40.0 % passes at &lt; 1 %",
        "✓ pass Number of holders 5,000 passes at ≥ 2,000",
        "Next unlock:",
        "40.0 % in 30 days",
        "Newest fact: 2 d stale",
    ):
        assert words in text


def test_the_fragment_is_small_and_the_page_is_whole(client):
    fill_example()
    fragment = client.get("/assets/worked-example/peek/", headers=HTMX)
    page = client.get("/assets/worked-example/peek/")
    assert fragment.text.strip() in page.text
    assert "<html" not in fragment.text
    assert len(fragment.content) < 6_000
    assert "Not financial advice" in page.text
    assert "HX-Request" in page["Vary"]
    assert "HX-Request" in fragment["Vary"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (None, "Next unlock: none is known"),
        (0, "Unlocks every day"),
        (1, "Unlock since the last score:"),
    ],
)
def test_unlocks_in_words(client, days, words):
    make_card(make_asset("Alpha"), figures={} if days is None else {"next_unlock_days": days})
    assert words in text_of(client.get("/assets/alpha/peek/", headers=HTMX))


def test_an_asset_without_a_score_says_so(client):
    make_asset("Alpha")
    assert "Not scored yet" in client.get("/assets/alpha/peek/", headers=HTMX).text


def test_nobody_is_404(client):
    assert client.get("/assets/nobody/peek/").status_code == 404
    assert client.get("/assets/nobody/peek/", headers=HTMX).status_code == 404


def test_names_from_outside_are_escaped(client):
    make_card(make_asset("<script>alert(1)</script>", slug="evil"))
    assert "<script>alert" not in client.get("/assets/evil/peek/", headers=HTMX).text


def test_a_fragment_takes_one_query_and_who_asks_two_more(
    client, django_user_model, django_assert_num_queries
):
    fill_example()
    with django_assert_num_queries(1):
        client.get("/assets/worked-example/peek/", headers=HTMX)
    client.force_login(django_user_model.objects.create_user("ana"))
    with django_assert_num_queries(3):  # the session, and the person with their size
        client.get("/assets/worked-example/peek/", headers=HTMX)


def test_it_is_only_read(client):
    assert client.post("/assets/alpha/peek/").status_code == 405
