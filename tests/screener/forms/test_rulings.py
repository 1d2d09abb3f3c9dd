from dataclasses import replace
from decimal import Decimal

import pytest

from screener.forms.rulings import RulingForm, unit_of
from screener.services.dossier.rulings import Rulable
from tests.factories.example import NOW

SUPPLY = Rulable(
    family="supply", field="circulating", stated=100.0, witnesses=(900.0, 450.0), yields=True, as_of=NOW
)
HOLDERS = replace(SUPPLY, family="holders", field="holder_count")
LOSS = replace(SUPPLY, family="fundamentals", field="net_income_ttm_usd", stated=-5.0)
SHARE = replace(SUPPLY, family="holders", field="top_ten_share", stated=0.2, witnesses=())


def form(rulable, **sent):
    return RulingForm({"reason": "Seen.", **sent}, rulable=rulable)


@pytest.mark.parametrize(
    ("choice", "value", "ruled"),
    [("keep", "", 100), ("witness-1", "", 900), ("witness-2", "", 450), ("other", "7.25", Decimal("7.25"))],
)
def test_each_choice_is_a_value(choice, value, ruled):
    sent = form(SUPPLY, choice=choice, value=value)
    assert sent.is_valid()
    assert sent.ruled == ruled


def test_a_figure_that_is_impossible_can_not_be_kept():
    impossible = replace(SUPPLY, yields=False)
    assert [name for name, _label in form(impossible)["choice"].field.choices] == [
        "witness-1",
        "witness-2",
        "other",
    ]
    assert "choice" in form(impossible, choice="keep").errors


@pytest.mark.parametrize(
    ("rulable", "value", "is_good"),
    [
        (SUPPLY, "-1", False),
        (SUPPLY, "0", True),
        (SUPPLY, "many", False),
        (SUPPLY, "", False),
        (HOLDERS, "12", True),
        (HOLDERS, "12.5", False),
        (LOSS, "-1000", True),
        (SHARE, "1", True),
        (SHARE, "25", False),
    ],
)
def test_another_value_has_to_make_sense(rulable, value, is_good):
    sent = form(rulable, choice="other", value=value)
    assert sent.is_valid() == is_good
    assert ("value" in sent.errors) == (not is_good)


def test_a_reason_is_wanted_and_ids_are_of_the_figure():
    unsaid = RulingForm({"choice": "keep", "reason": " "}, rulable=SUPPLY)
    assert [*unsaid.errors] == ["reason"]
    assert unsaid["value"].id_for_label == "ruling-supply-circulating-value"
    assert "25 %" in RulingForm(rulable=SHARE).fields["value"].help_text


def test_a_count_that_is_whole_is_ruled_whole():
    assert form(replace(HOLDERS, stated=12.4), choice="keep").is_valid()
    sent = form(replace(HOLDERS, stated=12.4), choice="keep")
    sent.full_clean()
    assert sent.ruled == 12


def test_units_are_those_of_names():
    assert [unit_of(each) for each in ("debt_usd", "top_ten_share", "circulating")] == [
        "usd",
        "share",
        "count",
    ]
