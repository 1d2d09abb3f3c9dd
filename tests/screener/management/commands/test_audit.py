import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from assets.sourcing.rows import AssetRef, MarketRow
from tests.factories.market import observe

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("audit", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def alpha(db):
    asset = AssetRef(kind="token", identifiers=(("x", "alpha"),), name="Alpha")
    observe(MarketRow(asset=asset, as_of=timezone.now(), price_usd=Decimal(2)), at=timezone.now())


def test_it_tells_in_words_and_as_json(alpha):
    text = run()
    assert text.startswith("Assets: 1 token; could not be judged: 0.")
    assert "token market rest: 0 of 1 (0%)" in text
    told = json.loads(run("--json"))
    assert told["assets"] == {"token": 1}
    assert told["stale"]["market"] == [{"kind": "token", "tier": "rest", "known": 1, "stale": 0}]


def test_an_empty_database_is_audited_too(db):
    assert json.loads(run("--json"))["assets"] == {}
