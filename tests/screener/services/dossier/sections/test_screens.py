import pytest
from django.contrib.auth.models import User

from screener.screens.query import parse
from screener.screens.screen import Screen
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.screens import read_screens
from screener.services.screening.screens import save_screen
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


def test_the_users_own_screens_come_first():
    alpha, ana = make_asset("Alpha"), User.objects.create_user("ana")
    make_card(alpha)
    save_screen(user=ana, name="Mine", screen=Screen(condition=parse("kind:token")))
    UNIVERSE.forget()
    hits = read_screens(DossierFacts(alpha, user=ana)).hits
    assert (hits[0].title, hits[0].is_own) == ("Mine", True)
    assert "Mine" not in {each.title for each in read_screens(DossierFacts(alpha)).hits}
