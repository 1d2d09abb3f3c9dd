import re

import pytest
from playwright.sync_api import expect

from assets.models import Asset
from screener.models import Note
from screener.services.desk.notes import edit_note, newest_revision, write_note

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def alpha(live_server):
    return Asset.objects.create(kind="token", slug="alpha", name="Alpha", symbol="ALP")


@pytest.fixture
def note(ana, alpha):
    return write_note(user=ana, asset=alpha, body="**first** thought")


def test_a_note_is_previewed_and_written_on_the_asset_page(ana, as_person, alpha):
    page = as_person(ana)
    page.goto("/assets/alpha/notes/")
    panel = page.locator("#notes-panel")
    panel.get_by_label("Text of the note").fill("a **bold** thought")
    expect(panel.get_by_role("region", name="Preview").locator("strong")).to_have_text("bold")
    panel.get_by_role("button", name="Add note").click()
    expect(panel.get_by_role("article")).to_contain_text("a bold thought")
    expect(panel.get_by_label("Text of the note")).to_have_value("")


def test_a_note_is_edited_in_place_and_its_history_read(ana, as_person, note, accessible):
    page = as_person(ana)
    page.goto("/assets/alpha/notes/")
    page.get_by_role("link", name="Edit").click()
    text = page.locator(f"#note-{note.pk} textarea")
    expect(text).to_be_focused()
    expect(text).to_have_value("**first** thought")
    text.fill("second thought")
    accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("article")).to_contain_text("second thought")
    expect(page).to_have_url(re.compile(r"/assets/alpha/notes/$"))
    page.get_by_role("link", name="All its texts").click()
    expect(page.locator(".changes del")).to_have_text("**first**")
    expect(page.locator(".changes ins")).to_have_text("second")
    accessible(page)


def test_an_edit_is_cancelled(ana, as_person, note):
    page = as_person(ana)
    page.goto("/notes/")
    page.get_by_role("link", name="Edit").click()
    page.locator("textarea").fill("never mind")
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("article")).to_contain_text("first thought")
    expect(page.get_by_role("article").get_by_role("link", name="Alpha")).to_be_visible()


def test_two_edits_at_once_show_both_texts(ana, as_person, note, accessible):
    page = as_person(ana)
    page.goto("/notes/")
    page.get_by_role("link", name="Edit").click()
    page.locator("textarea").fill("mine")
    edit_note(note=note, body="theirs", seen=newest_revision(note).pk)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("theirs")
    expect(page.locator("textarea")).to_have_value("mine")
    accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("article")).to_contain_text("mine")
    assert set(note.revisions.values_list("body", flat=True)) == {"**first** thought", "theirs", "mine"}


def test_a_deleted_note_comes_back_in_its_place(ana, as_person, note):
    page = as_person(ana)
    page.goto("/notes/")
    page.get_by_role("button", name="Delete").click()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    undo.press("Enter")
    expect(page.get_by_role("article")).to_contain_text("first thought")
    assert Note.objects.get().deleted_at is None


def test_notes_are_found_while_typing(ana, as_person, note, alpha, accessible):
    write_note(user=ana, asset=alpha, body="other matter")
    page = as_person(ana)
    page.goto("/notes/")
    expect(page.get_by_role("article")).to_have_count(2)
    accessible(page)
    page.get_by_label("Find in my notes").fill("matter")
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?q=matter$"))
