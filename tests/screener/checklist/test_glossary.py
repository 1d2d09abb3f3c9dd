import re
from pathlib import Path

from screener.checklist import CRITERIA, DIMENSIONS
from screener.checklist.glossary import MEANINGS, glossary, markdown
from screener.checklist.terms import TERMS

DOCUMENT = Path(__file__).parents[3] / "docs" / "glossary.md"


def test_every_criterion_has_its_meaning_in_the_field():
    assert MEANINGS.keys() == CRITERIA.keys()
    for name, meaning in MEANINGS.items():
        assert len(meaning.split()) >= 5, name
        assert meaning.endswith("."), name
        assert meaning != CRITERIA[name].question


def test_a_meaning_is_not_said_twice():
    assert len({*MEANINGS.values(), *(meaning for _title, meaning in TERMS)}) == len(MEANINGS) + len(TERMS)


def test_titles_are_told_apart():
    titles = [title.casefold() for title, _meaning in TERMS]
    assert len(titles) == len(set(titles))
    assert not set(titles) & {each.title.casefold() for each in CRITERIA.values()}


def test_the_glossary_has_each_title_with_its_meaning():
    text = markdown()
    for each in CRITERIA.values():
        assert re.search(rf"^- \*\*{re.escape(each.title)}\*\*: {re.escape(MEANINGS[each.id])}$", text, re.M)
    assert [each.dimension for each in glossary()] == list(DIMENSIONS)


def test_the_document_is_that_of_the_code():
    assert DOCUMENT.read_text() == markdown(), "Run `manage.py checklist --glossary > docs/glossary.md`."
