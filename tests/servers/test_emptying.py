"""After a test that commits its database is as before: empty, and asked about its foreign keys again."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import IntegrityError, transaction

from screener.models import Watchlist
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)


def rows():
    return {model: model._base_manager.count() for model in apps.get_models() if model._meta.managed}


def empty(**how):
    call_command("flush", verbosity=0, interactive=False, **how)


@pytest.mark.parametrize("reset_sequences", [False, True])
def test_what_was_written_is_gone_and_what_is_made_of_models_stays(django_user_model, reset_sequences):
    before = rows()
    make_world(django_user_model)
    assert sum(map(bool, rows().values())) > 20
    empty(reset_sequences=reset_sequences)
    assert rows() == before
    assert {model for model, count in before.items() if count} == {Permission, ContentType}


def test_foreign_keys_are_looked_at_again():
    empty(reset_sequences=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Watchlist.objects.create(owner_id=4_711, name="of nobody")
