import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from assets.sheets.columns import SHEETS
from assets.sheets.tables import MOST_BYTES
from screener.forms.imports import ImportForm, sheet_choices

TOLD = {"sheet": "supply", "evidence_url": "https://example.org/a"}


def form_of(body=b"asset", *, has_kept_file=False, **changes):
    files = {} if body is None else {"file": SimpleUploadedFile("a.csv", body)}
    return ImportForm({**TOLD, **changes}, files, has_kept_file=has_kept_file)


def test_a_sheet_a_file_and_its_evidence_are_an_import():
    form = form_of()
    assert form.is_valid()
    assert form.cleaned_data["sheet"] == "supply"
    assert form.cleaned_data["file"].read() == b"asset"


def test_every_sheet_can_be_chosen_in_the_readers_language():
    with translation.override("en"):
        assert dict(sheet_choices()) == {kind: sheet.title for kind, sheet in SHEETS.items()}


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"sheet": "weather"}, "sheet", "Choose what kind of sheet"),
        ({"sheet": ""}, "sheet", "Choose what kind of sheet"),
        ({"body": None}, "file", "Choose a file."),
        ({"body": b""}, "file", "The file is empty."),
        ({"body": b"x" * (MOST_BYTES + 1)}, "file", "Split it."),
        ({"evidence_url": ""}, "evidence_url", "Say where the figures come from"),
        ({"evidence_url": "javascript:alert(1)"}, "evidence_url", "not a web address"),
        ({"evidence_url": "https://e.org/" + "x" * 500}, "evidence_url", "500 characters"),
    ],
)
def test_what_can_not_be_is_refused_in_words(changes, field, problem):
    form = form_of(**changes)
    assert not form.is_valid()
    assert [*form.errors] == [field]
    assert problem in form.errors[field][0]


def test_a_file_that_is_kept_need_not_be_chosen_again():
    form = form_of(None, has_kept_file=True)
    assert form.is_valid()
    assert form.cleaned_data["file"] is None


@pytest.mark.parametrize(
    ("found", "problem"),
    [("Invented.Test", "The virus scanner refuses the file: Invented.Test."), (None, "")],
)
def test_a_file_is_looked_at_before_it_is_read(settings, monkeypatch, found, problem):
    settings.ANTIVIRUS_ADDRESS = "unix:///run/clamav/clamd.ctl"
    monkeypatch.setattr("screener.forms.imports.virus_in", lambda content, address: found)
    form = form_of(b"asset")
    assert form.is_valid() == (found is None)
    assert problem in str(form.errors)
    if found is None:
        assert form.cleaned_data["file"].read() == b"asset"


def test_without_its_scanner_no_file_is_taken(settings):
    settings.ANTIVIRUS_ADDRESS = "unix:///nowhere/clamd.ctl"
    assert "The virus scanner does not answer" in str(form_of(b"asset").errors)
