import json
from io import StringIO

import pytest
from django.core.management import call_command

from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_answered_card, make_asset

pytestmark = pytest.mark.django_db


def run(*arguments):
    UNIVERSE.forget()
    out = StringIO()
    call_command("coverage", *arguments, stdout=out)
    return out.getvalue()


def test_it_tells_in_words_and_as_json():
    make_answered_card(make_asset("Alpha"), coverage=0.75)
    assert "dex: 1 assets, 1 rated, median coverage 75%" in run()
    told = json.loads(run("--json"))
    assert told["classes"][0] == {"source": "dex", "assets": 1, "rated": 1, "median_coverage": 0.75}
    assert set(told["criteria"][0]) == {"id", "answered", "sources", "keyed"}


def test_an_empty_database_has_a_table_too():
    assert [each["assets"] for each in json.loads(run("--json"))["classes"]] == [0, 0, 0]


def test_it_prints_what_sources_can_tell():
    assert run("--sources").startswith("# What a source can give")
