import pytest
from django.core import mail


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/password/reset/", "/accounts/email/"])
def test_without_a_mail_server_there_is_no_link_to_ask_for(client, django_user_model, settings, address):
    settings.MAIL_CONFIGURED = False
    django_user_model.objects.create_user("ana", email="ana@example.com")
    assert "This server sends no mail" in client.get(address).text
    assert client.post(address, {"email": "ana@example.com"}).status_code == 403
    assert mail.outbox == []


@pytest.mark.django_db
def test_the_log_in_says_so(client, settings):
    settings.MAIL_CONFIGURED = False
    assert "it sends no mail" in client.get("/accounts/login/").text
    settings.MAIL_CONFIGURED = True
    assert "/accounts/password/reset/" in client.get("/accounts/login/").text
