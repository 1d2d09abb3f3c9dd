import io
import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from kombu.exceptions import OperationalError as QueueError
from openpyxl import Workbook, load_workbook

from assets import providers
from assets.models import Asset, AssetIdentifier, Observation, Payload, RefreshRun, Retraction, SupplySnapshot
from assets.providers.analyst import Analyst
from assets.services.importing import watch_of
from assets.services.refreshing.steps import facts_stored
from assets.services.watching import watched_as
from assets.sourcing.progress import READING, report
from screener.views.data.imports import KEPT_FOR_S, MOST_FAULTS
from tests.factories.sheets import work_off

pytestmark = pytest.mark.django_db

UNDECIDED = b"asset;as_of;total\nworked-example;2026-02-01;18.250\n"

EVIDENCE = "https://example.org/evidence"
BODY = (
    b"asset,as_of,total,mood\n"
    b"worked-example,2026-02-01,70000000,fine\n"
    b"worked-example,2026-02-02,<b>many</b>,fine\n"
    b"stranger,2026-02-01,1,fine\n"
)


@pytest.fixture(autouse=True)
def _registered(monkeypatch):
    others = [each for each in providers.PROVIDERS if each.name != Analyst.name]
    monkeypatch.setattr(providers, "PROVIDERS", (Analyst, *others))


@pytest.fixture(autouse=True)
def _nobody_judges():
    receivers = facts_stored.receivers
    facts_stored.receivers = []
    facts_stored.sender_receivers_cache.clear()
    yield
    facts_stored.receivers = receivers
    facts_stored.sender_receivers_cache.clear()


@pytest.fixture
def worked():
    asset = Asset.objects.create(kind="token", slug="worked-example", name="Worked", symbol="WRK")
    AssetIdentifier.objects.create(asset=asset, namespace="coingecko", value="worked")
    return asset


@pytest.fixture
def staff(django_user_model, client):
    user = django_user_model.objects.create_user("root", is_staff=True)
    client.force_login(user)
    return user


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


def check(client, body=BODY, *, name="supply.csv", **changes):
    form = {"sheet": "supply", "evidence_url": EVIDENCE, **changes}
    if body is not None:
        form["file"] = SimpleUploadedFile(name, body)
    return client.post("/data/import/check/", form)


def hidden(page, name):
    found = re.search(rf'name="{name}" value="([^"]+)"', page.text)
    return unescape(found[1]) if found else ""


def commit(client, token):
    return client.post("/data/import/commit/", {"token": token})


def store(client, token):
    """Commit, and let a worker do what was ordered."""
    answer = commit(client, token)
    for run in RefreshRun.objects.filter(state="running", steps_done=0):
        work_off(run)
    return answer


# Who may ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/data/import/"),
        ("post", "/data/import/check/"),
        ("post", "/data/import/commit/"),
        ("get", "/data/import/template/supply/csv/"),
    ],
)
def test_only_staff_may_import(client, ana, method, address):
    assert getattr(client, method)(address).status_code == 302
    client.force_login(ana)
    assert getattr(client, method)(address).status_code == 403


@pytest.mark.parametrize("address", ["/data/import/check/", "/data/import/commit/"])
def test_looking_changes_nothing(client, staff, address):
    assert client.get(address).status_code == 405


# Choosing -----------------------------------------------------------------------------


def test_the_page_offers_every_sheet_with_its_columns_and_templates(client, staff):
    page = client.get("/data/import/").text
    for text in ("Daily prices", "holder_type", "institution", "/data/import/template/unlocks/xlsx/"):
        assert text in page
    assert 'enctype="multipart/form-data"' in page
    assert "What would be imported" not in page


def test_a_sheet_can_be_chosen_by_its_address(client, staff):
    assert '<option value="unlocks" selected>' in client.get("/data/import/?sheet=unlocks").text
    assert client.get("/data/import/?sheet=weather").status_code == 200


@pytest.mark.parametrize("kind", ["assets", "holders"])
def test_a_template_is_downloaded(client, staff, kind):
    text = client.get(f"/data/import/template/{kind}/csv/")
    assert text.headers["Content-Disposition"] == f'attachment; filename="assay-{kind}.csv"'
    assert text.text.lstrip("\ufeff").startswith("asset,chain,")
    book = client.get(f"/data/import/template/{kind}/xlsx/")
    assert load_workbook(io.BytesIO(book.content)).sheetnames == [kind, "columns"]


@pytest.mark.parametrize("address", ["weather/csv", "supply/pdf"])
def test_there_is_no_other_template(client, staff, address):
    assert client.get(f"/data/import/template/{address}/").status_code == 404


# The dry run ----------------------------------------------------------------------------


def test_a_check_shows_every_bad_row_and_changes_nothing(client, staff, worked):
    page = check(client)
    assert page.status_code == 200
    assert "names no asset that is known" in page.text
    assert "<code>total</code>" in page.text
    assert "is not a number" in page.text
    assert "mood" in page.text
    assert "Import 1 good row" in page.text
    assert worked.get_absolute_url() in page.text
    assert not Observation.objects.exists()


def test_what_stands_in_the_file_is_escaped(client, staff, worked):
    body = b"coingecko,kind,name,<i>x</i>\nfresh,token,<script>alert(1)</script>,1"
    page = check(client, body, sheet="assets", name="<u>.csv").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<i>x" not in page
    assert "<u>.csv" not in page
    assert ">new<" in page


def test_so_many_bad_rows_are_counted(client, staff, worked):
    lines = b"worked-example,soon,1,\n" * (MOST_FAULTS + 7)
    page = check(client, b"asset,as_of,total,mood\n" + lines)
    assert "… and 7 more." in page.text
    assert "No row is good" in page.text
    assert hidden(page, "token") == ""


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"body": None}, "Choose a file."),
        ({"body": b""}, "The file is empty."),
        ({"body": b"asset,total\na,1"}, "The column as_of is missing"),
        ({"body": b"PK\x03\x04"}, "not an XLSX workbook"),
        ({"evidence_url": ""}, "Say where the figures come from"),
        ({"sheet": "weather"}, "Choose what kind of sheet"),
    ],
)
def test_a_check_that_can_not_be_made_says_why(client, staff, changes, problem):
    page = check(client, **changes)
    assert page.status_code == 422
    assert problem in page.text


def test_a_report_is_in_the_readers_language(client, staff, worked):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    bad = check(client, b"asset,as_of,total\nworked-example,soon,1\nelse,2026-03-01,1e400").text
    for problem in ("no es una fecha ISO", "es absurdamente grande"):
        assert problem in bad
    missing = check(client, b"asset,total\na,1").text
    assert "Falta la columna as_of. La primera línea debe nombrar las columnas." in missing


def test_what_was_typed_is_kept_and_the_file_too(client, staff, worked):
    page = check(client, evidence_url="example.org/no-scheme")
    assert page.status_code == 422
    assert 'value="example.org/no-scheme"' in page.text
    assert '<option value="supply" selected>' in page.text
    assert "“supply.csv” is kept here" in page.text
    again = check(client, None, kept=hidden(page, "kept"))
    assert again.status_code == 200
    assert "Import 1 good row" in again.text


def test_a_file_that_was_kept_for_somebody_else_is_not_taken(client, staff, worked, django_user_model):
    kept = hidden(check(client), "kept")
    client.force_login(django_user_model.objects.create_user("ben", is_staff=True))
    assert "Choose a file." in check(client, None, kept=kept).text


# For good -------------------------------------------------------------------------------


def test_what_was_checked_is_imported_by_its_author(client, staff, worked):
    answer = store(client, hidden(check(client), "token"))
    run = RefreshRun.objects.get()
    assert answer.url == f"/data/runs/{run.pk}/"
    assert run.started_by == staff
    assert SupplySnapshot.objects.get().asset == worked
    context = Observation.objects.get().request["context"]
    assert (context["author"], context["evidence_url"]) == ("root", EVIDENCE)


def test_no_page_stores_it_and_both_pages_say_that_it_waits(client, staff, worked):
    answer = commit(client, hidden(check(client), "token"))
    assert not Observation.objects.exists()
    page = client.get(answer.url).text
    assert "The file waits for a worker." in page
    assert 'hx-trigger="every 1s"' in page
    imports = client.get("/data/import/").text
    assert answer.url in imports
    assert 'hx-select="#history"' in imports
    assert "running" in imports
    run = RefreshRun.objects.get()
    with watched_as(watch_of(run)):
        report(READING, 1_500, 50_000)
        assert "Rows read: 1,500 of 50,000" in client.get(answer.url).text
    work_off(run)
    assert "Rows read" not in client.get(answer.url).text


def test_what_was_left_out_stands_at_the_run_with_its_lines_for_staff(client, staff, worked, ana):
    address = store(client, hidden(check(client), "token")).url
    page = client.get(address).text
    assert "row 3, total: is not a number" in page
    assert "row 4, asset: names no asset that is known" in page
    client.force_login(ana)
    assert "row 3" not in client.get(address).text


def test_why_an_import_failed_stands_at_the_run_and_among_the_imports(client, staff, worked):
    token = hidden(check(client), "token")
    AssetIdentifier.objects.all().delete()
    address = store(client, token).url
    for page in (client.get(address).text, client.get("/data/import/").text):
        assert "No row of the file is good" in page
        assert "row 2, asset: names no asset that is known" in page
    assert "Try what is left again" in client.get(address).text


def test_a_run_is_stopped_before_a_worker_takes_it(client, staff, worked):
    address = commit(client, hidden(check(client), "token")).url
    client.post(f"{address}stop/")
    work_off(RefreshRun.objects.get())
    assert not Observation.objects.exists()
    assert "stopped" in client.get("/data/import/").text


def test_the_same_button_twice_is_one_import(client, staff, worked):
    token = hidden(check(client), "token")
    assert store(client, token).url == store(client, token).url
    assert SupplySnapshot.objects.count() == RefreshRun.objects.count() == 1
    checked = check(client)
    assert "See that import" in checked.text
    assert hidden(checked, "token") == ""


def test_the_bytes_come_from_the_server_and_not_from_the_browser(client, staff, worked):
    token = hidden(check(client), "token")
    other = SimpleUploadedFile("b.csv", b"asset,as_of,total\nworked-example,2026-02-09,9")
    client.post("/data/import/commit/", {"token": token, "file": other, "sheet": "prices", "sha256": "x"})
    work_off(RefreshRun.objects.get())
    assert SupplySnapshot.objects.get().total == 70_000_000


@pytest.mark.parametrize("token", ["", "forged", "kept"])
def test_only_what_was_checked_can_be_imported(client, staff, worked, token):
    value = hidden(check(client), "kept") if token == "kept" else token
    page = client.get(commit(client, value).url)
    assert "Check the file again" in page.text
    assert not Observation.objects.exists()


def test_a_check_is_good_for_its_maker_and_for_a_while(client, staff, worked, django_user_model):
    token = hidden(check(client), "token")
    with time_machine.travel(timezone.now() + timedelta(seconds=KEPT_FOR_S + 60)):
        client.force_login(staff)
        commit(client, token)
    client.force_login(django_user_model.objects.create_user("ben", is_staff=True))
    commit(client, token)
    assert not Observation.objects.exists()


def test_a_file_that_is_gone_is_told(client, staff, worked):
    token = hidden(check(client), "token")
    Payload.objects.update(compressed=None)
    assert "Choose it again" in client.get(commit(client, token).url).text


def test_a_queue_that_is_gone_is_told_and_nothing_is_lost(
    client, staff, worked, monkeypatch, django_capture_on_commit_callbacks
):
    def gone(**_told):
        raise QueueError("connection refused")

    token = hidden(check(client), "token")
    monkeypatch.setattr("assets.tasks.run_steps.delay", gone)
    with monkeypatch.context() as at_once:
        at_once.setattr("django.db.transaction.on_commit", lambda call, **_: call())
        answer = commit(client, token)
    assert (
        "The task queue does not answer; its rows are stored when it is back." in client.get(answer.url).text
    )


# How the file is written ------------------------------------------------------------------


def commit_token(page):
    return unescape(re.search(r'name="token" value="([^"]+)"', page)[1])


def test_what_the_file_leaves_open_is_asked_and_the_answer_is_imported(client, staff, worked):
    page = check(client, UNDECIDED).text
    assert "The file leaves open how it is meant" in page
    assert '<a href="#id_decimal_mark">Decimal mark</a>: <code>total</code>' in page
    page = check(client, UNDECIDED, decimal_mark="comma").text
    assert "leaves open" not in page
    store(client, commit_token(page))
    assert SupplySnapshot.objects.get().total == 18_250
    assert Observation.objects.get().request["context"]["decimal_mark"] == "comma"


def workbook(*titles, hidden=()):
    book = Workbook()
    book.remove(book.active)
    for number, title in enumerate(titles, start=1):
        sheet = book.create_sheet(title)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
        sheet.append(["asset", "as_of", "total"])
        sheet.append(["worked-example", "2026-02-01", number])
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def test_the_sheet_that_is_read_is_named_and_another_one_can_be_chosen(client, staff, worked):
    body = workbook("Cache", "One", "Two", hidden=("Cache",))
    page = check(client, body).text
    assert "“One”" in page
    assert "“Two” would do as well" in page
    assert "Hidden and not read: “Cache”" in page
    kept = unescape(re.search(r'name="kept" value="([^"]+)"', page)[1])
    chosen = {"sheet": "supply", "evidence_url": EVIDENCE, "tab": "Two", "kept": kept}
    page = client.post("/data/import/check/", chosen).text
    store(client, commit_token(page))
    assert SupplySnapshot.objects.get().total == 3


def test_bad_rows_can_be_downloaded_with_their_reasons(client, staff, worked):
    page = check(client, BODY).text
    address = unescape(re.search(r'href="(/data/import/bad-rows/[^"]+)"', page)[1])
    answer = client.get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="assay-supply-bad-rows.csv"'
    assert "stranger,2026-02-01,1,fine,4,asset: names no asset that is known" in answer.content.decode()
    assert client.get("/data/import/bad-rows/?token=x").status_code == 404


# Undoing ----------------------------------------------------------------------------------


def test_an_import_is_undone_from_its_history(client, staff, worked):
    store(client, commit_token(check(client, BODY).text))
    run = RefreshRun.objects.get()
    page = client.get("/data/import/").text
    assert f"/data/runs/{run.pk}/undo/" in page
    done = client.post(f"/data/runs/{run.pk}/undo/", follow=True).text
    assert "The import is undone" in done
    assert "root has undone this import" in done
    assert "Undo this import" not in done
    assert f"/data/runs/{run.pk}/undo/" not in client.get("/data/import/").text
    observation = Observation.objects.get()
    assert "root has undone this import" in client.get(f"/data/observations/{observation.pk}/").text
    again = client.post(f"/data/runs/{run.pk}/undo/", follow=True).text
    assert "had been undone already" in again


def test_only_staff_undo_and_only_imports(client, staff, worked, django_user_model):
    store(client, commit_token(check(client, BODY).text))
    run = RefreshRun.objects.get()
    other = RefreshRun.objects.create(
        provider="coingecko", family="market", created_at=timezone.now(), progressed_at=timezone.now()
    )
    assert "nothing to undo" in client.post(f"/data/runs/{other.pk}/undo/", follow=True).text
    client.force_login(django_user_model.objects.create_user("guest"))
    assert client.post(f"/data/runs/{run.pk}/undo/").status_code in {302, 403}
    assert not Retraction.objects.exists()
