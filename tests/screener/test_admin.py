import pytest

from assets.models import Asset
from screener.services.notes import write_note


@pytest.fixture
def note(admin_user):
    asset = Asset.objects.create(kind="token", slug="alpha", name="Alpha")
    return write_note(owner=admin_user, asset=asset, body="first")


def test_a_note_is_read_with_its_history_and_not_changed(admin_client, note):
    address = f"/admin/screener/note/{note.pk}/change/"
    assert "first" in admin_client.get(address).text
    assert admin_client.post(address, {"body": "second"}).status_code == 403
    note.refresh_from_db()
    assert note.body == "first"
