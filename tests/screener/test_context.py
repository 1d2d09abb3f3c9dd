import re

import pytest

from assets.models import Asset
from screener.context import position
from screener.screens.position import PositionSize
from screener.services.desk.preferences import set_position
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


@pytest.mark.django_db
def test_the_head_says_the_size_that_exits_are_for(client, django_user_model, settings):
    settings.ASSAY_POSITION_USD = 7_500
    head = re.compile(r'href="/position/"[^>]*>Position <span class="hint">([^<]*)</span>')
    assert head.findall(client.get("/about/").text) == ["$7,500"] * 2
    client.cookies["position"] = "1m units"
    assert head.findall(client.get("/about/").text) == ["1\u202fM units"] * 2
    assert head.findall(client.get("/?position=25k").text) == ["$25\u202fK"] * 2, "that of the address"
    ana = django_user_model.objects.create_user("ana")
    set_position(user=ana, position=PositionSize(usd=90))
    client.force_login(ana)
    assert head.findall(client.get("/about/").text) == ["$90"] * 2
    assert head.findall(client.get("/nowhere/").text) == ["$90"] * 2


def test_a_refusal_before_the_log_in_has_the_usual_size(rf):
    assert position(rf.get("/"))["position_in_use"]() == "$5,000"


@pytest.mark.django_db
def test_the_menu_that_is_kept_is_that_of_each_reader(client, django_user_model, settings):
    settings.SIGN_UP_OPEN = True
    forms = re.compile(r'<form id="([\w-]+-form)" hidden method="post"[^>]*>.*?name="csrfmiddlewaretoken"')
    people = [django_user_model.objects.create_user(name, is_staff=name == "ada") for name in ("ada", "bob")]
    for _ in range(2):
        client.logout()
        stranger = client.get("/about/").text
        assert ("Sign up" in stranger, "Log out" in stranger, "ada" in stranger) == (True, False, False)
        assert forms.findall(stranger) == ["language-form", "theme-form"]
        for person in people:
            client.force_login(person)
            page = client.get("/about/").text
            assert f'<span class="who">{person.username}</span>' in page
            assert ("Admin" in page, "Sign up" in page) == (person.is_staff, False)
            assert forms.findall(page) == ["language-form", "theme-form", "log-out-form"]
            assert '<button class="link" form="log-out-form">Log out</button>' in page
    assert page.count('aria-current="page"') == 1, "and says where one is"
    assert client.get("/checklist/").text.count('aria-current="page"') == 1
    settings.SIGN_UP_OPEN = False
    client.logout()
    assert "Sign up" not in client.get("/about/").text
