import pytest

from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.dimension import reader_of
from tests.factories.example import example_rows, fill_example, make_ref, store

pytestmark = pytest.mark.django_db

read_holding = reader_of("holder_concentration")


def every(section):
    return [*section.findings, *section.passed, *section.unknown]


def test_each_finding_names_the_observations_it_rests_on():
    section = read_holding(DossierFacts(fill_example()))
    known = [finding for finding in every(section) if finding.stored["value"] is not None]
    assert known
    assert all(finding.sources[0].provider == "sandbox" for finding in known)
    assert section.scores["coverage"] > 0


def test_a_finding_rests_on_what_was_judged_not_on_what_came_since():
    asset = fill_example()
    before = every(read_holding(DossierFacts(asset)))[0].sources
    store(*example_rows(make_ref()))
    assert before
    assert every(read_holding(DossierFacts(asset)))[0].sources == before


def test_what_is_not_asked_of_the_asset_is_left_out():
    asset = fill_example()
    card = asset.scorecards.get()
    asked = len(every(read_holding(DossierFacts(asset))))
    first = next(each for each in card.findings if each["criterion"].startswith("holder_concentration."))
    first["state"] = "n-a"
    card.save()
    assert len(every(read_holding(DossierFacts(asset)))) == asked - 1


@pytest.mark.parametrize(
    ("changes", "group"),
    [
        ({"state": "pass"}, "passed"),
        ({"state": "unknown"}, "unknown"),
        ({"state": "fail"}, "findings"),
        ({"state": "caution"}, "findings"),
        ({"state": "pass", "stale": True}, "findings"),
        ({"state": "pass", "questioned": True}, "findings"),
        ({"state": "unknown", "questioned": True}, "findings"),
    ],
)
@pytest.mark.parametrize("is_gate", [False, True], ids=["criterion", "gate"])
def test_passes_and_unknowns_are_folded_unless_they_want_to_be_read(changes, group, is_gate):
    asset = fill_example()
    card = asset.scorecards.get()
    gate, other = "tokenomics.mint_authority", "tokenomics.float_share"
    name = gate if is_gate else other
    for each in card.findings:
        if each["criterion"] == name:
            each |= {"stale": False, "questioned": False} | changes
    card.save()
    section = reader_of("tokenomics")(DossierFacts(asset))
    found = next(
        group
        for group in ("findings", "passed", "unknown")
        for each in getattr(section, group)
        if each.criterion.id == name
    )
    assert found == ("findings" if is_gate and changes["state"] == "unknown" else group)
