from contextlib import nullcontext

import pytest
from django.http import HttpResponse

from assets.models import Candle, HolderPosition, UnlockEvent
from screener.benches import asset as bench
from screener.benches.asset import CANDLE_DAYS, FIRST_VIEW, HOLDERS, UNLOCKS, weights_of
from screener.services.dossier.sections import SECTIONS
from screener.services.dossier.tabs import TABS
from tests.screener.benches.watched import PAGES


@pytest.mark.slow(*PAGES)
@pytest.mark.django_db
def test_each_part_of_a_large_asset_has_a_row(monkeypatch):
    monkeypatch.setattr(bench, "ROUNDS", 2)
    monkeypatch.setattr(bench, "market_of", lambda _size: nullcontext())
    rows = {row["part"]: row for row in bench.measure([1])}
    stored = (Candle.objects.count(), UnlockEvent.objects.count(), HolderPosition.objects.count())
    assert stored == (CANDLE_DAYS, UNLOCKS, HOLDERS)
    of_tokens = {each.name for each in SECTIONS if "token" in each.kinds}
    tabs = {f"tab {each.name}" for each in TABS if each.name not in {"overview", "notes"}}
    assert rows.keys() == {FIRST_VIEW, *tabs, "whole page", "document", *of_tokens}
    assert all(0 < row["p50_ms"] <= row["p95_ms"] for row in rows.values())
    assert rows[FIRST_VIEW]["queries"] < rows["whole page"]["queries"]
    assert rows[FIRST_VIEW]["html_kb"] < rows["whole page"]["html_kb"]
    assert rows["unlocks"]["html_kb"] > 1
    assert 0 < rows[FIRST_VIEW]["js_kb"] <= 150
    assert rows["document"]["requests"] == 1


def test_a_file_that_is_named_twice_weighs_once():
    tag = '<script src="/static/js/assay.js"></script>'
    once, twice = (weights_of(HttpResponse(tag * times)) for times in (1, 2))
    assert once["js_kb"] == twice["js_kb"] > 0
    assert once["css_kb"] == 0
    assert once["requests"] == twice["requests"] == 2


def test_the_hash_of_a_manifest_is_no_other_file():
    plain, hashed = (
        HttpResponse(f'<link href="/static/css/{name}">') for name in ("base.css", "base.0123456789ab.css")
    )
    assert weights_of(plain)["css_kb"] == weights_of(hashed)["css_kb"] > 0


def test_a_file_that_is_not_there_is_said():
    with pytest.raises(RuntimeError, match=r"no static file js/none\.js"):
        weights_of(HttpResponse('<script src="/static/js/none.js"></script>'))
