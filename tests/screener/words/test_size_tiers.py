from django.utils import translation

from assets.metrics.size_tiers import TIERS
from screener.screens.tier_limits import OF_CHECKLIST, Whose, read_limits
from screener.words.size_tiers import (
    NAMES,
    limits_in_words,
    owners_in_short,
    owners_in_words,
    tiers_in_words,
    whose_in_words,
)

STEPS = read_limits("micro:250m,small:1.25b,mid:10b")


def test_every_tier_has_a_name():
    assert tuple(NAMES) == TIERS


def test_limits_are_written_in_full_and_in_the_readers_signs():
    assert limits_in_words(STEPS) == "Micro < $250\u202fM · Small < $1.25\u202fB · Mid < $10\u202fB · Large"
    with translation.override("es"):
        assert "1.250\u202fM" in limits_in_words(STEPS)


def test_whose_limits_they_are():
    operators = OF_CHECKLIST.with_own({"equity": STEPS}, whose=Whose.OPERATOR)
    own = operators.with_own({"token": STEPS}, whose=Whose.PROFILE, profile="Mine <b>")
    assert whose_in_words(OF_CHECKLIST.token) == "limits of the checklist"
    assert whose_in_words(operators.equity) == "limits of this server's operator"
    assert whose_in_words(own.token) == "limits of your profile “Mine <b>”"
    assert owners_in_words(own) == "limits of your profile “Mine <b>”, limits of this server's operator"
    assert owners_in_words(OF_CHECKLIST) == "limits of the checklist"
    short = [owners_in_short(each) for each in (OF_CHECKLIST, operators, own)]
    assert short == ["", "tiers by the operator", "tiers by your profile"]
    assert [title for title, _whose, _limits in tiers_in_words(own)] == [
        "Token tiers",
        "Equity tiers",
    ]
