from dataclasses import replace

import pytest

from screener.checklist import CHECKLIST_VERSION, CRITERIA, DIMENSIONS
from screener.checklist.reference import reference
from screener.screens.tier_limits import OF_CHECKLIST, Whose, read_limits
from screener.services.desk.preferences import set_profile
from screener.services.desk.profiles import create_profile

pytestmark = pytest.mark.django_db


def test_every_criterion_has_its_place(client):
    page = client.get("/checklist/").text
    assert CHECKLIST_VERSION in page
    for criterion in CRITERIA.values():
        assert page.count(f'id="{criterion.id}"') == 1
        assert page.count(f'href="#{criterion.id}"') == 2, "from the contents and from itself"


@pytest.mark.parametrize("kind", ["token", "equity"])
def test_one_kind_of_asset(client, kind):
    page = client.get("/checklist/", {"kind": kind}).text
    for criterion in CRITERIA.values():
        assert (f'id="{criterion.id}"' in page) == (kind in criterion.kinds)
    assert f'aria-current="true" href="?kind={kind}"' in page


def test_an_unknown_kind_shows_everything(client):
    assert client.get("/checklist/", {"kind": "house"}).text.count('class="criterion"') == len(CRITERIA)


def test_a_remedy_is_shown_where_one_is_declared(client, monkeypatch):
    first, *others = [
        replace(each, criteria=tuple(replace(one, remedy="") for one in each.criteria)) for each in DIMENSIONS
    ]
    mended = replace(first.criteria[0], remedy="Burn <the> tokens.")
    changed = replace(first, criteria=(mended, *first.criteria[1:]))
    monkeypatch.setattr(
        "screener.views.method.checklist.reference",
        lambda kinds: reference(kinds, dimensions=[changed, *others]),
    )
    page = client.get("/checklist/").text
    assert page.count("What would change this") == 1
    assert page.count("<strong>What would change this:</strong> Burn &lt;the&gt; tokens.") == 1


def test_it_is_told_in_spanish(client):
    page = client.get("/checklist/", headers={"Accept-Language": "es"}).text
    assert '<html lang="es"' in page


def test_it_is_only_looked_at(client):
    assert client.post("/checklist/").status_code == 405


def test_it_asks_the_database_for_nothing_of_its_own(client, django_assert_max_num_queries):
    client.get("/checklist/")
    with django_assert_max_num_queries(1):  # whether there is news for the universe
        client.get("/checklist/")


def test_what_became_of_each_grade_stands_by_source_class(client):
    page = client.get("/checklist/").text
    assert page.count('id="grades"') == 1
    assert "No labelled set has assets of this class" in page, "nobody has labelled what is listed"
    assert 'href="/validation/#uniswap_rugs"' in page
    assert 'href="/validation/#polish_1y"' in page
    assert 'href="/validation/#polish_1y"' not in client.get("/checklist/", {"kind": "token"}).text


def test_size_tiers_say_whose_limits_they_are(client, django_user_model, settings):
    usual = client.get("/checklist/").text
    assert 'id="size-tiers"' in usual
    assert "limits of the checklist" in usual
    assert "The checklist&#x27;s own limits" not in usual, "they are the ones above"
    operators = {"equity": read_limits("micro:250m,small:2b,mid:10b")}
    settings.ASSAY_TIERS = OF_CHECKLIST.with_own(operators, whose=Whose.OPERATOR)
    page = client.get("/checklist/").text
    assert "limits of this server&#x27;s operator" in page
    assert "The checklist's own limits" in page
    assert "no criterion and no score depends on it" in page
    ana = django_user_model.objects.create_user("ana")
    own = settings.ASSAY_TIERS.with_own(
        {"token": read_limits("micro:1m,small:2m,mid:3m")}, whose=Whose.PROFILE
    )
    set_profile(user=ana, profile=create_profile(user=ana, name="Mine", tiers=own))
    client.force_login(ana)
    page = client.get("/checklist/").text
    assert "limits of your profile “Mine”" in page
    assert "limits of this server&#x27;s operator" in page
