import pytest
from django.test import RequestFactory

from screener.views.access import page_before


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("", "/home/"),
        ("/?sort=-total&page=2", "/?sort=-total&page=2"),
        ("http://testserver/notes/?q=x", "/notes/?q=x"),
        ("https://evil.example/", "/home/"),
        ("//evil.example/", "/home/"),
        ("javascript:alert(1)", "/home/"),
        ("/\\evil.example", "/home/"),
    ],
)
def test_only_our_own_pages_are_returned_to(address, page):
    request = RequestFactory().post("/", {"next": address})
    assert page_before(request, default="/home/") == page


@pytest.mark.django_db
def test_who_may_not_is_told_why(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("ana"))
    page = client.post("/data/refresh/", {"provider": "sandbox", "family": "market"})
    assert page.status_code == 403
    assert "Only staff can do this." in page.text
