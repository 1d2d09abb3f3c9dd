from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from assets.models import Asset
from assets.services.ruling import rule
from assets.sourcing import rows
from screener.models import Scorecard
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.rulings import asked_figures, rulable, ruled_name
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import NOW, make_ref
from tests.factories.market import observe

pytestmark = pytest.mark.django_db

CAP = ("measures", "market_cap_usd", "reported_cap")


def told(*, cap=900, **supply):
    now = {"asset": make_ref(), "as_of": NOW}
    observe(
        rows.MarketRow(**now, price_usd=Decimal(1), market_cap_usd=Decimal(cap)),
        rows.SupplyRow(**now, **{name: Decimal(value) for name, value in supply.items()}),
        at=NOW,
        provider="coingecko",
    )
    asset = Asset.objects.get()
    score_assets([asset.pk])
    return DossierFacts(asset)


def asked_of(card_questions):
    """The page of an asset whose card asks these."""
    facts = told(circulating=100)
    Scorecard.objects.update(questioned={"figures": {}, "facts": card_questions})
    return DossierFacts(facts.asset)


def question(frame, field, witness, value, against):
    return {
        "frame": frame,
        "field": field,
        "witness": witness,
        "value": value,
        "against": against,
        "place": "",
    }


def test_a_market_cap_is_decided_by_the_supply_behind_it():
    [asked] = asked_figures(told(circulating=100))
    figure = asked.rulable
    assert (figure.family, figure.field, figure.stated) == ("supply", "circulating", 100)
    assert (figure.witnesses, figure.yields, figure.is_whole) == ((900,), True, False)
    assert (figure.seen, figure.heard) == ((100, 900), {CAP: 900})
    ruling = figure.ruling(Decimal(5), reason="Seen.")
    assert (ruling.value, ruling.as_of, ruling.reason, ruling.heard) == (5, NOW, "Seen.", figure.heard)
    assert figure.name == ruled_name("supply", "circulating") == "circulating supply"


def test_several_questions_of_one_figure_are_one_ruling():
    questions = [
        question("measures", "market_cap_usd", "reported_cap", 100, 900),
        question("supply", "circulating", "cover_count", 100, 450),
        question("supply", "circulating", "year_ago", 100, 900),
    ]
    asked = asked_figures(asked_of(questions))
    assert [each.is_first for each in asked] == [True, False, False]
    assert {each.rulable.witnesses for each in asked} == {(900, 450)}
    assert len(asked[0].rulable.heard) == 3


def test_what_is_impossible_can_not_be_kept():
    [asked] = asked_figures(asked_of([question("measures", "float_share", "more_than_exists", 1.2, 1)]))
    assert not asked.rulable.yields
    assert asked.rulable.witnesses == ()


@pytest.mark.parametrize(
    ("frame", "field"),
    [
        ("pools", "reserve_usd"),
        ("candles", "high_usd"),
        ("fundamentals_year_ago", "debt_usd"),
        ("supply", "maximum"),
        ("supply", "circulating_year_ago"),
        ("nowhere", "x"),
    ],
)
def test_what_has_several_rows_or_is_not_known_is_not_ruled(frame, field):
    [asked] = asked_figures(asked_of([question(frame, field, "lone_wick", 1, 2)]))
    assert asked.rulable is None
    assert asked.is_first


def test_a_figure_is_found_by_its_name_while_it_is_questioned():
    facts = told(circulating=100)
    assert rulable(facts, family="supply", field="circulating").question["field"] == "market_cap_usd"
    assert rulable(facts, family="supply", field="total") is None
    assert rulable(facts, family="nowhere", field="circulating") is None


def owners():
    """Two funds that have nothing in common report more than all of a company."""
    company = make_ref(kind="equity")
    now = {"asset": company, "as_of": NOW}
    fund = now | {"form": "SCHEDULE 13G", "role": "five_percent_owner", "share": 0.6}
    observe(
        rows.SupplyRow(**now, circulating=Decimal(10_000_000)),
        rows.FundamentalsRow(**now, period_ends_on=NOW.date(), cash_usd=Decimal(7)),
        at=NOW,
        provider="sec_data",
    )
    observe(
        rows.OwnershipRow(**fund, accession="a", line=1, holder="Fund One", shares=Decimal(6_000_000)),
        rows.OwnershipRow(**fund, accession="b", line=1, holder="Other Two", shares=Decimal(6_000_001)),
        at=NOW,
        provider="sec_www",
    )
    asset = Asset.objects.get()
    score_assets([asset.pk])
    return asset


def test_what_owners_hold_together_is_ruled_as_what_their_reports_come_to():
    asset = owners()
    [asked] = asked_figures(DossierFacts(asset))
    figure = asked.rulable
    assert (figure.family, figure.field) == ("fundamentals", "insider_share")
    assert (figure.stated, figure.yields, figure.witnesses) == (pytest.approx(1.2, abs=1e-6), False, ())
    user = User.objects.create_user("ana", is_staff=True)
    rule(
        asset=asset,
        ruling=figure.ruling(Decimal("0.6"), reason="One fund sold to the other."),
        user=user,
        now=NOW,
    )
    score_assets([asset.pk])
    assert not asked_figures(DossierFacts(asset))
    assert Scorecard.objects.latest_of_each_asset().get().figures["insider_share"] == 0.6


def test_without_a_report_nobody_can_say_what_owners_hold():
    facts = asked_of([question("measures", "insider_share", "more_than_the_company", 1.2, 1.0)])
    assert asked_figures(facts)[0].rulable is None
