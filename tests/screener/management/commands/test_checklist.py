from io import StringIO

from django.core.management import call_command

from screener.checklist.reference import markdown


def test_it_prints_the_reference_and_nothing_else():
    out = StringIO()
    call_command("checklist", stdout=out)
    assert out.getvalue() == markdown()
