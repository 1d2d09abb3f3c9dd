import pytest

from screener.admission.environ import environ_of, headers_of
from screener.admission.proxies import CLAIMS, drop_claims_of_strangers, is_among


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("10.0.0.1", True),
        ("172.20.0.1", True),
        ("::ffff:172.20.0.1", True),
        ("::1", True),
        ("10.0.0.2", False),
        ("172.32.0.1", False),
        ("::2", False),
        ("", False),
        ("unix", False),
    ],
)
def test_an_address_is_that_of_a_proxy_or_not(address, is_ours):
    assert is_among(address, ("10.0.0.1", "172.16.0.0/12", "::1")) is is_ours


def claims(peer):
    return {"REMOTE_ADDR": peer, "HTTP_HOST": "a.example", **dict.fromkeys(CLAIMS, "claimed")}


def test_what_a_stranger_claims_is_dropped(settings):
    settings.PROXIES = ["10.0.0.1"]
    environ = claims("192.0.2.7")
    drop_claims_of_strangers(environ)
    assert environ == {"REMOTE_ADDR": "192.0.2.7", "HTTP_HOST": "a.example"}


def test_what_our_proxy_says_stays(settings):
    settings.PROXIES = ["10.0.0.1"]
    environ = claims("10.0.0.1")
    drop_claims_of_strangers(environ)
    assert environ == claims("10.0.0.1")


@pytest.mark.django_db
@pytest.mark.parametrize(("peer", "is_secure"), [("10.0.0.1", True), ("192.0.2.7", False)])
def test_only_our_proxy_makes_a_request_secure(client, settings, peer, is_secure):
    settings.PROXIES = ["10.0.0.1"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/glossary/", HTTP_X_FORWARDED_PROTO="https", REMOTE_ADDR=peer)
    assert answer.status_code == (200 if is_secure else 301)


@pytest.mark.parametrize(("peer", "is_believed"), [("10.0.0.1", True), ("192.0.2.7", False)])
def test_admission_hears_of_proxies_the_same_and_of_no_twin(settings, peer, is_believed):
    settings.PROXIES = ["10.0.0.1"]
    scope = {
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "client": (peer, 1),
        "headers": [(b"x-forwarded-for", b"198.51.100.1"), (b"x_forwarded_for", b"198.51.100.2")],
    }
    environ = environ_of(scope, headers_of(scope))
    assert environ.get("HTTP_X_FORWARDED_FOR") == ("198.51.100.1" if is_believed else None)
