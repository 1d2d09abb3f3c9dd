import pytest
from django.template.loader import get_template

from screener.checklist import DIMENSIONS
from screener.services.dossier.sections import SECTIONS
from screener.services.dossier.tabs import TABS

NAMES = [each.name for each in SECTIONS]


def test_names_are_unique():
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("section", SECTIONS, ids=NAMES)
def test_each_has_a_template(section):
    assert get_template(section.template_name)


@pytest.mark.parametrize("section", [each for each in SECTIONS if each.beside], ids=lambda each: each.name)
def test_evidence_stands_beside_a_section_that_is_no_evidence_itself(section):
    (holder,) = (each for each in SECTIONS if each.name == section.beside)
    assert not holder.beside
    assert not section.tab, "it comes with its section"


def test_each_dimension_has_its_section_in_the_checklists_order():
    dimensions = [each.id for each in DIMENSIONS]
    assert [each for each in NAMES if each in dimensions] == dimensions


def test_each_stands_on_a_tab_or_beside_what_does():
    assert {each.tab for each in SECTIONS if not each.beside} == {each.name for each in TABS} - {"history"}
