import pytest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from screener.views.fragments import fragment_or_page, wants_fragment

PLAIN: dict[str, str] = {}
HTMX = {"HX-Request": "true"}
RESTORED = HTMX | {"HX-History-Restore-Request": "true"}


def ask(headers):
    request = RequestFactory().get("/", headers=headers)
    request.htmx = HtmxDetails(request)
    return request


@pytest.fixture
def templates(settings, tmp_path):
    (tmp_path / "page.html").write_text(
        "<html>{% load partials %}{% partialdef part inline %}{{ x }}{% endpartialdef %}</html>"
    )
    (tmp_path / "other.html").write_text("other {{ x }}")
    settings.TEMPLATES = [each | {"DIRS": [tmp_path]} for each in settings.TEMPLATES]


@pytest.mark.parametrize(("headers", "wants"), [(PLAIN, False), (HTMX, True), (RESTORED, False)])
def test_htmx_wants_the_fragment_except_for_its_history(headers, wants):
    assert wants_fragment(ask(headers)) is wants


@pytest.mark.parametrize(
    ("headers", "fragment", "text"),
    [
        (PLAIN, "#part", "<html>1</html>"),
        (HTMX, "#part", "1"),
        (RESTORED, "#part", "<html>1</html>"),
        (PLAIN, "other.html", "<html>1</html>"),
        (HTMX, "other.html", "other 1"),
    ],
)
def test_a_part_of_the_page_or_a_template_of_its_own(templates, headers, fragment, text):
    response = fragment_or_page(ask(headers), "page.html", {"x": 1}, fragment=fragment, status=422)
    assert (response.text, response.status_code) == (text, 422)


def test_caches_keep_the_two_apart(templates):
    response = fragment_or_page(ask(PLAIN), "page.html", {}, fragment="#part")
    assert response["Vary"] == "HX-Request, HX-History-Restore-Request"
