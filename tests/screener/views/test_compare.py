from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset, RequestLog
from assets.sourcing.rows import CandleRow
from screener.universe.live import UNIVERSE
from tests.factories.example import fill_equity, fill_example, make_ref, store
from tests.factories.scorecards import make_asset, make_card, make_finding
from tests.screener.views.pages import text_of

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)


@pytest.fixture
def pair():
    """Two scored tokens that differ in the team and in the price."""
    alpha, beta = make_asset("Alpha"), make_asset("Beta")
    audit = make_finding("transparency.audit", "pass", 30)
    make_card(
        alpha,
        80,
        total_low=70,
        total_high=90,
        findings=[make_finding("transparency.team", "pass", 2), audit],
        figures={"spread_share": 0.01, "volume_24h_usd": 5_000.0, "position_usd": 500.0},
        gates_open=["liquidity_depth.pool_control"],
        as_of=NOW - timedelta(days=3),
    )
    make_card(
        beta,
        40,
        total_low=30,
        total_high=50,
        findings=[make_finding("transparency.team", "fail", 0), audit],
        figures={"spread_share": 0.03, "volume_24h_usd": 5_000.0, "position_usd": 500.0},
        gates_open=[],
        gates_unverified=["tokenomics.taxes"],
        as_of=NOW,
    )
    return alpha, beta


def test_assets_stand_in_the_order_of_the_address(client, pair):
    page = client.get("/compare/?asset=beta&asset=alpha")
    assert page.status_code == 200
    assert page.text.index('href="/assets/beta/"') < page.text.index('href="/assets/alpha/"')
    text = text_of(page)
    assert "■ Stop: LP control and lock" in text
    assert "? Unverified: Honeypot and transfer tax" in text
    assert "◆ highest (certain)" in text
    assert "1.0 % ◆ best" in text
    assert "3.0 % ◆ best" not in text
    assert "3 d stale" in text
    assert "Not financial advice" in text


def test_every_known_criterion_says_state_and_threshold(client, pair):
    text = text_of(client.get("/compare/?asset=alpha&asset=beta"))
    assert "Team named people / pseudonyms / nobody is named" in text
    assert "✓ pass" in text
    assert "✕ fail" in text


def test_only_differences(client, pair):
    text = text_of(client.get("/compare/?asset=alpha&asset=beta&only=differences"))
    assert "Team" in text
    assert "Bid-ask spread" in text
    assert "Audit ≤" not in text
    assert "Volume, 24 h" not in text
    assert "Show all rows" in text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Nothing to compare yet"),
        ("asset=alpha", "One asset alone has nothing to be compared with. Add another."),
        ("asset=nobody", "No asset has the address “nobody”."),
        ("asset=alpha&asset=nobody&asset=beta", "No asset has the address “nobody”."),
        ("asset=alpha&asset=beta&asset=alpha", "Alpha (ALP) was named twice and is shown once."),
        (
            "asset=alpha&asset=beta&add=zzz",
            "No asset of this name or symbol that is not in the table already.",
        ),
    ],
)
def test_what_is_wrong_is_said_and_the_good_ones_are_kept(client, pair, query, words):
    page = client.get(f"/compare/?{query}")
    assert page.status_code == 200
    assert words in text_of(page)
    for slug in ("alpha", "beta"):
        assert (f'href="/assets/{slug}/"' in page.text) is (f"asset={slug}" in query)


def test_more_than_five_are_kept_for_when_there_is_room(client):
    for number in range(6):
        make_card(make_asset(f"Coin-{number}"))
    query = "&".join(f"asset=coin-{number}" for number in range(6))
    page = client.get(f"/compare/?{query}&add=coin")
    text = text_of(page)
    assert "Coin-5 (COI) is left out: five assets fit beside each other." in text
    assert "Remove one before you add “coin”." in text
    assert 'name="add"' not in page.text
    without = "&amp;".join(f"asset=coin-{number}" for number in range(1, 6))
    assert f'href="/compare/?{without}"' in page.text


def test_the_only_one_that_is_found_joins_the_others(client, pair):
    make_asset("Gamma")
    page = client.get("/compare/?asset=beta&asset=alpha&only=differences&add=gamma")
    assert page.status_code == 302
    assert page.url == "/compare/?asset=beta&asset=alpha&asset=gamma&only=differences"


def test_a_shared_size_stays_whatever_is_added_or_removed(client, pair):
    make_asset("Gamma")
    query = "asset=beta&asset=alpha&position=%2425k"
    joined = client.get(f"/compare/?{query}&only=differences&add=gamma")
    kept = "&position=25k"
    assert joined.url == f"/compare/?asset=beta&asset=alpha&asset=gamma&only=differences{kept}"
    page = client.get(f"/compare/?{query}").text
    amp = kept.replace("&", "&amp;")
    for address in ("asset=alpha", "asset=beta&amp;asset=alpha&amp;only=differences"):
        assert f'href="/compare/?{address}{amp}"' in page
    assert '<input type="hidden" name="position" value="25k">' in page
    assert 'name="position"' not in client.get("/compare/?asset=beta&position=lots&add=x").text


def test_several_that_are_found_are_a_choice(client, pair):
    make_asset("Gamma one", slug="gamma-1")
    make_asset("Gamma two", slug="gamma-2")
    page = client.get("/compare/?asset=alpha&add=gamma")
    assert 'href="/compare/?asset=alpha&amp;asset=gamma-1"' in page.text
    assert 'href="/compare/?asset=alpha&amp;asset=gamma-2"' in page.text
    assert "One asset alone" in page.text


def test_a_fragment_is_the_table_alone(client, pair):
    page = client.get("/compare/?asset=alpha&asset=beta", headers={"HX-Request": "true"})
    assert page.text.lstrip().startswith('<div id="comparison"')
    assert "HX-Request" in page["Vary"]


def test_a_missing_figure_says_why(client, pair):
    alpha, _beta = pair
    RequestLog.objects.create(
        asset=alpha, provider="goplus", family="holders", asked_at=NOW, problem="Knows no <b>holders</b>."
    )
    page = client.get("/compare/?asset=alpha&asset=beta")
    assert "GoPlus" in page.text
    assert "Knows no &lt;b&gt;holders&lt;/b&gt;." in page.text
    assert "unknown: no provider has enough" in page.text


def test_kinds_that_differ_name_what_is_not_asked(client):
    fill_example()
    text = text_of(client.get(f"/compare/?asset=worked-example&asset={fill_equity().slug}"))
    assert "Tokenomics / Capital structure" in text
    assert "– n/a" in text
    assert "assets of this kind have none" in text


def test_an_asset_without_a_score_has_its_column(client, pair):
    make_asset("Gamma")
    text = text_of(client.get("/compare/?asset=alpha&asset=gamma"))
    assert "not scored yet" in text


def test_different_rules_and_positions_are_said(client, pair):
    _alpha, beta = pair
    make_card(beta, checklist_version="0.1", figures={"position_usd": 9_000.0})
    text = text_of(client.get("/compare/?asset=alpha&asset=beta"))
    assert "These scores come from different versions of the checklist" in text
    assert "Costs and days to exit were worked out for different positions" in text
    assert "older checklist" in text


def test_names_from_outside_are_escaped(client):
    make_asset("<script>alert(1)</script>", slug="evil")
    page = client.get("/compare/?asset=evil&asset=<script>x&add=<script>y")
    assert "<script>alert" not in page.text
    assert "<script>x" not in page.text
    assert "<script>y" not in page.text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client, method):
    assert getattr(client, method)("/compare/").status_code == 405


def test_five_assets_cost_no_more_queries_than_two(client, django_assert_max_num_queries):
    for number in range(5):
        make_card(make_asset(f"Coin-{number}"))
    UNIVERSE.forget()
    UNIVERSE.table()
    query = "&".join(f"asset=coin-{number}" for number in range(5))
    with django_assert_max_num_queries(10):
        client.get(f"/compare/?{query}")
    with django_assert_max_num_queries(11):
        client.get("/compare/?asset=coin-0&asset=coin-1&add=coin")


def test_price_and_size_come_first(client, pair):
    page = client.get("/compare/?asset=alpha&asset=beta&position=25k")
    text = text_of(page)
    rows = [
        "Price",
        "Newest fact",
        "Market cap",
        "Tier",
        "Volume, 24 h",
        "Round-trip",
        "Days to exit",
        "Score",
    ]
    head = text[text.index("Assets as columns") :]
    places = [head.index(each) for each in rows]
    assert places == sorted(places)
    assert "for $25 K" in text.replace("\u2009", " ").replace("\u202f", " ")


def test_prices_stand_on_one_scale_with_a_table_behind_them(client):
    for name, close in (("one", 4), ("two", 1)):
        asset = make_ref(identifiers=(("x", name),), name=name.title())
        store(
            *(
                CandleRow(
                    asset=asset,
                    as_of=NOW - timedelta(days=day),
                    **dict.fromkeys(("open_usd", "high_usd", "low_usd", "close_usd"), Decimal(close + day)),
                )
                for day in range(1, 12)
            )
        )
    slugs = "&".join(f"asset={each.slug}" for each in Asset.objects.order_by("name"))
    page = client.get(f"/compare/?{slugs}")
    text = text_of(page)
    assert "each is 100 on the first day" in text
    assert text.index("One −66.7") < text.index("Two −83.3")
    assert 'class="line line-1"' in page.text
    assert "One 33.3 · Two 16.7" in text
    assert page.context["prices"].rows[0].values == pytest.approx((100 * 5 / 15, 100 * 2 / 12))


def test_without_prices_it_says_that_there_is_no_chart(client, pair):
    assert "No price chart" in text_of(client.get("/compare/?asset=alpha&asset=beta"))
    assert "No price chart" not in text_of(client.get("/compare/?asset=alpha"))
