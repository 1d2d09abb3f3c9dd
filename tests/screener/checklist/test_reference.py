from pathlib import Path

from screener.checklist import CHECKLIST_VERSION, CRITERIA
from screener.checklist.reference import markdown

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "checklist.md"


def test_the_document_is_that_of_the_code():
    assert DOCUMENT.read_text() == markdown(), "Run `manage.py checklist > docs/checklist.md` and commit it."


def test_every_criterion_and_the_version_stand_in_it():
    told = markdown()
    assert CHECKLIST_VERSION in told.splitlines()[0]
    assert all(f"`{each.id}`" in told and each.thresholds_text in told for each in CRITERIA.values())
