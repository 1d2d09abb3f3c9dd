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
    demanded = {"source": "dex", "assets": 1, "rated": 1, "median_coverage": 0.75}
    assert demanded.items() <= told["classes"][0].items()
    assert set(told["criteria"][0]) == {"id", "answered", "of_read", "sources", "keyed"}


def test_an_empty_database_has_a_table_too():
    assert [each["assets"] for each in json.loads(run("--json"))["classes"]] == [0, 0, 0]


def test_as_of_a_moment_only_what_was_known_then_is_there():
    make_asset("Alpha")
    told = {moment: json.loads(run("--json", "--as-of", moment)) for moment in ("2001-01-01", "2999-01-01")}
    assert [each["classes"][0]["assets"] for each in told.values()] == [0, 1]


def test_it_prints_what_sources_can_tell():
    assert run("--sources").startswith("# What a source can give")
