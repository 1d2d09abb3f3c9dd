from datetime import timedelta

from django.contrib.auth.models import AnonymousUser

from assets.models import Asset, SupplySnapshot
from assets.sourcing.rows import SupplyRow
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.subject import HistorySubject
from screener.services.dossier.history.successions import successions
from tests.factories.example import make_ref
from tests.factories.market import NOW, observe


def test_each_answer_stands_beside_the_one_before_of_its_own_provider(db):
    for hour, (provider, supply) in enumerate(
        (("coingecko", 1), ("sandbox", 2), ("coingecko", 3), ("sandbox", 4))
    ):
        at = NOW + timedelta(hours=hour)
        observe(SupplyRow(asset=make_ref(), as_of=at, total=supply), at=at, provider=provider)
    subject = HistorySubject(
        Asset.objects.get(), user=AnonymousUser(), now=NOW + timedelta(days=1), as_of=NOW + timedelta(hours=2)
    )
    found = successions(SupplySnapshot, subject, HistoryPlace.behind(subject.now))
    assert [(each.old and each.old.total, each.new.total) for each in found] == [(1, 3), (None, 2), (None, 1)]
