import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from screener.services.accounts.own_data import OWNED, LastSuperuserError, erase, own_data

OF_THE_HOUSE = {
    # Who started or undid something: facts, which stay.
    *("assets.RefreshRun", "assets.Retraction", "screener.MarketFilling", "screener.MarketUndo"),
    "screener.SandboxRemoval",
}


def test_each_table_with_rows_of_a_person_is_in_it():
    user = get_user_model()
    named = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is user and not field.many_to_many
    }
    assert named - OF_THE_HOUSE == {model._meta.label for model, owner in OWNED if "__" not in owner}


@pytest.mark.django_db
def test_what_is_somebody_elses_is_not_in_it(django_user_model):
    ana, bea = (django_user_model.objects.create_user(name) for name in ("ana", "bea"))
    bea.watchlists.create(name="Hers")
    assert own_data(ana)["watchlist"] == []
    assert own_data(bea)["watchlist"][0]["name"] == "Hers"


@pytest.mark.django_db
def test_one_superuser_is_left(django_user_model):
    first, second = (django_user_model.objects.create_superuser(name) for name in ("ana", "bea"))
    erase(first)
    with pytest.raises(LastSuperuserError):
        erase(second)
