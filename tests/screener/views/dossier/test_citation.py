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


def test_the_document_is_a_pdf_that_a_browser_shows(client):
    asset = fill_example()
    answer = client.get(f"{asset.get_absolute_url()}dossier.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('inline; filename="worked-example-20')
    assert answer.content.startswith(b"%PDF-")
    assert f'href="{asset.get_absolute_url()}dossier.pdf"' in client.get(asset.get_absolute_url()).text


def test_a_document_with_notes_is_kept_nowhere(client, django_user_model):
    asset = fill_example()
    client.force_login(django_user_model.objects.create_user("ana"))
    answer = client.get(f"{asset.get_absolute_url()}dossier.pdf")
    assert "no-store" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]


def test_a_document_of_nothing_is_404(client):
    assert client.get("/assets/nothing/dossier.pdf").status_code == 404
