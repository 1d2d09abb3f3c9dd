from datetime import timedelta

import pytest

from assets.models import Asset, RequestLog
from assets.sourcing.rows import CapitalReadingRow, CapitalRow, ListingRow
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.sources import read_sources
from tests.factories.example import NOW, fill_example, make_ref, store

pytestmark = pytest.mark.django_db


def test_every_family_is_there_once_with_who_told_it():
    section = read_sources(DossierFacts(fill_example()))
    known = {each.family for each in section.provenance if each.row}
    assert known == {"market", "supply", "pools", "books", "holders", "unlocks", "disclosure"}
    assert not any(each.is_stale for each in section.provenance)


def test_a_share_is_not_asked_for_its_pools():
    store(ListingRow(asset=make_ref(kind="equity"), as_of=NOW))
    section = read_sources(DossierFacts(Asset.objects.get()))
    assert {"pools", "usage"}.isdisjoint(each.family for each in section.provenance)
    assert "filings" in {each.family for each in section.provenance}


def test_who_was_asked_in_vain_is_listed_by_family():
    asset = Asset.objects.create(kind="token", slug="bare")
    asked = {"asset": asset, "family": "contract", "asked_at": NOW}
    RequestLog.objects.create(**asked, provider="goplus", problem="GoPlus does not know it.")
    RequestLog.objects.create(**asked, provider="blockscout", problem="")
    unanswered = read_sources(DossierFacts(asset)).unanswered
    assert {family: [each.provider for each in asked] for family, asked in unanswered.items()} == {
        "contract": ["goplus"]
    }


def test_of_capital_events_both_ages_are_told(client):
    share = {"asset": make_ref(kind="equity")}
    store(
        CapitalRow(
            **share, as_of=NOW - timedelta(days=267), event="split", happened_on=NOW.date(), ratio=2.0
        ),
        CapitalReadingRow(**share, as_of=NOW - timedelta(days=2), subject="splits", read_until=NOW.date()),
    )
    asset = Asset.objects.get()
    (capital,) = (each for each in read_sources(DossierFacts(asset)).provenance if each.family == "capital")
    assert NOW - capital.row.as_of == timedelta(days=267)
    assert NOW - capital.reading.as_of == timedelta(days=2)
    address = f"{asset.get_absolute_url()}sections/sources/"
    page = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "newest event" in page
