import pytest
from django.db.models import Count, Min

from assets.metrics.families import EQUITY, TOKEN
from assets.models import Asset, Candle, HolderPosition, HolderSnapshot, Observation
from screener.benches import market
from screener.benches.databases import SQLITE, in_its_own_process, new_database
from screener.benches.market import tell_facts
from tests.screener.benches.watched import SCORES

MODULE = "screener.benches.score"


@pytest.mark.slow(*SCORES)
def test_ours_and_the_raw_load_are_measured_on_the_same_cards():
    with new_database(SQLITE) as url:
        in_its_own_process(MODULE, "fill", "30", url=url)
        row = in_its_own_process(MODULE, "score", "30", url=url)
    assert set(row) == {
        *("in_memory_assets_per_s", "written_out_assets_per_s", "end_to_end_assets_per_s"),
        *("raw_load_s", "ours_s", "ratio", "peak_rss_mb"),
    }
    assert min(row.values()) > 0
    assert row["ratio"] == pytest.approx(row["ours_s"] / row["raw_load_s"], rel=0.3)
    assert row["end_to_end_assets_per_s"] == pytest.approx(30 / row["ours_s"], rel=0.02, abs=0.5)


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_copies_have_rows_and_rows_below_of_their_own(monkeypatch):
    monkeypatch.setattr(market, "ORIGINALS", 20)
    monkeypatch.setattr(market, "WATCHED_COPY", 1)
    tell_facts(60)
    assert list(Asset.objects.order_by("pk").values_list("pk", flat=True)) == list(range(1, 61))
    assert set(Asset.objects.values_list("kind", flat=True)) == {TOKEN, EQUITY}
    for model, key in ((Candle, "asset"), (HolderSnapshot, "asset"), (HolderPosition, "snapshot__asset")):
        rows_of = dict(model.objects.order_by().values_list(key).annotate(Count("pk")))
        assert rows_of
        for asset, rows in rows_of.items():
            assert rows_of[(asset - 1) % 20 + 1] == rows
        assert len(rows_of) % 3 == 0


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_few_copies_are_watched(monkeypatch):
    monkeypatch.setattr(market, "ORIGINALS", 10)
    monkeypatch.setattr(market, "WATCHED_COPY", 2)
    tell_facts(40)
    with_bars = set(Candle.objects.values_list("asset_id", flat=True))
    assert {(asset - 1) // 10 for asset in with_bars} == {0, 2}
    assert set(HolderSnapshot.objects.values_list("asset_id", flat=True)) > with_bars & set(range(11, 21))


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_a_copy_says_what_its_model_says(monkeypatch):
    monkeypatch.setattr(market, "ORIGINALS", 10)
    monkeypatch.setattr(market, "WATCHED_COPY", 1)
    tell_facts(20)
    first = Candle.objects.aggregate(Min("asset"))["asset__min"]
    bars = [
        list(Candle.objects.filter(asset=each).order_by("as_of").values_list("as_of", "close_usd"))
        for each in (first, first + 10)
    ]
    assert bars[0] == bars[1] != []
    assert Observation.objects.filter(provider="sandbox").exists()
