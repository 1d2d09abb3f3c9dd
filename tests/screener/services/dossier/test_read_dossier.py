import pytest

from assets.models import Asset
from assets.sourcing import rows as told
from screener.services.dossier.read_dossier import read_dossier
from tests.factories.example import NOW, example_rows, fill_example, make_ref, store

pytestmark = pytest.mark.django_db


def test_after_the_next_unlock_25_million_are_35():
    dossier = read_dossier(fill_example())
    assert dossier.figures["market_cap_usd"] == 25_000_000
    assert dossier.after_unlock.market_cap_usd == 35_000_000
    assert dossier.after_unlock.circulating == 70_000_000


def test_everything_is_there_once_with_its_source():
    dossier = read_dossier(fill_example())
    assert [pool.address for pool in dossier.pools] == ["p2", "p1"], "the deepest first"
    assert len(dossier.positions) == 2
    assert [piece.kind for piece in dossier.holder_pieces] == ["wallet", "burn", "unlisted"]
    assert dossier.audits[0].limitations == "Not the bridge."
    assert dossier.price_chart.points[-1].values["close"] == 2
    assert dossier.exit_chart.dots[0].value == dossier.position_usd
    assert len(dossier.dimensions) == 5
    known = {source.family for source in dossier.sources if source.row}
    assert known == {"market", "supply", "pools", "books", "holders", "unlocks", "disclosure"}
    assert not any(source.is_stale for source in dossier.sources)


def test_each_finding_names_the_observations_it_rests_on():
    dossier = read_dossier(fill_example())
    (holders,) = (each for each in dossier.dimensions if each.id == "holder_concentration")
    known = [finding for finding in holders.findings if finding.told["value"] is not None]
    assert known
    assert all(finding.sources[0].provider == "sandbox" for finding in known)


def test_a_finding_rests_on_what_was_judged_not_on_what_came_since():
    asset = fill_example()
    before = read_dossier(asset).dimensions[1].findings[0].sources
    store(*example_rows(make_ref()))
    assert read_dossier(asset).dimensions[1].findings[0].sources == before


def test_the_position_is_the_one_that_was_judged(settings):
    asset = fill_example()
    settings.ASSAY_POSITION_USD = 777
    assert read_dossier(asset).position_usd == 5_000


def test_a_criterion_that_is_gone_is_left_out():
    asset = fill_example()
    card = asset.scorecards.get()
    card.findings.append({**card.findings[0], "criterion": "utility.of_old"})
    card.gates_open = ["utility.of_old"]
    card.save()
    dossier = read_dossier(asset)
    assert dossier.gates_open == []
    assert "utility.of_old" not in {
        each.criterion.id for dimension in dossier.dimensions for each in dimension.findings
    }


def test_open_gates_come_with_their_findings():
    asset = fill_example()
    card = asset.scorecards.get()
    card.gates_open = ["liquidity_depth.pool_control"]
    card.save()
    (gate,) = read_dossier(asset).gates_open
    assert gate.told["criterion"] == "liquidity_depth.pool_control"
    assert gate.passes_at == "≤ 10 %"


def test_a_share_is_not_asked_for_its_pools():
    store(told.ListingRow(asset=make_ref(kind="equity"), as_of=NOW))
    dossier = read_dossier(Asset.objects.get())
    assert {"pools", "usage"}.isdisjoint(source.family for source in dossier.sources)
    assert dossier.card is None
    assert dossier.exit_chart is None


def test_the_number_of_queries_does_not_grow_with_the_history(django_assert_max_num_queries):
    asset = fill_example()
    for _ in range(3):
        store(*example_rows(make_ref()))
    with django_assert_max_num_queries(20):
        read_dossier(asset)
