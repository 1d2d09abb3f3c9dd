from pathlib import Path

from screener.checklist import CRITERIA
from screener.services.evidence.answer_sources import capabilities
from screener.services.evidence.source_reference import source_reference

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "sources.md"


def row_of(criterion):
    (line,) = (line for line in source_reference().splitlines() if line.startswith(f"| `{criterion}` |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_document_is_that_of_the_code():
    assert DOCUMENT.read_text() == source_reference(), (
        "Run `manage.py coverage --sources > docs/sources.md` and commit it."
    )


def test_every_source_and_every_criterion_stand_in_it():
    text = source_reference()
    assert all(f"| {each.provider.title} |" in text for each in capabilities())
    assert all(f"| `{each}` |" in text for each in CRITERIA)


def test_who_wants_a_key_stands_apart():
    assert row_of("tokenomics.unlock_30d")[3] == "DefiLlama"
    assert "GoPlus" in row_of("tokenomics.mint_authority")[2]


def test_where_nobody_answers_freely_the_reason_stands():
    assert row_of("transparency.warnings")[2].startswith("*None.* ")
