from datetime import timedelta

import numpy as np
import pytest

from assets.metrics.facts import Facts
from assets.models import Asset
from screener.models import Scorecard, SectorMedian
from screener.services.scoring.sector_medians import (
    LEAST_ASSETS,
    with_sector_medians,
    work_out_sector_medians,
)
from tests.screener.checklist.asking import NOW

pytestmark = pytest.mark.django_db


def scored(values, *, sector, kind="equity"):
    for place, value in enumerate(values):
        asset = Asset.objects.create(kind=kind, slug=f"{kind}-{sector}-{place}", sector=sector)
        Scorecard.objects.create(
            asset=asset,
            checklist_version="1",
            scored_at=NOW,
            total=50,
            total_low=40,
            total_high=60,
            coverage=1,
            grade="C",
            figures={} if value is None else {"price_to_sales": value},
        )


def facts(*, now=NOW, **asset):
    return Facts.of(now=now, assets=[{"asset_id": 1, "kind": "equity", **asset}])


def usual(facts):
    return with_sector_medians(facts).assets["sector_price_to_sales"].tolist()


def test_the_median_of_those_that_tell_it():
    scored([1, 2, 30, 4, 5, None], sector="Tools")
    scored([7] * LEAST_ASSETS, sector="Tools", kind="token")
    assert work_out_sector_medians(now=NOW) == 2
    assert usual(facts(sector="Tools")) == [4]


def test_too_few_are_no_sector():
    scored([1] * (LEAST_ASSETS - 1), sector="Tools")
    assert work_out_sector_medians(now=NOW) == 0
    assert np.isnan(usual(facts(sector="Tools"))).all()


def test_only_the_newest_scorecard_of_an_asset_counts():
    scored([1] * LEAST_ASSETS, sector="Tools")
    for card in Scorecard.objects.all():
        Scorecard.objects.create(
            asset=card.asset,
            checklist_version="1",
            scored_at=NOW,
            total=50,
            total_low=40,
            total_high=60,
            coverage=1,
            grade="C",
            figures={"price_to_sales": 3},
        )
    work_out_sector_medians(now=NOW)
    assert SectorMedian.objects.get().value == 3


def test_one_sector_in_several_spellings_has_one_median():
    scored([2] * (LEAST_ASSETS - 1), sector="Power Tools")
    scored([2], sector="power-tools")
    work_out_sector_medians(now=NOW)
    assert usual(facts(sector="POWER TOOLS")) == [2]


def test_a_median_counts_from_when_it_was_known():
    scored([2] * LEAST_ASSETS, sector="Tools")
    work_out_sector_medians(now=NOW)
    SectorMedian.objects.create(
        kind="equity", sector="Tools", figure="price_to_sales", value=9, assets=5, known_at=NOW + timedelta(1)
    )
    assert usual(facts(sector="Tools")) == [2]
    assert usual(facts(sector="Tools", now=NOW + timedelta(2))) == [9]
    assert np.isnan(usual(facts(sector="Tools", now=NOW - timedelta(1)))).all()


@pytest.mark.parametrize("kept_as", ["Retail-Eating Places", "retail eating places"])
def test_a_median_of_the_time_when_titles_were_sectors_counts_until_there_is_a_newer_one(kept_as):
    SectorMedian.objects.create(
        kind="equity", sector=kept_as, figure="price_to_sales", value=9, assets=5, known_at=NOW - timedelta(1)
    )
    assert usual(facts(sector="Retail-Eating Places")) == [9]
    scored([2] * LEAST_ASSETS, sector="Consumer Cyclical")
    work_out_sector_medians(now=NOW)
    assert usual(facts(sector="Retail-Eating Places")) == [2]
    assert usual(facts(sector="Retail-Eating Places", now=NOW - timedelta(hours=1))) == [9]


def test_without_a_sector_nothing_is_usual():
    scored([2] * LEAST_ASSETS, sector="")
    assert work_out_sector_medians(now=NOW) == 0
    assert np.isnan(usual(facts(sector=""))).all()


def test_an_empty_batch():
    assert with_sector_medians(Facts.of(now=NOW, assets=[])).assets.empty
