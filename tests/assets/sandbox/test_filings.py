from datetime import UTC, datetime

import pytest

from assets.sandbox.archetypes import ROTATION
from assets.sandbox.filings import documents, filings
from assets.sandbox.invented import invented

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def of(name):
    return invented(next(index for index, each in enumerate(ROTATION) if each.name == name))


def summary_of(name):
    (row,) = filings(of(name), NOW)
    return row


@pytest.mark.parametrize(
    ("name", "late", "missing", "notices"),
    [("healthy company", 0, 0, 0), ("late filer", 3, 0, 3), ("missing filings", 2, 1, 3)],
)
def test_filings_say_what_is_late_and_missing(name, late, missing, notices):
    row = summary_of(name)
    assert (row.filings_due_24m, row.filings_late_24m, row.filings_missing_24m) == (8, late, missing)
    assert row.late_notices_24m == notices


def test_a_changed_auditor_and_a_restatement_are_told_and_filed():
    row = summary_of("auditor changed")
    assert (row.auditor_changes_24m, row.restatements_24m) == (1, 1)
    rows = list(documents(of("auditor changed"), NOW))
    assert {each.items for each in rows if each.form == "8-K"} == {"4.01,9.01", "4.02"}
    assert any(each.form.endswith("/A") for each in rows)
    others = summary_of("healthy company")
    assert (others.auditor_changes_24m, others.restatements_24m) == (0, 0)


def test_the_last_report_is_among_the_documents():
    for index in range(0, 400, 3):
        asset = invented(index)
        if asset.archetype.kind == "equity":
            (row,) = filings(asset, NOW)
            days = [each.filed_on for each in documents(asset, NOW) if each.form in {"10-K", "10-Q"}]
            assert row.last_filed_on == max(days)


@pytest.mark.parametrize(
    ("name", "form"),
    [("diluter off the shelf", "S-3"), ("diluter off the shelf", "424B5"), ("diluter", "424B4")],
)
def test_offerings_are_filed(name, form):
    assert form in {each.form for each in documents(of(name), NOW)}


def test_documents_lead_nowhere_real():
    for row in documents(of("late filer"), NOW):
        assert row.document_url.startswith("https://filings.example.org/")
        assert row.accession.startswith("SANDBOX-")
        assert row.as_of == row.accepted_at
