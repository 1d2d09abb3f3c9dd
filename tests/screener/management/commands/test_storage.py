import json

import pytest
from django.core.management import call_command

from tests.factories.market import score_one


@pytest.mark.django_db
def test_tables_are_shown_for_people_and_for_programs(capsys):
    score_one()
    call_command("storage")
    assert "screener_scorecard" in capsys.readouterr().out
    call_command("storage", "--json")
    assert {"table", "rows", "bytes", "a_year_bytes"} == set(json.loads(capsys.readouterr().out)[0])
