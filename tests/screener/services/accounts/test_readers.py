import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, authenticate
from django.contrib.auth.models import User

from screener.models import Preference, Profile
from screener.services.accounts.readers import ReaderBackend
from tests.factories.world import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return User.objects.create_user("ana", password=PASSWORD)


@pytest.mark.parametrize("has_preference", [True, False])
def test_a_reader_comes_with_what_they_have_set_in_one_query(ana, has_preference, django_assert_num_queries):
    if has_preference:
        Preference.objects.create(owner=ana, profile=Profile.objects.create(owner=ana, name="Mine"))
    with django_assert_num_queries(1):
        reader = ReaderBackend().get_user(ana.pk)
        preference = getattr(reader, "preference", None)
        assert (preference is not None) is has_preference
        assert not has_preference or preference.profile.name == "Mine"


def test_who_is_gone_or_shut_out_is_nobody(ana):
    User.objects.filter(pk=ana.pk).update(is_active=False)
    assert ReaderBackend().get_user(ana.pk) is None
    assert ReaderBackend().get_user(0) is None


def test_a_wrong_password_is_hashed_once(ana, monkeypatch):
    checked = []
    monkeypatch.setattr(User, "check_password", lambda _user, password: checked.append(password))
    assert authenticate(None, username="ana", password="wrong") is None
    assert checked == ["wrong"]


def test_a_session_of_an_earlier_version_goes_on(client, ana):
    client.force_login(ana, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/notes/").status_code == 200
    assert client.login(username="ana", password=PASSWORD)
    assert client.session[BACKEND_SESSION_KEY] == "screener.services.accounts.readers.ReaderBackend"
