import pytest

from assets.models import Asset, DisclosureSnapshot
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.disclosure import read_disclosure
from tests.factories.example import fill_example

pytestmark = pytest.mark.django_db


def test_audits_come_with_their_limits():
    section = read_disclosure(DossierFacts(fill_example()))
    assert section.disclosure.audits_known
    assert section.audits[0].limitations == "Not the bridge."


def test_work_on_the_code_comes_with_who_tells_it():
    asset = fill_example()
    assert not read_disclosure(DossierFacts(asset)).code
    DisclosureSnapshot.objects.filter(asset=asset).update(repository="aurelium/core", releases_12m=0)
    (told,) = read_disclosure(DossierFacts(asset)).code
    assert (told.repository, told.releases_12m, told.commits_90d) == ("aurelium/core", 0, None)


def test_hacks_and_raises_come_with_who_tells_them():
    asset = fill_example()
    section = read_disclosure(DossierFacts(asset))
    assert (section.hacked, section.raised) == (None, None)
    hack = {"happened_on": "2024-03-22", "amount_usd": "4800000"}
    DisclosureSnapshot.objects.filter(asset=asset).update(hacks=[hack], raises=[{"kind": "Seed"}])
    section = read_disclosure(DossierFacts(asset))
    assert (section.hacked.hacks, section.raised.raises) == ([hack], [{"kind": "Seed"}])


def test_paid_promotion_comes_with_who_tells_it():
    asset = fill_example()
    assert read_disclosure(DossierFacts(asset)).promotion is None
    DisclosureSnapshot.objects.filter(asset=asset).update(profile_paid=True, paid_promotions=3)
    told = read_disclosure(DossierFacts(asset)).promotion
    assert (told.profile_paid, told.paid_promotions, told.community_takeover) == (True, 3, None)


def test_nothing_known_is_still_shown():
    section = read_disclosure(DossierFacts(Asset.objects.create(kind="token", slug="bare")))
    assert (section.disclosure, section.audits) == (None, [])
