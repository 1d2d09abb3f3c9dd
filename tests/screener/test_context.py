import pytest

from assets.models import Asset
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_card


@pytest.mark.django_db
@pytest.mark.parametrize(("fictional", "told"), [(True, True), (False, False)])
def test_every_page_says_when_invented_assets_are_shown(client, fictional, told):
    make_card(Asset.objects.create(kind="token", slug="a", name="A", fictional=fictional))
    UNIVERSE.forget()
    page = client.get("/")
    assert (b"Fictional market" in page.content) is told
