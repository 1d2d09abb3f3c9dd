import pytest

from screener.services.operation.coverage import read_coverage
from screener.services.operation.coverage_lines import as_json, lines
from screener.universe.live import UNIVERSE
from screener.universe.rows import ASKED
from tests.factories.scorecards import make_answered_card, make_asset

pytestmark = pytest.mark.django_db

FIRST = ASKED["token"][0]


@pytest.fixture
def report():
    UNIVERSE.forget()
    asset = make_asset("Alpha")
    asset.identifiers.create(namespace="coingecko", value="alpha")
    make_answered_card(asset, coverage=0.5, states="s" + "u" * (len(ASKED["token"]) - 1))
    yield read_coverage()
    UNIVERSE.forget()


def test_it_can_be_read_in_a_shell(report):
    text = list(lines(report))
    assert any(line.startswith("listed: 1 assets, 1 rated, median coverage 50%, with old") for line in text)
    assert any(line.startswith("dex: 0 assets, 0 rated, median coverage —") for line in text)
    assert any(line.startswith("company, documents read: 0 assets") for line in text)
    row = next(line for line in text if line.startswith(FIRST))
    assert row.split()[1:4] == ["—", "100%", "—"]


def test_as_json_each_class_has_its_medians_and_each_criterion_its_shares(report):
    told = as_json(report)
    dex, listed, company = told["classes"]
    assert [each["source"] for each in told["classes"]] == ["dex", "listed", "company"]
    assert listed["median_coverage"] == 0.5
    assert 0 < listed["median_answered"] < 0.2
    assert dex["median_answered"] is company["median_coverage"] is None
    assert [each["read"] for each in told["read"]] == ["chain", "details", "documents"]
    (first,) = (each for each in told["criteria"] if each["id"] == FIRST)
    assert first["answered"]["listed"] == 1.0
    assert first["of_read"]["listed"] is None, "its links are not known"
