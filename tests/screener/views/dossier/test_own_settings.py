import pytest

from screener.models import Profile
from tests.factories.example import fill_example

pytestmark = pytest.mark.django_db


def test_the_size_in_the_address_is_the_readers(client):
    address = fill_example().get_absolute_url()
    assert "$7,000" in client.get(f"{address}?position=7000&whole=1").text


def test_a_profile_in_the_address_is_ones_own_or_none(client, django_user_model):
    address = fill_example().get_absolute_url()
    mine, theirs = (
        Profile.objects.create(owner=django_user_model.objects.create_user(name), name=name)
        for name in ("mine", "theirs")
    )
    client.force_login(mine.owner)
    assert client.get(f"{address}?profile={mine.pk}").status_code == 200
    assert client.get(f"{address}?profile={theirs.pk}").status_code == 404
    assert client.get(f"{address}dossier.pdf?profile={mine.pk}").status_code == 200
