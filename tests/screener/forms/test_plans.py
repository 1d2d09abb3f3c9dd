import pytest
from django.utils import translation

from assets.metrics.planning.ladder import RISING
from screener.forms.plans import NAMES, PlanForm
from screener.services.dossier.plan_terms import MoneyOrShare, PlanTerms


def asked(**given):
    return PlanForm(given).asked


def test_nothing_is_asked_without_an_account():
    plan = asked()
    assert (plan.terms, plan.problems) == (None, {})
    assert plan.typed["risk"] == "1%"
    assert plan.typed["account"] == ""


def test_empty_fields_stand_for_what_the_form_shows():
    shown = {name: text for name, text in asked().typed.items() if name != "account"}
    assert asked(account="50k", **shown).terms == asked(account="50k").terms == PlanTerms(account_usd=50_000)


def test_every_term_is_read():
    plan = asked(
        account="$50,000",
        risk="$400",
        entry="0.85",
        stop="15%",
        win="55%",
        payoff="2x",
        participation="6%",
        days="12h",
        steps="5",
        spacing="250bps",
        weights=RISING,
    )
    assert plan.problems == {}
    assert plan.terms == PlanTerms(
        account_usd=50_000,
        risk=MoneyOrShare(usd=400),
        entry_usd=0.85,
        stop=MoneyOrShare(share=0.15),
        win_share=0.55,
        payoff_ratio=2,
        participation_share=0.06,
        exit_days=0.5,
        steps=5,
        spacing_share=0.025,
        weights=RISING,
    )


def test_every_field_is_a_term():
    assert [*NAMES] == [*PlanForm.base_fields]
    assert {*NAMES.values()} == {*PlanTerms.__slots__}


@pytest.mark.parametrize(
    ("field", "text", "hint"),
    [
        ("account", "much", "50k"),
        ("account", "0", "50k"),
        ("risk", "0%", "1%"),
        ("risk", "101%", "1%"),
        ("risk", "-5", "1%"),
        ("entry", "0", "0.0125"),
        ("stop", "-1%", "15%"),
        ("stop", "0", "15%"),
        ("win", "55", "55%"),
        ("payoff", "0", "2.5x"),
        ("participation", "2", "55%"),
        ("days", "3y", "2w"),
        ("steps", "0", "50"),
        ("steps", "51", "50"),
        ("steps", "1.5", "50"),
        ("spacing", "60%", "5%"),
        ("entry", "9" * 400, "0.0125"),
        ("entry", "\0", "0.0125"),
    ],
)
def test_what_can_not_be_read_is_named_with_how_to_write_it(field, text, hint):
    plan = asked(**{"account": "50k", "win": "50%", "payoff": "2"} | {field: text})
    assert plan.terms is None
    assert [*plan.problems] == [field]
    assert hint in plan.problems[field]
    assert plan.typed[field] == text.strip()


def test_an_edge_needs_both_of_its_terms():
    assert [*asked(account="1k", win="60%").problems] == ["payoff"]
    assert [*asked(account="1k", payoff="2").problems] == ["win"]


def test_a_stop_without_an_account_asks_for_it():
    assert [*asked(stop="15%").problems] == ["account"]


def test_in_spanish_comma_and_point_change_places():
    with translation.override("es"):
        terms = asked(account="1,5m", stop="0,85", risk="2,5%").terms
    assert (terms.account_usd, terms.stop, terms.risk) == (
        1.5e6,
        MoneyOrShare(usd=0.85),
        MoneyOrShare(share=0.025),
    )
