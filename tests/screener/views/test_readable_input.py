import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/?q=a%00b", "/?a%00b=1", "/assets/a%00b/", "/glossary/?x=%00"])
def test_a_nul_in_an_address_is_a_bad_request(client, address):
    assert client.get(address).status_code in {400, 404}


def test_a_nul_in_a_form_is_a_bad_request(client):
    assert client.post("/theme/", {"theme": "dark\0"}).status_code == 400
    assert client.post("/theme/", {"theme": "dark"}).status_code == 302


def test_other_odd_signs_are_read(client):
    assert client.get("/?q=%EF%BF%BF%01%7F%E2%80%AE").status_code == 200
