from dataclasses import replace

from assets.models import RefreshRun
from assets.services.ruling import PastRuling
from screener.services.dossier.rulings import Rulable
from screener.templatetags.rulings import ruled_figure, ruled_value, ruling_form
from tests.factories.example import NOW

PAST = PastRuling(
    run=RefreshRun(),
    observation_id=1,
    family="fundamentals",
    field="debt_usd",
    value=2_500_000,
    author="root",
    reason="Seen.",
    ruled_at=NOW,
)


def test_a_ruling_is_named_with_its_value():
    assert ruled_figure(PAST) == "debt"
    assert ruled_value(PAST) == "$2.50\u202fM"
    assert ruled_value(replace(PAST, family="supply", field="circulating", value=1_200)) == "1,200"


def test_the_form_is_of_the_figure():
    figure = Rulable(family="supply", field="total", stated=1, witnesses=(), yields=True, as_of=NOW)
    assert ruling_form(figure).rulable is figure
