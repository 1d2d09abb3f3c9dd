import pytest
from django.test import Client

from screener.admission.page_headers import headers_of_every_answer


@pytest.fixture
def production(settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True


def parts_of(headers):
    """A policy is a set of rules in any order."""
    return {
        name: sorted(value.split("; ")) if name == "Content-Security-Policy" else value
        for name, value in headers.items()
    }


@pytest.mark.django_db
def test_they_are_those_of_pages(production):
    ours = parts_of(headers_of_every_answer())
    page = parts_of(Client().get("/about/", secure=True).headers)
    assert {name: page.get(name) for name in ours} == ours
    assert ours.keys() >= {"Strict-Transport-Security", "X-Frame-Options", "Referrer-Policy"}
    assert "frame-ancestors 'none'" in ours["Content-Security-Policy"]


def test_where_there_is_no_tls_none_is_promised(settings):
    settings.SECURE_HSTS_SECONDS = 0
    assert "Strict-Transport-Security" not in headers_of_every_answer()
