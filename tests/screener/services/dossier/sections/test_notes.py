import pytest
from django.contrib.auth.models import User

from screener.services.desk.notes import write_note
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.notes import read_notes
from tests.factories.scorecards import make_asset

pytestmark = pytest.mark.django_db


def test_everybody_sees_their_own():
    alpha, ana, bob = make_asset("Alpha"), User.objects.create_user("ana"), User.objects.create_user("bob")
    write_note(user=ana, asset=alpha, body="Hers")
    write_note(user=bob, asset=alpha, body="His")
    assert [each.body for each in read_notes(DossierFacts(alpha, user=ana)).notes] == ["Hers"]
    assert not read_notes(DossierFacts(alpha)).notes
