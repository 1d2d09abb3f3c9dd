import pytest
from django.urls import reverse

from assets.models import Asset
from screener.models import Note
from screener.services.desk.notes import edit_note, newest_revision, write_note

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def ben(django_user_model):
    return django_user_model.objects.create_user("ben")


@pytest.fixture
def alpha():
    return Asset.objects.create(kind="token", slug="alpha", name="Alpha", symbol="ALP")


@pytest.fixture
def note(ana, alpha):
    return write_note(user=ana, asset=alpha, body="**first**")


@pytest.fixture
def client(client, ana):
    client.force_login(ana)
    return client


def bodies(note):
    return list(note.revisions.values_list("body", flat=True))


@pytest.mark.parametrize("address", ["/notes/", "/assets/alpha/notes/", "/notes/preview/"])
def test_strangers_are_sent_to_log_in(client, alpha, address):
    client.logout()
    answer = client.post(address) if "preview" in address else client.get(address)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_a_note_is_written_and_read_as_markdown(client, alpha):
    answer = client.post("/assets/alpha/notes/", {"body": "a **b**\r\n\r\n- c"}, follow=True)
    assert "<strong>b</strong>" in answer.text
    assert "<li>c</li>" in answer.text
    assert Note.objects.get().body == "a **b**\n\n- c"


def test_a_note_runs_nothing(client, alpha):
    client.post("/assets/alpha/notes/", {"body": "<script>alert(1)</script>[x](javascript:alert(1))"})
    for address in ("/assets/alpha/notes/", "/notes/"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert 'href="javascript' not in page


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "The note is empty."),
        ("  \r\n ", "The note is empty."),
        ("x" * 20_003, "The note has 20,003 characters and may have 20,000. Shorten it by 3."),
    ],
)
def test_a_text_that_does_not_fit_is_told_and_stays_typed(client, alpha, note, body, problem):
    for address in ("/assets/alpha/notes/", f"/notes/{note.pk}/edit/"):
        answer = client.post(address, {"body": body, "seen": newest_revision(note).pk})
        assert answer.status_code == 422
        assert problem in answer.text
        assert body.strip() in answer.text
    assert bodies(note) == ["**first**"]
    assert Note.objects.count() == 1


def test_line_ends_count_once(client, alpha):
    client.post("/assets/alpha/notes/", {"body": "x\r\n" * 9_999 + "xx"})
    assert len(Note.objects.get().body) == 20_000


def test_an_edit_starts_from_the_text_and_keeps_it(client, note):
    page = client.get(f"/notes/{note.pk}/edit/").text
    assert "**first**" in page
    seen = newest_revision(note).pk
    assert f'name="seen" value="{seen}"' in page
    answer = client.post(f"/notes/{note.pk}/edit/", {"body": "second", "seen": seen})
    assert answer.url == f"/assets/alpha/notes/#note-{note.pk}"
    assert bodies(note) == ["second", "**first**"]


def test_an_edit_as_a_fragment(client, note):
    answer = client.get(f"/notes/{note.pk}/edit/", headers=FRAGMENT)
    assert "<textarea" in answer.text
    assert "<html" not in answer.text
    told = {"body": "second", "seen": newest_revision(note).pk}
    answer = client.post(f"/notes/{note.pk}/edit/", told, headers=FRAGMENT)
    assert "<p>second</p>" in answer.text
    assert f'id="note-{note.pk}"' in answer.text
    assert "<p>second</p>" in client.get(f"/notes/{note.pk}/", headers=FRAGMENT).text


def test_a_note_among_all_notes_keeps_the_name_of_its_asset(client, note):
    page = FRAGMENT | {"HX-Current-URL": "http://testserver/notes/?q=x"}
    assert "/assets/alpha/" in client.get(f"/notes/{note.pk}/", headers=page).text
    page = FRAGMENT | {"HX-Current-URL": "http://testserver/assets/alpha/"}
    assert 'class="note-asset"' not in client.get(f"/notes/{note.pk}/", headers=page).text


@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_two_edits_at_once_show_both_texts_and_lose_neither(client, note, headers):
    seen = newest_revision(note).pk
    edit_note(note=note, body="theirs", seen=seen)
    answer = client.post(f"/notes/{note.pk}/edit/", {"body": "mine", "seen": seen}, headers=headers)
    assert answer.status_code == 409
    assert "edited elsewhere" in answer.text
    assert "theirs" in answer.text
    assert "mine" in answer.text
    assert bodies(note) == ["theirs", "**first**"]
    newest = newest_revision(note).pk
    assert f'name="seen" value="{newest}"' in answer.text
    client.post(f"/notes/{note.pk}/edit/", {"body": "mine", "seen": newest}, headers=headers)
    assert bodies(note) == ["mine", "theirs", "**first**"]


def test_an_edit_without_a_beginning_is_a_conflict(client, note):
    answer = client.post(f"/notes/{note.pk}/edit/", {"body": "mine"})
    assert answer.status_code == 409
    assert bodies(note) == ["**first**"]


def test_a_note_deleted_meanwhile_comes_back_with_the_edit(client, note):
    note.soft_delete()
    told = {"body": "second", "seen": newest_revision(note).pk}
    assert "brought it back" in client.post(f"/notes/{note.pk}/edit/", told, follow=True).text
    assert Note.objects.get(deleted_at=None).body == "second"


def test_deleting_offers_the_way_back(client, note):
    page = client.post(f"/notes/{note.pk}/delete/", {"next": "/notes/"}, follow=True)
    assert page.redirect_chain == [("/notes/", 302)]
    assert f'action="/notes/{note.pk}/restore/"' in page.text
    assert client.post(f"/notes/{note.pk}/restore/").url == f"/assets/alpha/notes/#note-{note.pk}"
    assert "<strong>first</strong>" in client.get("/notes/").text


def test_deleting_as_a_fragment_leaves_a_way_back_in_its_place(client, note):
    answer = client.post(f"/notes/{note.pk}/delete/", headers=FRAGMENT)
    assert f'id="note-{note.pk}"' in answer.text
    assert "Undo" in answer.text
    assert "<strong>first</strong>" in client.post(f"/notes/{note.pk}/restore/", headers=FRAGMENT).text


def test_the_history_shows_every_text_and_what_changed(client, note):
    edit_note(note=note, body="**first** and more", seen=newest_revision(note).pk)
    page = client.get(f"/notes/{note.pk}/history/").text
    assert "<ins> and more</ins>" in page
    assert "The first text" in page


def test_other_peoples_notes_do_not_exist(client, ben, alpha):
    theirs = write_note(user=ben, asset=alpha, body="theirs")
    for address in ("/notes/", "/assets/alpha/notes/"):
        assert "theirs" not in client.get(address).text
    for verb in ("", "edit/", "history/"):
        assert client.get(f"/notes/{theirs.pk}/{verb}").status_code == 404
    for verb in ("edit/", "delete/", "restore/"):
        told = {"body": "mine", "seen": newest_revision(theirs).pk}
        assert client.post(f"/notes/{theirs.pk}/{verb}", told).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.body, theirs.deleted_at) == ("theirs", None)


@pytest.mark.parametrize("verb", ["delete", "restore"])
def test_changes_are_posts(client, note, verb):
    assert client.get(f"/notes/{note.pk}/{verb}/").status_code == 405


def test_all_notes_are_searched(client, note):
    assert "<strong>first</strong>" in client.get("/notes/?q=FIRST").text
    assert "No note says “zebra”" in client.get("/notes/?q=zebra").text
    fragment = client.get("/notes/?q=alpha", headers=FRAGMENT).text
    assert "<strong>first</strong>" in fragment
    assert "<html" not in fragment


def test_all_notes_are_paged(client, ana, alpha):
    for number in range(21):
        write_note(user=ana, asset=alpha, body=f"note-{number:02}!")
    assert "note-00!" not in client.get("/notes/").text
    assert "note-00!" in client.get("/notes/?page=2").text
    assert client.get("/notes/?page=x").status_code == 200


def test_no_notes_yet(client, alpha):
    assert "No notes yet" in client.get("/notes/").text
    assert "Only you will see" in client.get("/assets/alpha/notes/").text


def test_notes_cost_a_fixed_number_of_queries(client, ana, alpha, django_assert_max_num_queries):
    for number in range(10):
        write_note(user=ana, asset=alpha, body=f"{number}")
    with django_assert_max_num_queries(5):
        client.get("/notes/")


def test_the_preview_is_the_note_as_it_will_read(client):
    answer = client.post("/notes/preview/", {"body": "**x** <script>"}, headers=FRAGMENT)
    assert "<strong>x</strong> &lt;script&gt;" in answer.text
    assert "Nothing to show yet" in client.post("/notes/preview/", {"body": " "}, headers=FRAGMENT).text
