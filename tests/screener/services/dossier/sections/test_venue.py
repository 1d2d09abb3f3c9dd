from datetime import date, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing.rows import FilingEventRow, VenueRow
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.venue import read_venue
from tests.factories.example import NOW, make_ref, store

pytestmark = pytest.mark.django_db


def share(days_ago=0):
    return {"asset": make_ref(kind="equity"), "as_of": NOW - timedelta(days=days_ago)}


def notice(accession, event, filed_on):
    return FilingEventRow(
        **share(), accession=accession, form="8-K", filed_on=filed_on, subject="3.01", event=event
    )


def test_what_several_answers_say_stands_together_each_with_its_source():
    store(
        VenueRow(**share(2), venue="Nasdaq Capital Market", tier="exchange", financial_status="deficient"),
        VenueRow(**share(1), threshold_list=False),
        VenueRow(**share(), halt_code="none"),
    )
    section = read_venue(DossierFacts(Asset.objects.get()))
    assert (section.venue.venue, section.venue.tier) == ("Nasdaq Capital Market", "exchange")
    assert (section.venue.financial_status, section.venue.threshold_list) == ("deficient", False)
    assert {field: answer.as_of for field, answer in section.sources.items()} == {
        **dict.fromkeys(("venue", "tier", "financial_status"), NOW - timedelta(days=2)),
        "threshold_list": NOW - timedelta(days=1),
        "halt_code": NOW,
    }
    assert section.days_to_cover is None


@pytest.mark.parametrize(("volume", "days"), [(Decimal(2_000), Decimal(5)), (Decimal(0), None), (None, None)])
def test_days_to_cover_are_days_of_average_volume(volume, days):
    store(
        VenueRow(
            **share(),
            short_interest_shares=Decimal(10_000),
            short_interest_on=date(2026, 2, 13),
            average_volume_shares=volume,
        )
    )
    assert read_venue(DossierFacts(Asset.objects.get())).days_to_cover == days


def test_notices_of_listing_stand_beside_it_the_newest_first_and_each_once():
    store(
        notice("1", "deficiency_notice", date(2026, 1, 5)),
        notice("2", "compliance_regained", date(2026, 2, 5)),
        FilingEventRow(
            **share(),
            accession="3",
            form="8-K",
            filed_on=date(2026, 2, 9),
            subject="4.01",
            event="auditor_engaged",
        ),
    )
    store(notice("1", "delisting_determination", date(2026, 1, 5)))
    section = read_venue(DossierFacts(Asset.objects.get()))
    assert [(each.accession, each.event) for each in section.notices] == [
        ("2", "compliance_regained"),
        ("1", "delisting_determination"),
    ]
    assert section.venue is None


def test_nothing_known_is_still_shown():
    section = read_venue(DossierFacts(Asset.objects.create(kind="equity", slug="bare")))
    assert (section.venue, section.sources, section.notices) == (None, {}, [])


def test_every_figure_of_it_can_be_shown(client, django_user_model):
    store(
        VenueRow(
            **share(),
            venue="Nasdaq Capital Market",
            tier="exchange",
            financial_status="deficient+delinquent",
            halt_code="T12",
            halted_at=NOW - timedelta(days=20),
            threshold_list=True,
            short_interest_shares=Decimal(1_234_567),
            short_interest_on=date(2026, 2, 13),
            average_volume_shares=Decimal(345_678),
        ),
        notice("1", "deficiency_notice", date(2026, 1, 5)),
    )
    client.force_login(django_user_model.objects.create_user("ana"))
    address = f"/assets/{Asset.objects.get().slug}/sections/venue/"
    page = client.get(address, headers={"HX-Request": "true"}).content.decode()
    for said in ("below a listing rule, owes a report", "asked for more information", "yes", "3.6"):
        assert said in page
    assert "Listing deficiency notice" in page
