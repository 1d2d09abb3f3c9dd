from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.subject import CARDS_A_STRETCH, HistorySubject
from tests.factories.market import NOW
from tests.factories.scorecards import make_card

pytestmark = pytest.mark.django_db


def subject(asset):
    return HistorySubject(asset, user=AnonymousUser(), now=NOW + timedelta(days=9))


def test_the_first_card_has_none_before_it(asset):
    old, new = (make_card(asset, scored_at=NOW + timedelta(hours=hour)) for hour in range(2))
    read = subject(asset).steps(HistoryPlace.behind(NOW + timedelta(days=9)))
    assert [(each.old and each.old.pk, each.new.pk) for each in read.steps] == [
        (old.pk, new.pk),
        (None, old.pk),
    ]
    assert read.end is None


def test_a_stretch_that_is_cut_ends_at_a_card_whose_step_is_whole(asset, django_assert_num_queries):
    cards = [make_card(asset) for _number in range(CARDS_A_STRETCH + 1)]
    history = subject(asset)
    with django_assert_num_queries(1):
        for _stream in range(4):
            read = history.steps(HistoryPlace.behind(NOW + timedelta(days=9)))
    assert len(read.steps) == CARDS_A_STRETCH
    assert read.end == HistoryPlace(cards[1].scored_at, cards[1].pk)
    assert read.steps[-1].old.pk == cards[0].pk
    behind = history.steps(read.end)
    assert [each.new.pk for each in behind.steps] == [cards[1].pk, cards[0].pk]
