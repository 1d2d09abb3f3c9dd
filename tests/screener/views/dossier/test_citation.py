import pytest

from tests.factories.example import fill_example

pytestmark = pytest.mark.django_db


def test_it_is_plain_text_under_the_address_of_the_server(client):
    asset = fill_example()
    answer = client.get(f"{asset.get_absolute_url()}cite/")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert f"http://testserver{asset.get_absolute_url()}" in answer.text
    assert f'href="{asset.get_absolute_url()}cite/"' in client.get(asset.get_absolute_url()).text


def test_an_address_of_nothing_is_404(client):
    assert client.get("/assets/nothing/cite/").status_code == 404
