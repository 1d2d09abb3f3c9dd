import pytest

from assets.models import Asset, AssetIdentifier, RefreshRun
from screener.models import Note
from screener.services.desk.watchlists import create_watchlist, watch
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db

ADDRESS = "0x6982508145454ce325ddbe47a25d4ec3d2311933"


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def client(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def gems(ana):
    return create_watchlist(user=ana, name="Gems")


@pytest.fixture(autouse=True)
def market():
    for name, symbol, cap in (
        ("Alpha", "ALP", 1e6),
        ("Beta", "BET", 2e6),
        ("Twin", "TW", 1e6),
        ("Twain", "TW", 2e6),
    ):
        make_card(make_asset(name, symbol=symbol), figures={"market_cap_usd": cap, "price_usd": 1.0})
    AssetIdentifier.objects.create(
        asset=Asset.objects.get(slug="alpha"), namespace="address:base", value=ADDRESS
    )
    UNIVERSE.forget()


def paste(client, gems, text, **more):
    return client.post(f"/watchlists/{gems.pk}/paste/", {"text": text, **more})


def slugs(gems):
    return list(gems.entries.values_list("asset__slug", flat=True))


def test_what_is_clear_is_added_at_once_and_can_be_undone(client, gems):
    answer = paste(client, gems, f"BET\nbase:{ADDRESS}")
    assert (answer.status_code, answer.url) == (302, gems.get_absolute_url())
    assert slugs(gems) == ["beta", "alpha"]
    page = client.get(gems.get_absolute_url())
    assert "2 assets were added." in page.text
    undo = page.text.split('name="undo" value="')[1].split('"')[0]
    client.post(f"/watchlists/{gems.pk}/paste/undo/", {"undo": undo})
    assert slugs(gems) == []


def test_a_check_adds_nothing(client, gems):
    answer = paste(client, gems, "ALP, TW", check="yes")
    assert answer.status_code == 422
    assert "which one?" in answer.text
    assert ">ALP, TW</textarea>" in answer.text
    assert slugs(gems) == []


def test_a_script_gets_the_check_alone(client, gems):
    answer = client.post(f"/watchlists/{gems.pk}/paste/", {"text": "ALP"}, headers={"HX-Request": "true"})
    assert 'id="checked"' in answer.text
    assert "<html" not in answer.text
    assert slugs(gems) == []


def test_the_rest_stays_with_its_text_until_it_is_chosen(client, gems):
    text = "ALP\nTW\nnobody-knows\nLSE:ABCD"
    answer = paste(client, gems, text)
    assert answer.status_code == 422
    assert slugs(gems) == ["alpha"]
    assert f">{text}</textarea>" in answer.text
    for said in ("1 asset was added.", "on the list", "which one?", "not found", "no chain and no exchange"):
        assert said in answer.text
    key = answer.text.split('name="choice-')[1].split('"')[0]
    assert answer.text.index('value="twain"') < answer.text.index('value="twin"')
    paste(client, gems, text, **{f"choice-{key}": "twin"})
    assert slugs(gems) == ["twin", "alpha"]


def test_a_csv_sets_levels_and_writes_notes(client, gems, ana):
    paste(client, gems, "symbol,target,stop,note\nALP,$2.50,0.5,Cheap <b>\n")
    entry = gems.entries.get()
    assert (float(entry.target_usd), float(entry.stop_usd)) == (2.5, 0.5)
    assert Note.objects.of(ana).get().body == "Cheap <b>"


def test_a_level_that_can_not_be_read_keeps_its_line_back(client, gems):
    answer = paste(client, gems, "symbol,target\nALP,much\nBET,3\n")
    assert answer.status_code == 422
    assert "much: Write a price" in answer.text
    assert slugs(gems) == ["beta"]


def test_a_spanish_reader_pastes_a_decimal_point_from_a_file_with_commas(client, gems):
    client.cookies["django_language"] = "es"
    paste(client, gems, "symbol,target\nALP,1.250\n")
    paste(client, gems, "symbol;target\nBET;1,250\n")
    assert {float(each) for each in gems.entries.values_list("target_usd", flat=True)} == {1.25}


def test_all_of_it_is_there_already(client, gems):
    watch(watchlist=gems, asset=Asset.objects.get(slug="alpha"))
    page = client.post(f"/watchlists/{gems.pk}/paste/", {"text": "ALP"}, follow=True).text
    assert "All of it is on the list already." in page


@pytest.mark.parametrize("text", ["", " \n,"])
def test_nothing_that_was_pasted_is_said_so(client, gems, text):
    answer = paste(client, gems, text)
    assert answer.status_code == 422
    assert "Nothing was pasted." in answer.text


def test_too_much_is_refused_and_stays(client, gems):
    answer = paste(client, gems, "ALP," * 501)
    assert answer.status_code == 422
    assert "501 assets and may name 500" in answer.text
    assert "ALP,ALP" in answer.text
    assert "characters and may have 40,000" in paste(client, gems, "x" * 40_001).text
    assert slugs(gems) == []


def test_markup_stays_text(client, gems):
    page = paste(client, gems, "<script>alert(1)</script>, \"'><img src=x>").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_other_peoples_lists_are_not_there(client, django_user_model):
    theirs = create_watchlist(user=django_user_model.objects.create_user("ben"), name="Theirs")
    assert paste(client, theirs, "ALP").status_code == 404
    assert client.post(f"/watchlists/{theirs.pk}/paste/undo/", {"undo": "x"}).status_code == 404
    assert slugs(theirs) == []


def test_an_undo_that_is_made_up_takes_nothing_back(client, gems):
    paste(client, gems, "ALP")
    page = client.post(f"/watchlists/{gems.pk}/paste/undo/", {"undo": "nonsense"}, follow=True).text
    assert "There is nothing to take back." in page
    assert slugs(gems) == ["alpha"]


UNKNOWN = "base:0x2222222222222222222222222222222222222222"


def test_staff_fetches_an_address_that_nobody_has_told_of(client, gems, ana):
    assert "Ask the operator" in paste(client, gems, UNKNOWN).text
    assert paste(client, gems, UNKNOWN, fetch=UNKNOWN).status_code == 403
    ana.is_staff = True
    ana.save()
    assert f'name="fetch" value="{UNKNOWN}"' in paste(client, gems, UNKNOWN).text
    answer = paste(client, gems, UNKNOWN, fetch=UNKNOWN)
    assert f">{UNKNOWN}</textarea>" in answer.text
    assert RefreshRun.objects.get().started_by == ana
    assert "No source without a key" in paste(client, gems, UNKNOWN, fetch="nonsense").text
