"""Fixtures of the tests of histories: one asset, its reader, and what its history shows of a kind."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from screener.services.dossier.history.read_history import read_history
from screener.services.dossier.history.subject import HistorySubject
from tests.factories.market import NOW
from tests.factories.scorecards import make_asset

LATER = NOW + timedelta(days=1_000)


@pytest.fixture
def asset(db):
    return make_asset("Alpha")


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def entries():
    """The first page of an asset's history of one kind: what its templates are handed, the newest first."""

    def found(asset, kind="", *, user=None, now=LATER, as_of=None):
        subject = HistorySubject(asset, user=user or AnonymousUser(), now=now, as_of=as_of)
        return [each.shown for each in read_history(subject, kind=kind).entries]

    return found
