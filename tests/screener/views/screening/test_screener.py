import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from assets.models import Asset
from screener.checklist.profiles import Changes
from screener.models import ColumnSet, Watchlist
from screener.screens.presets import PRESETS
from screener.screens.query import parse, written
from screener.screens.screen import Screen
from screener.screens.tier_limits import OF_CHECKLIST, Whose, read_limits
from screener.services.desk.preferences import set_profile
from screener.services.desk.profiles import create_profile, edit_profile
from screener.services.screening.screens import save_columns, save_screen, set_default
from screener.universe.live import UNIVERSE
from screener.views import kept_fragments
from tests.factories.scorecards import GATE, make_asset, make_card

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def market():
    make_card(
        make_asset("Alpha", sector="DeFi"),
        80,
        gates_open=[],
        figures={"market_cap_usd": 10e6, "price_usd": 0.5},
    )
    make_card(make_asset("Beta", kind="equity", chain="", venue="NASDAQ"), 60, tier="small", figures={})
    make_card(
        make_asset("Gamma"), 40, gates_open=[], gates_unverified=[GATE], figures={"market_cap_usd": 900e6}
    )
    UNIVERSE.forget()


def names(page):
    return [row.asset.name for row in page.context["rows"]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ["Alpha", "Beta", "Gamma"]),
        ("sort=score", ["Gamma", "Beta", "Alpha"]),
        ("q=kind:equity", ["Beta"]),
        ("q=gate:any", ["Beta"]),
        ("q=alp", ["Alpha"]),
        ("q=score:50..70", ["Beta"]),
        ("q=missing:market_cap", ["Beta"]),
        ("q=nobody", []),
        ("q=pct(score)>50", ["Alpha"]),
    ],
)
def test_the_address_is_the_screen(client, market, words, expected):
    page = client.get(f"/?{words}")
    assert page.status_code == 200
    assert names(page) == expected


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("kind=equity", "kind:equity"),
        ("tier=micro&market_cap_max=100m", "tier:micro market_cap <= 100m"),
        ("gates=unverified", "gate:unverified"),
        ("sector=DeFi&sector=AI", "sector:DeFi,AI"),
        ("total_min=50&total_max=70", "score:50..70"),
        ("market_cap_min=<1&q=x&name=alp", None),
        ("name=alp&q=kind:token", "kind:token alp"),
        ("kind=&name=&score_min=", ""),
    ],
)
def test_words_of_the_panel_become_a_query(client, market, words, query):
    page = client.get(f"/?{words}")
    if query is None:
        assert page.status_code == 400
        return
    assert page.status_code == 302
    (words,) = [parse_qs(urlsplit(page["Location"]).query)] if query else [{"q": [""]}]
    assert words["q"] == [query]
    assert client.get(page["Location"]).status_code == 200


def test_panel_and_query_line_say_the_same(client, market):
    page = client.get("/?q=kind:token score<50 not gate:any")
    text = page.content.decode()
    assert 'value="kind:token score &lt; 50 not gate:any"' in text
    assert 'name="kind" value="token" checked' in text
    assert 'name="score_max" value="&lt;50"' in text
    assert '<input type="hidden" name="q" value="not gate:any">' in text, "what the panel can't show"


@pytest.mark.parametrize(
    ("asker", "renewed", "left_alone"),
    [
        ("filters", ['id="query-form"', 'id="histogram-score"', 'id="count-kind-token"'], 'id="filters"'),
        ("query-form", ['id="filters"'], 'id="query-form"'),
        ("sort-price", ['id="filters"', 'id="query-form"'], "<html"),
    ],
)
def test_an_answer_renews_what_did_not_ask(client, market, asker, renewed, left_alone):
    part = client.get("/?q=kind%3Atoken", headers=HTMX | {"HX-Trigger": asker})
    text = part.content.decode()
    assert 'id="results"' in text
    for each in renewed:
        assert text.count(each) == 1
    assert text.count("hx-swap-oob") >= len(renewed)
    assert left_alone not in text
    assert part["HX-Push-Url"] == "/?q=kind%3Atoken"
    assert "HX-Request" in part["Vary"]


def test_a_half_typed_query_leaves_the_table_as_it_is(client, market):
    part = client.get("/?q=market_cap <", headers=HTMX | {"HX-Trigger": "query-form"})
    assert part.status_code == 422
    assert part["HX-Retarget"] == "#query-problem"
    assert part["HX-Push-Url"] == "false"
    assert b"results" not in part.content
    assert b'role="alert"' in part.content


def test_the_place_of_a_mistake_is_marked(client, market):
    page = client.get("/?q=kind:token mcap<5")
    assert page.status_code == 400
    text = page.content.decode()
    assert "There is no field “mcap”." in text
    assert "kind:token <mark>mcap</mark>&lt;5" in text
    assert 'value="kind:token mcap&lt;5"' in text, "what was typed is still there"


def test_columns_can_be_chosen(client, market):
    page = client.get("/?columns=spread,price")
    assert [each["key"] for each in page.context["columns"]] == [
        "name", "score", "dimensions", "gates", "spread", "price"
    ]  # fmt: skip
    assert "columns=spread%2Cprice" in page.content.decode()


def test_what_is_asked_of_the_other_kind_alone_says_so(client, market):
    text = client.get("/?q=kind:equity&columns=tvl,runway").content.decode()
    assert 'title="asked of tokens only"' in text
    assert text.count('title="not known"') == 1


def test_wrong_words_are_told_lose_nothing_and_answer_400(client, market):
    page = client.get("/?market_cap_max=lots&q=alp&xyzzy=red")
    assert page.status_code == 400
    assert names(page) == ["Alpha"]
    text = page.content.decode()
    assert "“lots” is not a number" in text
    assert "There is no filter “xyzzy”." in text
    assert 'value="lots"' in text, "what was typed is still there"


def test_a_near_miss_gets_a_suggestion(client, market):
    assert "Did you mean “market_cap”?" in client.get("/?sort=market_kap").content.decode()


def test_unknown_figures_are_dashes_with_a_reason_never_zeros(client, market):
    page = client.get("/?q=kind:equity").content.decode()
    assert 'title="not known"' in page
    assert "$0" not in page


def test_an_empty_installation_says_how_to_fill_it(client):
    UNIVERSE.forget()
    page = client.get("/")
    assert b"No asset is known yet" in page.content
    assert b"/data/" in page.content


def test_no_match_offers_a_way_back(client, market):
    assert b"Clear all filters" in client.get("/?q=nobody").content


def test_chips_name_the_conditions_and_lead_to_the_screen_without_them(client, market):
    page = client.get("/?q=kind:token market_cap<=100m not gate:any")
    assert [(chip["label"], chip["address"]) for chip in page.context["chips"]] == [
        ("Kind: Token", "/?q=market_cap+%3C%3D+100m+not+gate%3Aany"),
        ("Market cap ≤ $100\u202fM", "/?q=kind%3Atoken+not+gate%3Aany"),
        ("not gate:any", "/?q=kind%3Atoken+market_cap+%3C%3D+100m"),
    ]


def test_stars_show_what_i_watch(client, market, django_user_model):
    user: User = django_user_model.objects.create_user("ana")
    watchlist = Watchlist.objects.create(owner=user, name="Mine")
    watchlist.entries.create(asset=Asset.objects.get(slug="alpha"))
    client.force_login(user)
    stars = re.findall(r'aria-pressed="(\w+)"', client.get("/").content.decode())
    assert stars == ["true", "false", "false"]


def test_strangers_are_asked_to_log_in_before_they_star(client, market):
    assert b"/accounts/login/?next=" in client.get("/").content


def test_pages_lead_to_the_next_and_back(client):
    for number in range(120):
        make_card(make_asset(f"Coin{number:03}"), number / 2)
    UNIVERSE.forget()
    second = client.get("/?page=2&q=kind:token")
    assert second.context["pages"] == {
        "first": "/?q=kind%3Atoken",
        "previous": "/?q=kind%3Atoken",
        "next": "/?q=kind%3Atoken&page=3",
        "last": "/?q=kind%3Atoken&page=3",
    }


@pytest.mark.parametrize("preset", PRESETS, ids=lambda each: each.key)
def test_every_preset_is_a_screen_that_makes_sense(client, market, preset):
    page = client.get("/")
    (address,) = [address for title, address in page.context["presets"] if title == preset.title]
    response = client.get(address)
    assert response.status_code == 200
    assert response.context["screen"].screen.query == parse_and_write(preset.query)


def parse_and_write(query):
    return written(parse(query))


def test_only_reading_is_possible(client):
    assert client.post("/").status_code == 405


def test_whoever_has_a_default_screen_begins_with_it(client, market, django_user_model):
    ana = django_user_model.objects.create_user("ana")
    saved = save_screen(
        user=ana, name="Shares", description="", screen=Screen(condition=parse("kind:equity"))
    )
    set_default(saved=saved, chosen=True)
    client.force_login(ana)
    assert names(client.get("/", follow=True)) == ["Beta"]
    assert names(client.get("/?q=")) == ["Alpha", "Beta", "Gamma"], "everything is a word away"
    page = client.get("/", follow=True)
    assert f"screen={saved.pk}" in page.context["save_address"]


def test_column_sets_are_a_click_away(client, market, django_user_model):
    ana = django_user_model.objects.create_user("ana")
    save_columns(user=ana, name="Exit", columns=("spread", "depth"), replace=False)
    client.force_login(ana)
    ((name, address),) = client.get("/?q=kind:token").context["column_sets"]
    assert (name, address) == ("Exit", "/?q=kind%3Atoken&columns=spread%2Cdepth")


def test_a_questioned_figure_has_a_mark_of_its_own_and_can_be_asked_for(client):
    asked = {"frame": "measures", "field": "market_cap_usd", "place": "", "witness": "reported_cap"}
    asked |= {"value": 7e12, "against": 7e6}
    odd = make_asset("Odd")
    make_card(odd, figures={}, questioned={"figures": {"market_cap_usd": 7e12}, "facts": [asked]})
    make_card(make_asset("Bare"), figures={})
    UNIVERSE.forget()
    page = client.get("/?q=questioned:yes")
    assert names(page) == ["Odd"]
    assert f'href="/assets/{odd.slug}/#conflicts"' in page.content.decode()
    assert "Market cap: Price × supply gives" in page.content.decode()
    assert names(client.get("/?q=questioned:no")) == ["Bare"]
    assert "#conflicts" not in client.get("/?q=questioned:no").content.decode()


def test_invented_assets_are_left_out_beside_real_ones_and_one_click_includes_them(client):
    make_card(make_asset("Real"), 60)
    make_card(make_asset("Invented", fictional=True), 70)
    UNIVERSE.forget()
    page = client.get("/").content.decode()
    assert "1 invented asset is left out." in page
    assert ">Invented</bdi></a>" not in page
    include = "/?q=sandbox%3Ayes%2Cno"
    assert f'href="{include}"' in page
    with_both = client.get(include).content.decode()
    assert ">Invented</bdi></a>" in with_both
    assert with_both.count('class="badge sandbox"') == 1
    assert "left out" not in with_both


def test_a_market_that_is_all_invented_is_shown_with_a_mark_in_each_row(client):
    make_card(make_asset("Invented", fictional=True), 70)
    UNIVERSE.forget()
    page = client.get("/").content.decode()
    assert page.count('class="badge sandbox"') == 1
    assert "left out" not in page
    assert 'name="sandbox"' not in page, "there is nothing to choose"


@pytest.fixture
def two_kinds():
    for name, kind in (("Alpha", "token"), ("Beta", "equity")):
        make_card(make_asset(name, kind=kind))
    UNIVERSE.forget()


def fragment_of(client, trigger, **words):
    return client.get("/", words, headers={"HX-Request": "true", "HX-Trigger": trigger})


@pytest.mark.parametrize(
    ("trigger", "words", "left_out", "address"),
    [
        ("query-form", {"q": "kind:token mark", "typing": "15"}, "mark", "/?q=kind%3Atoken"),
        ("query-form", {"q": "mark kind:token", "typing": "4"}, "mark", "/?q=kind%3Atoken"),
        ("filters", {"market_cap_min": "900m", "typing": "market_cap_min"}, "900m", "/"),
    ],
)
def test_what_is_being_typed_is_left_out_until_it_matches(
    client, two_kinds, trigger, words, left_out, address
):
    answer = fragment_of(client, trigger, **words)
    page = answer.content.decode()
    assert f"<code>{left_out}</code>" in page
    assert "data-row" in page
    assert answer.headers["HX-Push-Url"] == address


@pytest.mark.parametrize(
    ("query", "typing"),
    [
        *(("kind:token mark", typing) for typing in ("", "x", "99999999", "-1", "²", "0")),
        ("kind:token mark ", "16"),
    ],
)
def test_what_is_finished_is_answered_as_it_stands(client, two_kinds, query, typing):
    answer = fragment_of(client, "query-form", q=query, typing=typing)
    assert "No asset matches" in answer.content.decode()


def test_a_wrong_limit_leaves_the_table_alone(client, two_kinds):
    answer = fragment_of(client, "filters", market_cap_min="lots")
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (422, "#query-problem")
    assert "data-row" not in answer.content.decode()


def test_of_a_wrong_query_the_page_shows_the_right_part_and_what_was_meant(client, two_kinds):
    answer = client.get("/?q=kind:token+mcap<5")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Alpha" in page
    assert "Beta" not in page
    assert "<code>kind:token</code>" in page
    assert 'data-fix="kind:token market_cap&lt;5"' in page


# What is kept of a page ----------------------------------------------------------------


def results_of(client, address="/", **request):
    page = client.get(address, **request).text
    return page[page.index('id="results"') : page.index("</table>")]


def test_a_page_that_is_asked_for_again_is_the_same(client, market):
    assert results_of(client) == results_of(client)


def test_a_changed_figure_is_shown_on_the_next_page(client, market):
    assert "$10.0" in results_of(client)
    make_card(Asset.objects.get(name="Alpha"), 80, gates_open=[], figures={"market_cap_usd": 20e6})
    UNIVERSE.forget()
    changed = results_of(client)
    assert "$20.0" in changed
    assert "$10.0" not in changed


def test_a_changed_count_is_shown_in_the_panel(client, market):
    assert 'id="count-kind-equity">1<' in client.get("/").text
    make_card(make_asset("Delta", kind="equity", chain="", venue="NYSE"), 50, figures={})
    UNIVERSE.forget()
    assert 'id="count-kind-equity">2<' in client.get("/").text


def test_each_language_has_a_page_of_its_own(client, market):
    english, spanish = results_of(client), {"Accept-Language": "es"}
    assert "Resultados" in results_of(client, headers=spanish)
    assert results_of(client) == english


def test_stars_are_those_of_each_reader(client, market):
    stranger = results_of(client)
    of_each = {}
    for name in ("ada", "bob"):
        client.force_login(User.objects.create(username=name))
        if name == "ada":
            client.post("/assets/alpha/star/", {"watched": "1"}, headers=HTMX)
        of_each[name] = results_of(client)
    assert [page.count('aria-pressed="true"') for page in of_each.values()] == [1, 0]
    client.logout()
    assert results_of(client) == stranger
    assert "aria-pressed" not in stranger


def test_a_star_that_is_set_is_shown_at_once(client, market):
    client.force_login(User.objects.create(username="ada"))
    assert 'aria-pressed="true"' not in results_of(client)
    client.post("/assets/alpha/star/", {"watched": "1"}, headers=HTMX)
    assert 'aria-pressed="true"' in results_of(client)


def test_readers_who_see_the_same_share_what_is_kept(client, market):
    kept, pages = [], []
    for name in ("ada", "bob"):
        client.force_login(User.objects.create(username=name))
        pages.append(results_of(client))
        kept.append({each for each in kept_fragments._kept if each[0] != "menu"})  # It names its reader.
    assert pages[0] == pages[1]
    assert kept[0] == kept[1]
    assert "csrfmiddlewaretoken" not in pages[0]


@pytest.mark.parametrize(("form", "action"), [("stars", "/assets/alpha/star/"), ("keep-columns", None)])
def test_forms_of_what_is_kept_send_the_token_of_their_reader(market, form, action):
    client = Client(enforce_csrf_checks=True)
    for name in ("ada", "bob"):
        person = User.objects.create(username=name)
        client.force_login(person)
        page = client.get("/").text
        opened = re.search(rf'<form id="{form}"[^>]*>.*?</form>', page, re.DOTALL)[0]
        address = action or re.search(r'action="([^"]+)"', opened)[1]
        assert action is None or f'formaction="{action}"' in page
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', opened)[1]
        sent = {"watched": "1", "name": "Mine", "columns": "price"}
        assert client.post(address, sent).status_code == 403
        assert client.post(address, sent | {"csrfmiddlewaretoken": token}).status_code == 302
        assert (Watchlist if action else ColumnSet).objects.filter(owner=person).exists()


def test_log_in_leads_back_to_the_page_that_was_shown(client, market):
    for address in ("/?sort=score", "/?sort=-market_cap", "/?sort=score"):
        page = results_of(client, address)
        assert f'<input type="hidden" form="stars" name="next" value="{address}">' in page
        assert '<form id="stars" hidden method="get" action="/accounts/login/">' in client.get(address).text


def test_a_fragment_renews_the_panel_and_a_page_does_not(client, market):
    for _ in range(2):
        assert "hx-swap-oob" not in client.get("/").text
        assert 'id="filters"' in client.get("/", headers={**HTMX, "HX-Trigger": "query-form"}).text
        assert "hx-swap-oob" in client.get("/", headers={**HTMX, "HX-Trigger": "query-form"}).text


def test_figures_typed_wrong_stay_in_the_panel_of_who_typed_them(client, market):
    assert 'value="abc"' in client.get("/?market_cap_min=abc").text
    assert 'value="abc"' not in client.get("/").text


def test_the_page_says_by_whose_limits_the_tiers_are(client, market, django_user_model, settings):
    usual = client.get("/").text
    assert "(limits of the checklist)" in usual
    settings.ASSAY_TIERS = OF_CHECKLIST.with_own(
        {"token": read_limits("micro:5m,small:2b,mid:10b")}, whose=Whose.OPERATOR
    )
    page = client.get("/?q=tier:small")
    assert "limits of this server&#x27;s operator" in page.text
    ana = django_user_model.objects.create_user("ana")
    own = OF_CHECKLIST.with_own({"token": read_limits("micro:1m,small:9m,mid:10b")}, whose=Whose.PROFILE)
    profile = create_profile(user=ana, name="Mine", tiers=own)
    set_profile(user=ana, profile=profile)
    client.force_login(ana)
    page = client.get("/?q=tier:mid")
    assert names(page) == ["Alpha", "Gamma"]
    assert page.text.count("imits of your profile “Mine”") == 2, "in the heading and in the filter panel"
    edit_profile(profile=profile, name="Renamed", description="", changes=Changes())
    assert "limits of your profile “Renamed”" in client.get("/?q=tier:mid").text, "kept fragments follow"
