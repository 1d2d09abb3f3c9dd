"""The page of an asset's history: kinds, pages, the reader's visits, past days and what makes no sense."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from assets.models import Observation
from screener.checklist import DIMENSIONS
from screener.models import AssetVisit
from screener.services.desk.notes import write_note
from screener.services.dossier.history import KINDS
from screener.services.retention.pack import pack_scorecards
from tests.factories.market import NOW, observe
from tests.factories.scorecards import make_answered_card, make_asset, make_finding

pytestmark = pytest.mark.django_db

CRITERION = DIMENSIONS[0].criteria[0]
ADDRESS = "/assets/alpha/history/"


@pytest.fixture
def asset(db):
    return make_asset("Alpha")


@pytest.fixture
def card(asset):
    return partial(make_answered_card, asset)


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_an_asset_without_a_score_says_when_there_will_be_a_history(client, asset):
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert "Nothing has happened yet" in answer.text
    assert "chart-plot" not in answer.text


@pytest.mark.parametrize("packed", [0, 1])
def test_a_rating_names_the_fact_that_moved_it_and_leads_to_the_change(client, asset, card, packed):
    observe(at=NOW)
    fact = Observation.objects.get()
    old = card(make_finding(state="pass", observations=[]), total=60.0)
    new = card(
        make_finding(state="fail", observations=[fact.pk]), total=48.5, scored_at=NOW + timedelta(days=3)
    )
    assert sum(pack_scorecards([asset.pk] * packed)) == packed
    answer = client.get(ADDRESS)
    assert reverse("score_change", args=["alpha", old.pk, new.pk]) in answer.text
    assert reverse("observation", args=[fact.pk]) in answer.text
    shown = words(answer)
    assert "−11.5" in shown
    assert f"{CRITERION.title} : ✓ pass → ✕ fail" in shown.replace(
        f"{CRITERION.title}:", f"{CRITERION.title} :"
    )
    assert f"Sandbox #{fact.pk}" in shown
    assert "chart-plot" in answer.text
    assert "Not financial advice" in answer.text


def test_another_version_of_the_checklist_is_said(client, asset, card):
    card(make_finding(), checklist_version="1999.1")
    card(make_finding(state="fail"), total=20.0)
    assert "Judged by another version of the checklist" in client.get(ADDRESS).text


def test_a_kind_shows_only_its_own(client, asset, card):
    card(make_finding(state="pass"), total=60.0)
    card(make_finding(state="fail"), total=48.5, scored_at=NOW + timedelta(days=3))
    rating, finding = (words(client.get(f"{ADDRESS}?kind={kind}")) for kind in ("rating", "finding"))
    assert "−11.5" in rating
    assert "✕ fail" not in rating
    assert "✕ fail" in finding
    assert "−11.5" not in finding


@pytest.mark.parametrize("kind", [each.name for each in KINDS])
def test_each_kind_has_a_page_when_it_has_nothing(client, asset, ana, kind):
    client.force_login(ana)
    assert client.get(f"{ADDRESS}?kind={kind}").status_code == 200


@pytest.mark.parametrize(
    "nonsense",
    [
        *("kind=nothing", "before=yesterday", "before=1.2", "before=-1.2.3", f"before={'9' * 30}.1.1"),
        *("before=1.99999999999999999999.1", "since=visit", "since=ever", "kind=note", "page=7"),
    ],
)
def test_nonsense_in_the_address_is_as_if_it_was_not_there(client, asset, card, nonsense):
    card(make_finding())
    answer = client.get(f"{ADDRESS}?{nonsense}")
    assert answer.status_code == 200
    assert "Scored for the first time" in answer.text


def test_pages_lead_to_the_first_entry(client, asset, card):
    for number in range(70):
        card(total=20.0 + 2 * (number % 2), scored_at=NOW + timedelta(hours=number))
    answer, seen = client.get(ADDRESS), []
    for _page in range(5):
        seen += re.findall(r"/history/(\d+)/(\d+)/", answer.text)
        older = re.search(r'rel="next" href="([^"]+)"', answer.text) or re.search(
            r'href="([^"]+)" rel="next"', answer.text
        )
        if older is None:
            break
        answer = client.get(ADDRESS + older[1].replace("&amp;", "&"))
    assert len(seen) == len(set(seen)) == 69
    assert "Scored for the first time" in answer.text


def test_a_later_visit_tells_what_is_new_since(client, asset, card, ana):
    client.force_login(ana)
    visited = timezone.now() - timedelta(hours=3)
    AssetVisit.objects.create(owner=ana, asset=asset, began_at=visited)
    card(total=60.0, scored_at=visited - timedelta(hours=1))
    card(total=40.0, scored_at=visited + timedelta(hours=1))
    for _reload in range(2):
        answer = client.get(ADDRESS)
        assert "New since your visit of" in answer.text
        assert "Since my last visit" in answer.text
    only_new = words(client.get(f"{ADDRESS}?since=visit"))
    assert "−20.0" in only_new
    assert "Scored for the first time" not in only_new
    assert AssetVisit.objects.get().before_at == visited


def test_a_visit_that_saw_everything_says_so(client, asset, card, ana):
    client.force_login(ana)
    card()
    AssetVisit.objects.create(owner=ana, asset=asset, began_at=timezone.now() - timedelta(hours=3))
    assert "Nothing new since your last visit" in client.get(f"{ADDRESS}?since=visit").text


def test_of_a_stranger_nothing_is_kept(client, asset, card):
    card()
    assert "Since my last visit" not in client.get(ADDRESS).text
    assert not AssetVisit.objects.exists()


def test_notes_of_others_are_not_shown(client, asset, ana, django_user_model):
    write_note(user=django_user_model.objects.create_user("ben"), asset=asset, body="Ben's thought")
    write_note(user=ana, asset=asset, body="Ana's thought")
    assert "thought" not in client.get(ADDRESS).text
    client.force_login(ana)
    shown = client.get(ADDRESS).text
    assert "Ana&#x27;s thought" in shown
    assert "Ben" not in shown


def test_a_past_day_ends_the_history_there(client, asset, card):
    card(total=60.0, scored_at=NOW)
    card(total=40.0, scored_at=NOW + timedelta(days=3))
    shown = words(client.get(f"{ADDRESS}?as_of={NOW:%Y-%m-%d}"))
    assert "As known on" in shown
    assert "Scored for the first time" in shown
    assert "−20.0" not in shown


@pytest.mark.parametrize("day", ["soon", "2026-02-30", "2026-13-01", "1066-10-14", "9999-12-31", "20260302x"])
def test_a_day_that_cannot_be_shown_is_refused_in_words(client, asset, day):
    answer = client.get(f"{ADDRESS}?as_of={day}")
    assert answer.status_code == 400
    assert "This day cannot be shown" in answer.text
    assert reverse("asset", args=["alpha"]) in answer.text


def test_nobody_has_no_history(client):
    assert client.get("/assets/nobody/history/").status_code == 404


@pytest.mark.parametrize("logged_in", [False, True])
def test_a_long_history_costs_no_more_queries(
    client, asset, card, ana, django_assert_max_num_queries, logged_in
):
    if logged_in:
        client.force_login(ana)
        for number in range(40):
            write_note(user=ana, asset=asset, body=f"Note {number}")
    for number in range(40):
        card(make_finding(value=float(number), observations=[number]), total=float(number))
    with django_assert_max_num_queries(32):
        client.get(ADDRESS)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_history_is_only_read(client, asset, method):
    assert getattr(client, method)(ADDRESS).status_code == 405
