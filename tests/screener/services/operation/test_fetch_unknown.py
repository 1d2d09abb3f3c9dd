import pytest

from assets.models import RefreshRun
from assets.services.refreshing.runs import RefreshRefusedError
from screener.services.operation.fetch_unknown import fetch_unknown, source_of

ADDRESS = ("address:base", "0x6982508145454ce325ddbe47a25d4ec3d2311933")


def test_a_contract_has_a_source_without_a_key():
    source = source_of(ADDRESS)
    assert source is not None
    assert not source.needs_key


def test_a_name_that_no_source_is_asked_by_has_none():
    assert source_of(("nowhere", "x")) is None


@pytest.mark.django_db
def test_the_asset_is_asked_for_by_its_address(django_user_model):
    ana = django_user_model.objects.create_user("ana", is_staff=True)
    run = fetch_unknown(ADDRESS, user=ana)
    assert (run.family, run.started_by, run.steps.count()) == ("market", ana, 1)
    with pytest.raises(RefreshRefusedError):
        fetch_unknown(("nowhere", "x"), user=ana)
    assert RefreshRun.objects.count() == 1
