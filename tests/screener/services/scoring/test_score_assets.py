from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest

from assets.metrics.families import RESOLVED
from assets.models import Asset, RefreshRun
from assets.services.storing.store import store_rows
from assets.sourcing import rows as told
from screener.checklist.scoring import FLOOR
from screener.models import Scorecard
from screener.services.scoring import score_assets as service
from screener.services.scoring.score_assets import judge_as_of, score_assets, score_batches
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
EXAMPLE = told.AssetRef(kind="token", identifiers=(("x", "example"),), name="Worked Example")


def store(*rows, known_at=NOW, provider="sandbox"):
    RefreshRun.objects.get_or_create(
        provider=provider,
        family="market",
        state="done",
        defaults={"created_at": NOW, "progressed_at": NOW},
    )
    observation = observed(provider=provider, as_of=NOW, known_at=known_at)
    store_rows(observation=observation, rows=rows)
    return observation


def market(price="0.50", **changes):
    return told.MarketRow(**{"asset": EXAMPLE, "as_of": NOW, "price_usd": Decimal(price), **changes})


def supply(circulating, **changes):
    return told.SupplyRow(
        **{
            "asset": EXAMPLE,
            "as_of": NOW,
            "circulating": Decimal(circulating),
            "maximum": Decimal(100_000_000),
        }
        | changes
    )


def score(now=NOW):
    score_assets(Asset.objects.values_list("pk", flat=True), now=now)
    return Scorecard.objects.latest_of_each_asset().get()


def test_fifty_million_at_half_a_dollar_is_25_million_and_35_after_the_unlock_to_70():
    store(market(), supply(50_000_000))
    assert score().figures["market_cap_usd"] == 25_000_000
    store(supply(70_000_000, as_of=NOW + timedelta(days=14)))
    after = score(NOW + timedelta(days=14))
    assert after.figures["market_cap_usd"] == 35_000_000
    assert after.tier == "micro"


def test_a_scorecard_is_appended_only_when_something_changed():
    store(market(), supply(50_000_000))
    score()
    score(NOW + timedelta(minutes=1))
    assert Scorecard.objects.count() == 1
    store(market("0.51", as_of=NOW + timedelta(minutes=2)))
    score(NOW + timedelta(minutes=3))
    assert Scorecard.objects.count() == 2


def test_growing_stale_is_a_change():
    store(market(volume_24h_usd=Decimal(1_000_000)), supply(50_000_000))
    score()
    later = score(NOW + timedelta(hours=25))
    exit_finding = next(each for each in later.findings if each["criterion"].endswith("days_to_exit"))
    assert (exit_finding["state"], exit_finding["stale"]) == ("pass", True)
    assert Scorecard.objects.count() == 2


def test_findings_name_the_observation_they_rest_on():
    observation = store(market(volume_24h_usd=Decimal(1_000_000)), supply(50_000_000))
    finding = next(each for each in score().findings if each["criterion"] == "tokenomics.float_share")
    assert finding["observations"] == [observation.pk]
    assert finding["as_of"] == NOW.isoformat()
    assert finding["value"] == 0.5


def test_an_asset_of_which_nothing_is_known_gets_a_scorecard_that_says_so():
    store(told.ListingRow(asset=EXAMPLE, as_of=NOW))
    card = score()
    assert (card.coverage, card.total, card.grade) == (0, None, "")
    assert card.total_low <= 100 * FLOOR
    assert card.tier == ""
    assert not {"price_usd", "market_cap_usd", "holder_count"} & set(card.figures)
    assert (card.as_of, card.known_at, card.observations) == (None, None, [])


def test_scoring_costs_the_same_queries_for_many(django_assert_max_num_queries):
    refs = [told.AssetRef(kind="token", identifiers=(("x", str(n)),), name=f"Coin {n}") for n in range(60)]
    store(*(market(asset=ref) for ref in refs))
    with django_assert_max_num_queries(len(RESOLVED) + 28):
        score_assets(Asset.objects.values_list("pk", flat=True), now=NOW)
    assert Scorecard.objects.count() == 60


# What a card is stamped with ------------------------------------------------------


def test_a_card_is_stamped_with_all_that_it_rests_on():
    earlier = store(supply(40_000_000, as_of=NOW - timedelta(days=365)), known_at=NOW - timedelta(hours=9))
    first = store(market(), known_at=NOW - timedelta(hours=2))
    second = store(supply(50_000_000), known_at=NOW - timedelta(hours=1))
    store(market("0.40", as_of=NOW - timedelta(days=1)))
    card = score()
    assert card.observations == [earlier.pk, first.pk, second.pk], "what was outdated told nothing"
    assert (card.as_of, card.known_at) == (NOW, NOW - timedelta(hours=1))
    assert card.scored_at == NOW
    assert card.context["kind"] == "token"
    assert card.context["name"] == "Worked Example"
    assert "sector_price_to_sales" not in card.context, "what is not known is not told"


def test_who_was_weighed_and_told_nothing_is_stamped_but_not_cited():
    winner = store(market(), provider="coingecko")
    loser = store(market("0.49"), provider="geckoterminal")
    card = score()
    assert card.observations == [winner.pk, loser.pk]
    assert loser.pk not in {each for finding in card.findings for each in finding["observations"]}


def test_time_alone_is_no_news():
    """Ages and the unlocks to come move with the clock; the answers they give do not, for a while."""
    unlock = told.Unlock(
        unlock_at=NOW + timedelta(days=14),
        ends_at=NOW + timedelta(days=300),
        amount=Decimal(9),
        category="team",
    )
    site = told.DisclosureRow(asset=EXAMPLE, as_of=NOW, site_since=(NOW - timedelta(days=900)).date())
    store(market(), supply(50_000_000), told.UnlockRow(asset=EXAMPLE, as_of=NOW, events=(unlock,)), site)
    score()
    ages = Scorecard.objects.get().figures
    (scored,) = score_batches(Asset.objects.values_list("pk", flat=True), now=NOW + timedelta(minutes=5))
    assert scored.cards[0].figures != ages
    assert scored.written == []


@pytest.mark.parametrize(
    "change", [{"kind": "equity"}, {"sector": "DeFi"}, {"tags": ["meme"]}], ids=lambda each: next(iter(each))
)
def test_another_description_is_a_change(change):
    store(market(), supply(50_000_000))
    score()
    Asset.objects.update(**change)
    score(NOW + timedelta(minutes=1))
    assert Scorecard.objects.count() == 2


def test_another_position_is_a_change(settings):
    store(market(), supply(50_000_000))
    score()
    settings.ASSAY_POSITION_USD = 7_000
    assert score(NOW + timedelta(minutes=1)).figures["position_usd"] == 7_000
    assert Scorecard.objects.count() == 2


# Several at once ------------------------------------------------------------------


def test_who_was_overtaken_writes_nothing():
    """A slow task that looked at the facts earlier must not put its old word on top."""
    store(market(), supply(50_000_000))
    newest = score(NOW + timedelta(minutes=1))
    store(market("0.60", as_of=NOW + timedelta(seconds=1)))
    score(NOW)
    assert Scorecard.objects.get() == newest


def test_who_judged_while_the_clock_was_ahead_holds_up_nobody():
    store(market(), supply(50_000_000))
    score(NOW + timedelta(days=1))
    store(market("0.60", as_of=NOW + timedelta(seconds=1)))
    assert score(NOW).scored_at == NOW
    assert Scorecard.objects.count() == 2


def test_the_newest_card_is_looked_up_only_when_nobody_else_can_write(monkeypatch):
    """Another task scores the asset between this one's look at the facts and its writing."""
    store(market(), supply(50_000_000))
    (asset_id,) = Asset.objects.values_list("pk", flat=True)
    append = service._append_changed

    def after_another(cards, **more):
        monkeypatch.setattr(service, "_append_changed", append)
        score_assets([asset_id], now=NOW)
        return append(cards, **more)

    monkeypatch.setattr(service, "_append_changed", after_another)
    score_assets([asset_id], now=NOW)
    assert Scorecard.objects.count() == 1


def test_an_asset_that_is_gone_meanwhile_gets_no_card(monkeypatch):
    store(told.ListingRow(asset=EXAMPLE, as_of=NOW))
    (asset_id,) = Asset.objects.values_list("pk", flat=True)
    append = service._append_changed

    def after_deletion(cards, **more):
        Asset.objects.all().delete()
        return append(cards, **more)

    monkeypatch.setattr(service, "_append_changed", after_deletion)
    assert score_assets([asset_id], now=NOW) == 1
    assert Scorecard.objects.count() == 0


# As of an earlier moment ----------------------------------------------------------


def test_as_of_a_moment_only_what_was_known_then_counts_and_nothing_is_stored():
    store(market("0.50"), supply(50_000_000), known_at=NOW)
    store(market("0.90", as_of=NOW - timedelta(hours=1)), known_at=NOW + timedelta(days=1))
    store(supply(70_000_000, as_of=NOW + timedelta(days=2)), known_at=NOW + timedelta(days=2))
    ((card,),) = judge_as_of(Asset.objects.values_list("pk", flat=True), moment=NOW)
    assert card.figures["market_cap_usd"] == 25_000_000
    assert card.scored_at == NOW
    assert Scorecard.objects.count() == 0


def test_each_scan_is_a_case_to_be_labelled_later():
    store(market())
    card = score()
    assert sorted(card.cases.values_list("horizon_days", flat=True)) == [14, 90, 180]


def test_a_card_says_what_the_asset_is_by_rule():
    store(market(), told.UsageRow(asset=EXAMPLE, as_of=NOW, revenue_annual_usd=Decimal(5)))
    assert score().label == "utility_token"


def answers(cik):
    """What three providers say of one company, by their names."""
    named = {"kind": "equity", "identifiers": (("cik", cik),)}
    company = told.AssetRef(**named, name="Worked Example Inc")
    period = {"period_ends_on": date(2025, 9, 30), "as_of": NOW - timedelta(days=50), "asset": company}
    return {
        "sec_data": (
            told.FundamentalsRow(
                **period,
                revenue_ttm_usd=Decimal(9_000_000),
                cash_usd=Decimal(3_000_000),
                total_assets_usd=Decimal(9_000_000),
            ),
            told.SupplyRow(asset=company, as_of=NOW - timedelta(days=40), circulating=Decimal(10_000_000)),
            told.FilingRow(
                asset=company, as_of=NOW, filings_due_24m=8, filings_late_24m=1, filings_missing_24m=0
            ),
        ),
        "fmp": (
            told.MarketRow(
                asset=told.AssetRef(**named, symbol=f"W{cik[-1]}", sector="Technology"),
                as_of=NOW,
                price_usd=Decimal(2),
                market_cap_usd=Decimal(21_000_000),
                volume_24h_usd=Decimal(90_000),
            ),
            told.FundamentalsRow(**period, revenue_ttm_usd=Decimal(9_100_000), debt_usd=Decimal(500_000)),
        ),
        "analyst": (told.FundamentalsRow(**period, insider_share=0.31),),
    }


def test_who_answers_first_changes_no_answer():
    for number, order in enumerate(permutations(answers("0"))):
        for provider in order:
            store(*answers(f"{1_999_001 + number}")[provider], provider=provider)
    score_assets(Asset.objects.values_list("pk", flat=True), now=NOW)
    cards = list(Scorecard.objects.latest_of_each_asset())
    assert len(cards) == 6
    first, *others = [
        (
            card.figures,
            card.total,
            card.coverage,
            [(each["criterion"], each["state"]) for each in card.findings],
        )
        for card in cards
    ]
    assert first[0]["revenue_annual_usd"] == 9_000_000
    assert (first[0]["market_cap_usd"], first[0]["insider_share"]) == (20_000_000, 0.31)
    assert others == [first] * 5
