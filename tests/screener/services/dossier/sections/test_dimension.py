import pytest

from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.dimension import reader_of
from tests.factories.example import example_rows, fill_example, make_ref, store

pytestmark = pytest.mark.django_db

read_holding = reader_of("holder_concentration")


def test_each_finding_names_the_observations_it_rests_on():
    section = read_holding(DossierFacts(fill_example()))
    known = [finding for finding in section.findings if finding.stored["value"] is not None]
    assert known
    assert all(finding.sources[0].provider == "sandbox" for finding in known)
    assert section.scores["coverage"] > 0


def test_a_finding_rests_on_what_was_judged_not_on_what_came_since():
    asset = fill_example()
    before = read_holding(DossierFacts(asset)).findings[0].sources
    store(*example_rows(make_ref()))
    assert before
    assert read_holding(DossierFacts(asset)).findings[0].sources == before


def test_what_is_not_asked_of_the_asset_is_left_out():
    asset = fill_example()
    card = asset.scorecards.get()
    every = len(read_holding(DossierFacts(asset)).findings)
    first = next(each for each in card.findings if each["criterion"].startswith("holder_concentration."))
    first["state"] = "n-a"
    card.save()
    assert len(read_holding(DossierFacts(asset)).findings) == every - 1
