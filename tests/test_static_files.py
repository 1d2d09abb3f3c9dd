"""Static files as production serves them: those that were there at its start, and nothing beside them."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.module_loading import import_string


@pytest.fixture
def served(settings, tmp_path):
    """Whether an address is answered with a file."""
    root = tmp_path / "static"
    (root / "js").mkdir(parents=True)
    (root / "js" / "app.js").write_text("let it = 1;")
    (root / "js" / "index.html").write_text("<p>An index.</p>")
    (tmp_path / "secret-key").write_text("sesame")
    settings.STATIC_ROOT = root
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    (name,) = (each for each in settings.MIDDLEWARE if each.startswith("whitenoise."))
    middleware = import_string(name)(lambda _request: HttpResponse(status=404))
    (root / "late.js").write_text("let it = 2;")
    return lambda address: middleware(RequestFactory().get(address)).status_code == 200


def test_a_file_is_served(served):
    assert served("/static/js/app.js")


@pytest.mark.parametrize(
    "address",
    [
        *("/static/", "/static/js", "/static/js/", "/static/late.js", "/static/js/none.js"),
        *(
            "/static/../secret-key",
            "/static/js/../../secret-key",
            "/static/%2e%2e/secret-key",
            "/static//etc/passwd",
        ),
    ],
)
def test_no_folder_is_listed_and_nothing_beside_them_is_served(served, address):
    assert not served(address)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/static/", "/static/js/", "/static/vendor/", "/static/admin/"])
def test_nor_is_one_while_somebody_tries_assay_out(client, address):
    assert client.get(address).status_code == 404
