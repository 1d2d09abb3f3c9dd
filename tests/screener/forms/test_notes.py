import pytest

from screener.forms.notes import NoteForm
from screener.services.desk.notes import LONGEST


@pytest.mark.parametrize(
    ("typed", "body"),
    [
        ("a\r\nb", "a\nb"),
        ("    code\n\ntext  \n\n", "    code\n\ntext"),
        ("x\r\n" * (LONGEST // 2 - 1) + "xx", "x\n" * (LONGEST // 2 - 1) + "xx"),
    ],
)
def test_a_text_is_kept_as_it_was_meant(typed, body):
    form = NoteForm({"body": typed})
    assert form.is_valid()
    assert form.cleaned_data == {"body": body, "seen": None}
    assert form.problem == ""


@pytest.mark.parametrize("typed", ["", " ", "\r\n", "x" * (LONGEST + 1), "a\x00b"])
def test_what_cannot_be_saved_has_a_problem(typed):
    form = NoteForm({"body": typed})
    assert not form.is_valid()
    assert form.problem


def test_the_longest_note_fits():
    assert NoteForm({"body": "x" * LONGEST}).is_valid()
