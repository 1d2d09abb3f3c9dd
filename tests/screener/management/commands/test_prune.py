import pytest
from django.core.management import call_command

from tests.factories.market import copies_of, score_one

pytestmark = pytest.mark.django_db


def said(capsys, *arguments):
    call_command("prune", *arguments)
    return capsys.readouterr().out.splitlines()


def test_it_says_what_was_packed_and_what_went(capsys, settings):
    copies_of(score_one(), 3)
    settings.ASSAY_SCORECARD_DAYS = 0
    assert said(capsys) == ["3 scorecards packed; removed: nothing."]
    settings.ASSAY_SCORECARD_DAYS = 10
    assert said(capsys) == ["0 scorecards packed; removed: 2 scorecards."]


def test_when_time_is_up_it_says_so(capsys):
    copies_of(score_one(), 3)
    assert said(capsys, "--seconds", "0")[-1] == "Time was up: call it again."
