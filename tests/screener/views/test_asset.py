import pytest

from assets.models import Asset
from assets.sourcing import rows as told
from tests.screener.services.test_read_dossier import NOW, fill_example, ref, store

pytestmark = pytest.mark.django_db


def test_the_worked_example_reads_right(client):
    asset = fill_example()
    text = client.get(asset.get_absolute_url()).content.decode().replace("\u202f", " ")
    assert "$25.0 M" in text
    assert "$35.0 M" in text
    assert "70.0 M" in text
    assert "Not financial advice" in text


def test_an_asset_without_a_score_says_so(client):
    asset = Asset.objects.create(kind="token", slug="new", name="New")
    page = client.get(asset.get_absolute_url())
    assert page.status_code == 200
    assert b"Not scored yet" in page.content
    assert b"No provider has told this yet." in page.content


def test_an_unknown_asset_is_404_in_our_own_words(client):
    page = client.get("/assets/nobody/")
    assert page.status_code == 404
    assert b"There is nothing here" in page.content


def test_names_from_outside_are_escaped(client):
    store(told.ListingRow(asset=ref(name="<script>alert(1)</script>"), as_of=NOW))
    page = client.get(Asset.objects.get().get_absolute_url())
    assert b"<script>alert" not in page.content
