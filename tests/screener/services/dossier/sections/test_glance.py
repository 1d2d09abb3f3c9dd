from datetime import timedelta
from types import SimpleNamespace

import pytest

from screener.services.desk.notes import write_note
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.glance import MOST_AHEAD, read_glance
from tests.factories.example import NOW, fill_example

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("universe_at_rest")]


def event(days):
    return SimpleNamespace(on=NOW.date() + timedelta(days=days))


def test_the_nearest_events_are_shown_and_the_others_counted():
    events = [event(days) for days in range(MOST_AHEAD + 2)]
    shown = read_glance(DossierFacts(fill_example(), now=NOW, read_ahead=lambda: events))
    assert [*shown.ahead] == events[:MOST_AHEAD]
    assert shown.further == 2


def test_nothing_ahead_is_an_empty_list():
    shown = read_glance(DossierFacts(fill_example(), now=NOW))
    assert not shown.ahead
    assert shown.further == 0


def test_the_note_is_the_readers_own_and_the_last_that_was_edited(django_user_model):
    asset = fill_example()
    ana, ben = (django_user_model.objects.create_user(name) for name in ("ana", "ben"))
    write_note(user=ana, asset=asset, body="First")
    last = write_note(user=ana, asset=asset, body="Second")
    assert read_glance(DossierFacts(asset, user=ana, now=NOW)).note == last
    assert read_glance(DossierFacts(asset, user=ben, now=NOW)).note is None
    assert read_glance(DossierFacts(asset, now=NOW)).note is None
