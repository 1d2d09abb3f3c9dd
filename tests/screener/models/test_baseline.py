import pytest

from screener.models import ScorecardBaseline
from screener.models.packing import PACKED, Baseline
from tests.factories.scorecards import make_answered_card, make_asset, make_finding


@pytest.mark.django_db
def test_it_says_what_its_card_said():
    card = make_answered_card(make_asset("Alpha"), *(make_finding(value=float(each)) for each in range(40)))
    content = Baseline.of({name: getattr(card, name) for name in PACKED})
    ScorecardBaseline.of(card.asset_id, content).save()
    stored = ScorecardBaseline.objects.get()
    assert stored.content == content
    assert stored.size < len(content.texts) / 4
