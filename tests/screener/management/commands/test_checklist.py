from io import StringIO

from django.core.management import call_command

from screener.checklist import glossary
from screener.checklist.reference import markdown
from screener.screens.reference import query_reference


def test_it_prints_the_reference_and_nothing_else():
    out = StringIO()
    call_command("checklist", stdout=out)
    assert out.getvalue() == markdown()


def test_it_prints_the_query_language_when_asked():
    out = StringIO()
    call_command("checklist", "--query", stdout=out)
    assert out.getvalue() == query_reference()


def test_it_prints_the_glossary_when_asked():
    out = StringIO()
    call_command("checklist", "--glossary", stdout=out)
    assert out.getvalue() == glossary.markdown()
