import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format

from assets.models import Asset, DisclosureSnapshot, FormerSlug, RequestLog
from assets.sourcing import rows as told
from screener.checklist import CRITERIA
from screener.models import AssetVisit, Scorecard
from screener.services.dossier.sections.screens import ScreensSection
from screener.services.dossier.tabs import TAB_OF, TABS, shown_tabs
from screener.services.scoring.score_assets import score_assets
from screener.services.screening.match_screens import ScreenHit
from tests.factories.example import NOW, example_rows, fill_example, make_ref, store
from tests.factories.market import observe

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("universe_at_rest")]


def whole(asset):
    """All tabs below each other."""
    return f"{asset.get_absolute_url()}?whole=1"


def test_the_worked_example_reads_right(client):
    asset = fill_example()
    text = client.get(whole(asset)).content.decode().replace("\u202f", " ")
    assert "$25.0 M" in text
    assert "$35.0 M" in text
    assert "70.0 M" in text
    assert "Not financial advice" in text


def test_a_market_cap_that_is_only_reported_says_so(client):
    values = {"market_cap_usd": Decimal(30_000), "fully_diluted_usd": Decimal(40_000)}
    row = told.MarketRow(asset=make_ref(), as_of=NOW, price_usd=Decimal(1), **values)
    observe(row, at=NOW, provider="dexscreener")
    asset = Asset.objects.get()
    score_assets([asset.pk])
    text = client.get(asset.get_absolute_url()).content.decode().replace("\u202f", " ")
    assert "$30,000" in text
    assert "$40,000" in text
    assert text.count("as a source reports it") == 2
    assert "price × circulating" not in text


def test_what_was_paid_to_have_it_seen_is_said(client):
    asset = fill_example()
    assert "Paid promotion</h3>" not in client.get(whole(asset)).content.decode()
    paid = {"profile_paid": True, "community_takeover": True, "paid_promotions": 3, "promotion_paid_at": NOW}
    DisclosureSnapshot.objects.filter(asset=asset).update(**paid)
    text = client.get(whole(asset)).content.decode()
    assert "Paid promotion</h3>" in text
    assert f"The last one was paid on {date_format(NOW, 'j M Y')}." in text
    assert "its links and text are its payer" in text
    assert "A community says that it has taken it over" in text


def test_an_asset_without_a_score_says_so(client):
    asset = Asset.objects.create(kind="token", slug="new", name="New")
    page = client.get(whole(asset))
    assert page.status_code == 200
    assert b"Not scored yet" in page.content
    assert b"No source has reported this yet." in page.content


def test_an_unknown_asset_is_404_and_can_be_searched_for(client):
    page = client.get("/assets/nobody-knows/")
    assert page.status_code == 404
    assert b"No asset has this address" in page.content
    assert b'href="/?q=nobody%20knows"' in page.content


def test_the_address_of_an_asset_that_was_merged_leads_on(client):
    asset = fill_example()
    FormerSlug.objects.create(slug="wrk-sol", asset=asset, merged_by="coingecko", merged_at=NOW)
    page = client.get("/assets/wrk-sol/?profile=")
    assert (page.status_code, page["Location"]) == (301, asset.get_absolute_url())
    for address in ("history/", "peek/"):
        assert client.get(f"/assets/wrk-sol/{address}").status_code == 200


def test_names_from_outside_are_escaped(client):
    store(told.ListingRow(asset=make_ref(name="<script>alert(1)</script>"), as_of=NOW))
    page = client.get(Asset.objects.get().get_absolute_url())
    assert b"<script>alert" not in page.content


def test_a_page_costs_a_fixed_number_of_queries(client, django_user_model, django_assert_max_num_queries):
    asset = fill_example()
    client.force_login(django_user_model.objects.create_user("ana"))
    for _ in range(3):
        store(*example_rows(make_ref()))
    with django_assert_max_num_queries(37):
        client.get(asset.get_absolute_url())
    with django_assert_max_num_queries(60):
        client.get(whole(asset))


@pytest.mark.parametrize("kind", ["token", "equity"])
def test_everything_that_is_not_known_has_a_sentence(client, kind):
    store(told.ListingRow(asset=make_ref(kind=kind), as_of=NOW))
    asset = Asset.objects.get()
    score_assets([asset.pk])
    text = client.get(whole(asset)).text
    assert "No schedule is known, which does not mean that there are no unlocks." in text
    assert "No holder list is known." in text
    assert "it is not known whether it can be sold at all" in text
    assert "It is not known whether there are audits." in text
    assert ("Capital structure" in text) is (kind == "equity")
    assert ">NR</span> <strong>Not rated</strong>" in text
    assert "; a rating requires " in text
    assert "None of its gates could be verified." in text
    assert "Unverified gates" in text
    assert "Unanswered criteria" in text


def test_what_would_change_an_answer_is_shown_where_it_does_not_pass(client, monkeypatch):
    asset = fill_example()
    findings = Scorecard.objects.get(asset=asset).findings
    for criterion in {each["criterion"] for each in findings}:
        remedied = replace(CRITERIA[criterion], remedy=f"Mend {criterion}.")
        monkeypatch.setitem(CRITERIA, criterion, remedied)
    text = client.get(whole(asset)).text
    assert {each["state"] for each in findings} > {"pass", "fail"}
    for finding in findings:
        is_shown = f"<strong>What would change this:</strong> Mend {finding['criterion']}." in text
        assert is_shown is (finding["state"] not in {"pass", "n-a"}), finding


def test_official_channels_are_left_without_a_trace(client):
    store(told.DisclosureRow(asset=make_ref(), as_of=NOW, channels={"homepage": "https://example.org/"}))
    asset = Asset.objects.get()
    score_assets([asset.pk])
    text = client.get(whole(asset)).text
    assert '<a href="https://example.org/" rel="noopener noreferrer nofollow">Site</a>' in text


def test_an_open_gate_stands_first_with_its_reason(client):
    asset = fill_example()
    card = asset.scorecards.get()
    card.gates_open = ["liquidity_depth.pool_control"]
    card.save()
    text = client.get(asset.get_absolute_url()).text
    assert "Stop: LP control and lock</a> <span>Who can pull the deepest pool" in text
    assert "An open gate leaves a fifth of the total: never more than 20." in text


def test_who_was_asked_in_vain_is_told_with_the_reason(client):
    store(told.ListingRow(asset=make_ref(), as_of=NOW))
    asset = Asset.objects.get()
    RequestLog.objects.create(
        asset=asset, provider="goplus", family="contract", asked_at=NOW, problem="GoPlus does not know 0x1."
    )
    score_assets([asset.pk])
    assert "GoPlus does not know 0x1." in client.get(whole(asset)).text


def test_the_screens_of_an_asset_are_links():
    def screens(*hits):
        return render_to_string("dossier/sections/screens.html", {"shown": ScreensSection(hits=hits)})

    hit = ScreenHit(title="Mine <b>", address="/screens/1/", is_own=True)
    assert '<a href="/screens/1/">★ <bdi>Mine &lt;b&gt;</bdi></a>' in screens(hit)
    assert "It matches none of the presets" in screens()


HTMX = {"HX-Request": "true"}


def test_an_unlock_is_asked_for_by_the_address_of_the_page_and_of_its_section(client):
    asset = fill_example()
    later = f"{(NOW + timedelta(days=20)).date():%Y-%m-%d}"
    page = asset.get_absolute_url()
    for address, headers in ((f"{page}tokenomics/", {}), (f"{page}sections/unlocks/", HTMX)):
        text = client.get(f"{address}?until={later}", headers=headers).text
        assert f'name="until" required value="{later}"' in text
        assert "All unlocks until" in text
        assert "$35.0" in text


def test_a_question_about_unlocks_that_makes_no_sense_says_so_and_keeps_the_rest_of_the_address(client):
    address = fill_example().get_absolute_url()
    text = client.get(f"{address}?position=1000&until=soon&whole=1").text
    assert "Write the day as year, month and day" in text
    questions = text.split('class="what-if-questions"')[1].split("</div>")[0]
    assert questions.count('<input type="hidden" name="position" value="1000">') == 2
    assert questions.count('<input type="hidden" name="whole" value="1">') == 2
    assert '<input type="hidden" name="until"' not in questions
    assert "The schedule lists no such unlock" in client.get(f"{address}tokenomics/?unlock=x%22").text


def test_where_all_that_can_exist_circulates_no_schedule_is_missing(client):
    now = {"asset": make_ref(), "as_of": NOW}
    store(told.MarketRow(**now, price_usd=1), told.SupplyRow(**now, circulating=100, maximum=100))
    asset = Asset.objects.get()
    score_assets([asset.pk])
    assert "all units that can exist circulate already" in client.get(whole(asset)).text


TAB_NAMES = [each.name for each in TABS if not each.page]


def headings(page):
    return re.findall(r'<h2 id="([a-z_]+)-title"', page.split("</main>")[0])


@pytest.mark.parametrize("name", TAB_NAMES)
def test_each_tab_shows_its_sections_and_says_which_it_is(client, name):
    asset = fill_example()
    page = client.get(TAB_OF[name].address(asset)).text
    assert re.findall(r'aria-current="page" data-anchors="([^"]*)"', page) == [
        " ".join(next(each.anchors for each in shown_tabs(asset, here=name) if each.is_here))
    ]
    missing = {each.name for each in TAB_OF[name].sections} - {"conflicts"}
    assert all(f'id="{each}"' in page for each in missing)
    others = {each.name for tab in TABS if tab.name != name for each in tab.sections}
    assert not any(f' id="{each}"' in page for each in others)


def test_the_whole_page_has_the_sections_of_all_tabs_and_says_of_none_that_it_is_here(client):
    asset = fill_example()
    page = client.get(whole(asset)).text
    tabs = [client.get(TAB_OF[name].address(asset)).text for name in TAB_NAMES]
    assert [each for each in headings(page) if each != "notes"] == [
        each for tab in tabs for each in headings(tab)
    ]
    assert 'data-anchors="header' in page
    assert 'aria-current="page" data-anchors' not in page


def test_what_the_address_asks_goes_on_to_the_other_tabs(client):
    asset = fill_example()
    page = client.get(f"{asset.get_absolute_url()}holders/?position=1000&all=holders").text
    assert f'href="{asset.get_absolute_url()}plan/?position=1000"' in page
    assert f'href="{asset.get_absolute_url()}?position=1000#score"' in page


def test_a_tab_of_a_merged_asset_leads_on_to_the_tab(client):
    asset = fill_example()
    FormerSlug.objects.create(slug="wrk-sol", asset=asset, merged_by="coingecko", merged_at=NOW)
    page = client.get("/assets/wrk-sol/holders/")
    assert (page.status_code, page["Location"]) == (301, f"{asset.get_absolute_url()}holders/")


def test_a_tab_without_anything_says_why(client, remembered):
    asset = Asset.objects.create(kind="token", slug="bare", name="Bare")
    assert "Not scored yet" in client.get(f"{asset.get_absolute_url()}utility/").text
    day = (NOW - timedelta(days=50)).date().isoformat()
    page = client.get(f"{remembered.get_absolute_url()}plan/", {"as_of": day}).text
    assert "Not shown of a past day" in page
    assert client.get("/assets/bare/astrology/").status_code == 404


def test_a_section_comes_by_itself_with_its_evidence(client):
    page = client.get(f"{fill_example().get_absolute_url()}sections/tokenomics/", headers=HTMX)
    assert "HX-Request" in page["Vary"]
    assert page.text.strip().startswith('<section class="card dimension" id="tokenomics"')
    assert "$35.0" in page.text
    assert 'id="unlocks"' in page.text
    assert "<html" not in page.text


def test_a_section_opened_by_itself_leads_to_its_place_on_the_page(client):
    address = fill_example().get_absolute_url()
    page = client.get(f"{address}sections/tokenomics/?profile=")
    assert (page.status_code, page["Location"]) == (302, f"{address}tokenomics/?profile=#tokenomics")


def test_a_section_that_nobody_knows_is_404(client):
    address = fill_example().get_absolute_url()
    assert client.get(f"{address}sections/astrology/", headers=HTMX).status_code == 404
    assert client.get("/assets/nobody/sections/score/", headers=HTMX).status_code == 404


def test_a_section_without_content_takes_its_place_with_nothing(client):
    page = client.get(f"{fill_example().get_absolute_url()}sections/filings/", headers=HTMX)
    assert (page.status_code, page.content) == (200, b"")


def test_forms_in_a_section_lead_back_to_the_page(client, django_user_model):
    asset = fill_example()
    address = asset.get_absolute_url()
    notes = client.get(f"{address}sections/notes/", headers=HTMX).text
    assert f"?next={quote(address, safe='')}" in notes
    client.force_login(django_user_model.objects.create_user("ana"))
    override = {"state": "pass", "reason": "I know.", "expires_on": NOW.date() + timedelta(days=9)}
    client.post(reverse("override_answer", args=[asset.slug, "transparency.roadmap"]), override)
    section = client.get(f"{address}sections/transparency/?profile=", headers=HTMX).text
    assert f'name="next" value="{address}transparency/?profile="' in section


def test_selling_is_worked_out_for_the_position_of_the_address(client):
    asset = fill_example()
    page = client.get(f"{asset.get_absolute_url()}?whole=1&position=25k").content.decode()
    assert 'value="25k"' in page
    assert "Selling <data" in page
    assert "field-error" not in page
    refused = client.get(f"{asset.get_absolute_url()}?whole=1&position=%3Cb%3E").content.decode()
    assert "&lt;b&gt;” is not a position size" in refused
    assert 'aria-invalid="true"' in refused


def test_an_asset_of_which_nobody_knows_a_venue_is_not_said_to_be_worthless(client):
    asset = Asset.objects.create(kind="token", slug="new", name="New")
    page = client.get(f"{asset.get_absolute_url()}sections/selling/", headers={"HX-Request": "true"}).text
    assert "Neither a pool nor an order book is known, so the proceeds are not known." in page
    assert "$0" not in page


def test_a_plan_is_worked_out_on_the_terms_of_the_address(client):
    asset = fill_example()
    address = asset.get_absolute_url()
    page = client.get(f"{address}?whole=1&account=50k&stop=15%25&steps=2").text
    assert "At most <strong><data" in page
    assert page.count("plan-account-problem") == 0
    wrong = client.get(f"{address}?whole=1&account=%3Cb%3E").text
    assert 'value="&lt;b&gt;"' in wrong
    assert wrong.count('id="plan-account-problem"') == 1
    kept = client.get(f"{address}?whole=1&account=50k&position=25k").text
    assert '<input type="hidden" name="position" value="25k">' in kept
    selling = kept.split('id="selling"')[1].split("</form>")[0]
    assert '<input type="hidden" name="account" value="50k">' in selling
    assert 'type="hidden" name="position"' not in selling


# As of a past day, and since a visit ------------------------------------------------------


@pytest.fixture
def remembered():
    """An asset that was scored two months ago at one price and now at another."""
    then = NOW - timedelta(days=60)
    for at, price in ((then, "0.50"), (NOW, "0.75")):
        told_then = {"asset": make_ref(), "as_of": at}
        observe(
            told.MarketRow(**told_then, price_usd=Decimal(price), volume_24h_usd=Decimal(900_000)),
            told.SupplyRow(**told_then, circulating=Decimal(50_000_000), maximum=Decimal(100_000_000)),
            at=at,
        )
        score_assets(Asset.objects.values_list("pk", flat=True), now=at)
    return Asset.objects.get()


def test_a_past_day_shows_what_was_known_then_and_says_so(client, remembered):
    day = (NOW - timedelta(days=50)).date().isoformat()
    today, past = (client.get(remembered.get_absolute_url(), asked).text for asked in ({}, {"as_of": day}))
    assert "As known on" not in today
    assert "As known on" in past
    assert ("$0.75" in today, "$0.50" in today) == (True, False)
    assert ("$0.75" in past, "$0.50" in past) == (False, True)
    assert f"/history/?as_of={day}" in past
    assert "Not financial advice" in past


def test_a_past_day_has_no_tools_of_today(client, remembered, django_user_model):
    client.force_login(django_user_model.objects.create_user("root", is_staff=True))
    day = (NOW - timedelta(days=50)).date().isoformat()
    today, past = (client.get(whole(remembered), asked).text for asked in ({}, {"as_of": day}))
    for tool in ("data-page-star", "/cite/", 'id="notes"', 'id="plan"', 'id="selling"', "/data/missing/"):
        assert tool in today, tool
        assert tool not in past, tool
    assert "/overrides/" in today
    assert f"/assets/{remembered.slug}/overrides/" not in past


def test_sections_of_a_past_day_are_those_of_that_day(client, remembered):
    day = (NOW - timedelta(days=50)).date().isoformat()
    page = client.get(remembered.get_absolute_url(), {"as_of": day}).text
    assert f"/sources/?as_of={day}" in page
    header = f"/assets/{remembered.slug}/sections/header/"
    fragment = client.get(header, {"as_of": day}, headers={"HX-Request": "true"}).text
    assert "$0.50" in fragment
    assert client.get(header, {"as_of": day}).url.endswith(f"?as_of={day}#header")
    assert client.get(header, {"as_of": "soon"}, headers={"HX-Request": "true"}).status_code == 400


def test_a_day_before_it_was_known_has_no_scorecard(client, remembered):
    page = client.get(remembered.get_absolute_url(), {"as_of": "2020-01-01"}).text
    assert "No scorecard of that time" in page
    assert "$0.50" not in page


@pytest.mark.parametrize("day", ["soon", "2026-02-30", "9999-12-31"])
def test_a_day_that_cannot_be_shown_is_refused(client, remembered, day):
    answer = client.get(remembered.get_absolute_url(), {"as_of": day})
    assert answer.status_code == 400
    assert "This day cannot be shown" in answer.text


def test_who_comes_back_learns_what_changed(client, remembered, django_user_model):
    ana = django_user_model.objects.create_user("ana")
    client.force_login(ana)
    assert "Changed since your visit" not in client.get(remembered.get_absolute_url()).text
    AssetVisit.objects.update(began_at=NOW - timedelta(days=30))
    page = client.get(remembered.get_absolute_url()).text
    assert "Changed since your visit" in page
    assert f"{reverse('asset_history', args=[remembered.slug])}?since=visit" in page
    assert AssetVisit.objects.get().before_at == NOW - timedelta(days=30)


def test_of_a_stranger_who_looks_nothing_is_kept(client, remembered):
    client.get(remembered.get_absolute_url())
    assert not AssetVisit.objects.exists()
