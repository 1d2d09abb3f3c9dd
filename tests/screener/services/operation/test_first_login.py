import pytest
from django.contrib.auth import authenticate, get_user_model

from screener.services.operation.first_login import ensure_first_login

pytestmark = pytest.mark.django_db


def test_the_first_start_makes_an_account(tmp_path):
    file = tmp_path / "first-login"
    login = ensure_first_login(kept_in=file)
    assert login.is_new
    assert authenticate(username="analyst", password=login.password).is_staff
    assert file.read_text() == f"analyst {login.password}\n"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_later_start_points_to_the_password_while_it_works(tmp_path):
    first = ensure_first_login(kept_in=tmp_path / "first-login")
    again = ensure_first_login(kept_in=tmp_path / "first-login")
    assert (again.password, again.is_new) == (first.password, False)
    user = get_user_model().objects.get()
    user.set_password("something else")
    user.save()
    assert ensure_first_login(kept_in=tmp_path / "first-login") is None


def test_nothing_is_made_where_there_are_accounts(tmp_path):
    get_user_model().objects.create_user("somebody", password="x")
    assert ensure_first_login(kept_in=tmp_path / "first-login") is None
    assert not (tmp_path / "first-login").exists()


def test_passwords_differ(tmp_path):
    first = ensure_first_login(kept_in=tmp_path / "one")
    get_user_model().objects.all().delete()
    assert ensure_first_login(kept_in=tmp_path / "two").password != first.password
