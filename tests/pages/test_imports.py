import pytest
from playwright.sync_api import expect

from assets.models import Asset, RefreshRun, SupplySnapshot
from tests.factories.sheets import work_off
from tests.pages.widths import fits

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]

SHEET = (
    b"asset;circulating;total;as_of\n"
    b"alpha;100;18.250;2026-03-01\n"
    b"alpha;many;200;soon\n"
    b"alpha;many;200;2026-03-02\n"
)


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
    expect(page.get_by_text("is not a number").first).to_be_visible()
    expect(page.get_by_text("The file leaves open how it is meant")).to_be_visible()
    accessible(page)
    page.get_by_label("Decimal mark", exact=True).select_option("comma")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("The file leaves open how it is meant")).not_to_be_visible()
    assert not SupplySnapshot.objects.exists(), "checking changes nothing"
    page.get_by_role("button", name="Import 2 good rows").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Run")
    expect(page.get_by_text("The file waits for a worker.")).to_be_visible()
    accessible(page)
    work_off(RefreshRun.objects.get())
    expect(page.get_by_text("row 3, circulating: is not a number")).to_be_visible()
    assert SupplySnapshot.objects.get(circulating=100).total == 18_250
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text("root has undone this import")).to_be_visible()
    accessible(page)
    page.goto("/data/import/")
    expect(page.get_by_role("heading", name="Latest imports")).to_be_visible()
    accessible(page)


def test_the_button_says_that_the_file_is_being_read(valkey, django_user_model, live_server, as_person):
    page = as_person(django_user_model.objects.create_user("root", is_staff=True))
    page.goto("/data/import/")
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    page.get_by_label("Evidence", exact=True).fill("https://example.org/supply")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "supply.csv", "mimeType": "text/csv", "buffer": SHEET}
    )
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("button", name="Reading the file…")).to_have_attribute("aria-disabled", "true")


def test_the_page_says_how_far_the_file_is_and_can_stop_it(
    valkey, django_user_model, live_server, as_person, accessible
):
    page = as_person(django_user_model.objects.create_user("root", is_staff=True))
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 740})
    page.route(
        "**/data/import/progress/*",
        lambda route: route.fulfill(json={"done": 500, "total": 2_000, "text": "Rows read: 500 of 2,000"}),
    )
    page.goto("/data/import/")
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    page.get_by_label("Evidence", exact=True).fill("https://example.org/supply")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "supply.csv", "mimeType": "text/csv", "buffer": SHEET}
    )
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Rows read: 500 of 2,000")).to_be_visible()
    expect(page.get_by_role("progressbar", name="Rows done")).to_have_attribute("value", "500")
    accessible(page)
    fits(page, 360)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopping…")).to_be_visible()
