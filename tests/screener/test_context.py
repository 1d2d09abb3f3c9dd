import pytest

from assets.models import Asset
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_card


@pytest.mark.django_db
@pytest.mark.parametrize(("fictional", "says_so"), [(True, True), (False, False)])
def test_every_page_says_when_invented_assets_are_shown(client, fictional, says_so):
    make_card(Asset.objects.create(kind="token", slug="a", name="A", fictional=fictional))
    UNIVERSE.forget()
    page = client.get("/")
    assert (b"Fictional market" in page.content) is says_so


@pytest.mark.django_db
def test_the_head_says_how_old_the_newest_scorecard_is(client):
    UNIVERSE.forget()
    assert b'datetime="2026-01-02' not in client.get("/about/").content
    make_card(Asset.objects.create(kind="token", slug="a", name="A"))
    UNIVERSE.forget()
    assert b'datetime="2026-01-02' in client.get("/about/").content
