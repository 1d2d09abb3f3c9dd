import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.urls import path

from screener import urls
from screener.views.errors import LONGEST_TRACE, raised

KEY = "k3y-0f-a-vendor"


def boom(_request, kind):
    """An address that fails in whatever way is asked for, with variables that nobody may see."""
    password = "swordfish"  # noqa: F841 - it must not come out
    raise KINDS[kind](f"the <b>vendor</b> said {KEY}")


KINDS = {
    "bad": BadRequest,
    "suspicious": SuspiciousOperation,
    "forbidden": PermissionDenied,
    "missing": Http404,
    "broken": ZeroDivisionError,
}
urlpatterns = [path("boom/<str:kind>/", boom), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
PAGES = {
    "bad": (400, "This request could not be understood"),
    "suspicious": (400, "This request could not be understood"),
    "forbidden": (403, "You may not see this"),
    "missing": (404, "There is nothing here"),
    "broken": (500, "Something broke on our side"),
}


@pytest.fixture
def failing(client, settings, monkeypatch):
    settings.ROOT_URLCONF = __name__
    monkeypatch.setenv("ASSAY_MOCK_KEY", KEY)
    client.raise_request_exception = False
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("is_debug", [False, True], ids=["in production", "tried out"])
def test_each_failure_has_a_page_of_ours(failing, settings, kind, is_debug):
    settings.ASSAY_DEBUG = is_debug
    answer = failing.get(f"/boom/{kind}/")
    page = answer.content.decode()
    status, title = PAGES[kind]
    assert answer.status_code == status
    assert title in page
    assert "css/components.css" in page
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
    assert (f"{KINDS[kind].__name__}: the &lt;b&gt;vendor&lt;/b&gt; said …" in page) is is_debug
    assert ("tests/screener/views/test_errors.py" in page) is is_debug
    for hidden in (KEY, "swordfish", "<b>vendor", "style=", "<script>", "SECRET_KEY", "DATABASES"):
        assert hidden not in page


@pytest.mark.django_db
@pytest.mark.parametrize("kind", PAGES)
def test_each_is_in_the_readers_theme_and_leads_on(failing, kind):
    failing.cookies["theme"] = "dark"
    page = failing.get(f"/boom/{kind}/").content.decode()
    assert '<html lang="en" data-theme="dark">' in page
    assert '<nav class="site-nav"' in page
    assert 'href="/">To the screener</a>' in page


@pytest.mark.django_db
def test_an_address_for_forms_and_a_page_that_is_sent_something_say_so(client):
    opened = client.get("/screen/chosen/")
    assert (opened.status_code, opened["Allow"]) == (405, "POST")
    assert "This address is no page" in opened.text
    sent = client.post("/checklist/")
    assert sent.status_code == 405
    assert "This page takes nothing that is sent to it" in sent.text
    assert 'href="/checklist/">Open the page' in sent.text
    assert client.head("/screen/chosen/").content == b""


@pytest.mark.django_db
@pytest.mark.parametrize("is_debug", [False, True])
def test_an_address_that_nothing_answers_lists_no_others(client, settings, is_debug):
    settings.ASSAY_DEBUG = is_debug
    answer = client.get("/nowhere/at/all/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "There is nothing here" in page
    assert ("Resolver404: no page at /nowhere/at/all/" in page) is is_debug
    assert "URLPattern" not in page


@pytest.mark.django_db
def test_a_refusal_of_ours_is_said_to_the_reader(failing, settings, monkeypatch):
    settings.ASSAY_DEBUG = False
    monkeypatch.delenv("ASSAY_MOCK_KEY")
    assert "<p>the &lt;b&gt;vendor" in failing.get("/boom/forbidden/").content.decode()


def test_djangos_own_pages_are_never_on(settings):
    """Tests turn `DEBUG` off as well: this is what a server reads."""
    from screener import settings as read

    assert read.ASSAY_DEBUG is True
    assert read.DEBUG is False


def test_the_end_of_a_long_trace_is_kept():
    try:
        raise ValueError("x" * 3 * LONGEST_TRACE)
    except ValueError as error:
        shown = raised(error)
    assert len(shown.title) == len(shown.trace) == LONGEST_TRACE


def test_an_error_without_words_has_its_name():
    assert raised(KeyError()).title == "KeyError"
