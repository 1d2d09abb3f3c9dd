from datetime import timedelta
from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing.rows import CapitalRow
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.capital import read_capital
from tests.factories.example import NOW, make_ref, store

pytestmark = pytest.mark.django_db


def test_the_latest_events_are_shown():
    share = {"asset": make_ref(kind="equity"), "as_of": NOW}
    store(CapitalRow(**share, event="split", happened_on=NOW.date(), ratio=2.0))
    section = read_capital(DossierFacts(Asset.objects.get()))
    assert [each.event for each in section.events] == ["split"]


def test_nothing_known_is_still_shown():
    section = read_capital(DossierFacts(Asset.objects.create(kind="equity", slug="bare")))
    assert section.events == []


def test_a_paper_of_a_sale_without_an_amount_is_not_read_and_says_so():
    share = {"asset": make_ref(kind="equity"), "as_of": NOW, "happened_on": NOW.date()}
    store(
        CapitalRow(**share, event="prospectus", accession="1"),
        CapitalRow(**share, event="offering", accession="2", amount_usd=Decimal(5_000_000)),
        CapitalRow(**share, event="split", accession="3"),
    )
    asset = Asset.objects.get()
    section = read_capital(DossierFacts(asset))
    assert [each.event for each in section.events if each.pk in section.unread] == ["prospectus"]


def test_a_paper_that_was_read_is_shown_by_what_it_says():
    share = {"asset": make_ref(kind="equity"), "as_of": NOW, "happened_on": NOW.date()}
    store(
        CapitalRow(**share, event="prospectus", accession="1"),
        CapitalRow(**share, event="offering", accession="1", amount_usd=Decimal(5_000_000)),
        CapitalRow(**share, event="unregistered_sale", accession="2"),
        CapitalRow(**share, event="reverse_split", accession="2", ratio=0.1),
    )
    events = {each.event for each in read_capital(DossierFacts(Asset.objects.get())).events}
    assert events == {"offering", "unregistered_sale", "reverse_split"}


def test_a_split_that_several_report_stands_there_once_with_its_closest_day():
    share = {"asset": make_ref(kind="equity"), "as_of": NOW, "event": "reverse_split", "ratio": 1 / 9}
    day = NOW.date()
    seen = {"happened_on": day + timedelta(days=50), "earliest_on": day - timedelta(days=60)}
    store(
        CapitalRow(**share, **seen, evidence="recast"),
        CapitalRow(**share, happened_on=day, accession="8-K", evidence="reported"),
        CapitalRow(**share | {"ratio": 0.1}, happened_on=day - timedelta(days=300)),
    )
    events = read_capital(DossierFacts(Asset.objects.get())).events
    assert [(each.happened_on, each.earliest_on) for each in events] == [
        (day, None),
        (day - timedelta(days=300), None),
    ]
