import pytest
from django.db import IntegrityError, transaction

from screener.models import MarketCensus, MarketDay
from tests.screener.services.market.traded import store_census, store_days

pytestmark = pytest.mark.django_db


def test_a_group_has_one_row_a_day():
    store_days(2)
    with pytest.raises(IntegrityError), transaction.atomic():
        store_days(2)
    store_census(0)
    with pytest.raises(IntegrityError), transaction.atomic():
        store_census(0)


def test_rows_say_what_they_are():
    store_days(1)
    store_census(0)
    assert str(MarketDay.objects.get(kind="token", size="micro")) == "token micro on 2026-03-03"
    assert (
        str(MarketCensus.objects.get(kind="token", tier="micro", sector=""))
        == "token micro of all sectors on 2026-03-03"
    )
