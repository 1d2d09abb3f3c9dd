import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from assets.models import Asset
from screener.models import Note, NoteRevision
from screener.services.desk import notes
from screener.services.desk.notes import Passage, changes


@pytest.fixture
def ana(django_user_model, db):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def ben(django_user_model, db):
    return django_user_model.objects.create_user("ben")


@pytest.fixture
def alpha(db):
    return Asset.objects.create(kind="token", slug="alpha", name="Alpha Coin", symbol="ALP")


@pytest.fixture
def note(ana, alpha):
    return notes.write_note(user=ana, asset=alpha, body="first")


def revision(note):
    return notes.newest_revision(note).pk


def test_a_new_note_has_its_first_revision(note):
    assert list(note.revisions.values_list("body", flat=True)) == ["first"]
    assert note.created_at == note.edited_at


def test_every_edit_keeps_what_was_there(note):
    notes.edit_note(note=note, body="second", seen=revision(note))
    note.refresh_from_db()
    assert note.body == "second"
    assert note.edited_at > note.created_at
    assert list(note.revisions.values_list("body", flat=True)) == ["second", "first"]


def test_an_unchanged_save_makes_no_revision(note):
    before = note.edited_at
    notes.edit_note(note=note, body="first", seen=revision(note))
    note.refresh_from_db()
    assert note.revisions.count() == 1
    assert note.edited_at == before


def test_an_edit_over_somebody_elses_is_refused_and_nothing_is_lost(note):
    seen = revision(note)
    notes.edit_note(note=note, body="theirs", seen=seen)
    with pytest.raises(notes.EditedMeanwhileError) as caught:
        notes.edit_note(note=note, body="mine", seen=seen)
    assert caught.value.theirs.body == "theirs"
    assert set(note.revisions.values_list("body", flat=True)) == {"first", "theirs"}
    notes.edit_note(note=note, body="mine", seen=revision(note))
    assert set(note.revisions.values_list("body", flat=True)) == {"first", "theirs", "mine"}


def test_both_having_written_the_same_is_no_conflict(note):
    seen = revision(note)
    notes.edit_note(note=note, body="same", seen=seen)
    notes.edit_note(note=note, body="same", seen=seen)
    assert note.revisions.count() == 2


def test_deleting_can_be_taken_back(note, ana, alpha):
    note.soft_delete()
    assert not notes.notes_on(user=ana, asset=alpha)
    note.restore()
    assert list(notes.notes_on(user=ana, asset=alpha)) == [note]


def test_an_edit_of_a_note_deleted_meanwhile_brings_it_back(note):
    Note.objects.get(pk=note.pk).soft_delete()
    edited = notes.edit_note(note=note, body="second", seen=revision(note))
    assert edited.deleted_at is None
    assert Note.objects.get(pk=note.pk).body == "second"


def test_notes_are_their_owners(note, ben, alpha):
    assert not notes.notes_on(user=ben, asset=alpha)
    assert not notes.notes_on(user=AnonymousUser(), asset=alpha)
    assert not notes.notes_saying(user=ben, words="")


def test_a_listed_note_knows_its_revision(note, ana, alpha):
    assert notes.notes_on(user=ana, asset=alpha).get().revision_id == revision(note)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", True),
        ("fir", True),
        ("FIRST", True),
        ("first alpha", True),
        ("alp first", True),
        ("first beta", False),
        ("100%", False),
        ("_", False),
    ],
)
def test_search_wants_every_word_in_the_text_or_the_assets_name(note, ana, words, found):
    assert notes.notes_saying(user=ana, words=words).exists() is found


def test_revisions_are_never_changed(note):
    seen = revision(note)
    notes.edit_note(note=note, body="second", seen=seen)
    assert NoteRevision.objects.get(pk=seen).body == "first"


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("a b c", "a b c", [Passage("same", "a b c")]),
        (
            "hold the coin",
            "sell the coin",
            [Passage("removed", "hold"), Passage("added", "sell"), Passage("same", " the coin")],
        ),
        ("one\ntwo\n", "one\n", [Passage("same", "one\n"), Passage("removed", "two\n")]),
        ("one", "one two", [Passage("same", "one"), Passage("added", " two")]),
        ("", "new", [Passage("added", "new")]),
        ("a", "", [Passage("removed", "a")]),
    ],
)
def test_what_changed_is_shown_by_words(before, after, pieces):
    assert changes(before, after) == pieces


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_changes_hold_both_texts_whole(before, after):
    pieces = changes(before, after)
    assert "".join(each.text for each in pieces if each.kind != "added") == before
    assert "".join(each.text for each in pieces if each.kind != "removed") == after


def test_a_very_long_passage_is_shown_as_replaced_whole():
    before, after = "a " * 3_000, "b " * 3_000
    assert [each.kind for each in changes(before, after)] == ["removed", "added"]
