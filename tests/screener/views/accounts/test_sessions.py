from datetime import UTC, datetime, timedelta

import pytest
import time_machine

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def limits(settings):
    settings.SESSION_IDLE_S, settings.SESSION_LONGEST_S = 3_600, 86_400


@pytest.mark.django_db
def test_a_session_that_nobody_uses_ends(client, django_user_model, limits):
    with time_machine.travel(NOW, tick=False) as clock:
        client.force_login(django_user_model.objects.create_user("ana"))
        for _ in range(5):
            clock.shift(timedelta(minutes=50))
            assert client.get("/profiles/").status_code == 200
        clock.shift(timedelta(minutes=61))
        assert client.get("/profiles/").status_code == 302


@pytest.mark.django_db
def test_a_session_ends_however_much_it_is_used(client, django_user_model, limits):
    with time_machine.travel(NOW, tick=False) as clock:
        client.force_login(django_user_model.objects.create_user("ana"))
        pages = []
        for _ in range(30):
            clock.shift(timedelta(minutes=50))
            pages.append(client.get("/profiles/").status_code)
    assert pages == [200] * 28 + [302] * 2


@pytest.mark.django_db
def test_a_page_of_a_session_is_not_a_write(client, django_user_model, django_assert_num_queries):
    client.force_login(django_user_model.objects.create_user("ana"))
    with django_assert_num_queries(2):  # The session, and its person with the size of their position.
        client.get("/privacy/")


@pytest.mark.django_db
def test_a_clock_that_was_set_back_ends_nothing(client, django_user_model, limits):
    with time_machine.travel(NOW, tick=False) as clock:
        client.force_login(django_user_model.objects.create_user("ana"))
        clock.shift(timedelta(days=-1))
        assert client.get("/profiles/").status_code == 200


@pytest.mark.django_db
def test_other_sessions_are_seen_and_ended(client, client_factory, django_user_model):
    django_user_model.objects.create_user("ana", password="correct horse battery")
    other = client_factory()
    for each in (client, other):
        each.post("/accounts/login/", {"login": "ana", "password": "correct horse battery"})
    assert client.get("/accounts/sessions/").text.count("127.0.0.1") == 2
    client.post("/accounts/sessions/")
    assert client.get("/profiles/").status_code == 200
    assert other.get("/profiles/").status_code == 302
