import pytest
from playwright.sync_api import expect

from assets.models import Asset, SupplySnapshot

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]

SHEET = b"asset,circulating,total,as_of\nalpha,100,200,2026-03-01\nalpha,many,200,2026-03-02\n"


def test_a_sheet_is_checked_then_imported(valkey, django_user_model, live_server, as_person, accessible):
    Asset.objects.create(kind="token", slug="alpha", name="Alpha").identifiers.create(
        namespace="coingecko", value="alpha"
    )
    page = as_person(django_user_model.objects.create_user("root", is_staff=True))
    page.goto("/data/import/")
    accessible(page)
    page.get_by_label("Sheet", exact=True).select_option("supply")
    page.get_by_label("Evidence", exact=True).fill("https://example.org/supply")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "supply.csv", "mimeType": "text/csv", "buffer": SHEET}
    )
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("is not a number")).to_be_visible()
    accessible(page)
    assert not SupplySnapshot.objects.exists(), "checking changes nothing"
    page.get_by_role("button", name="Import 1 good row").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Run")
    assert SupplySnapshot.objects.get().circulating == 100
