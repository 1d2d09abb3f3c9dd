from datetime import timedelta

import pytest
from django.utils import timezone

from screener.checklist import CRITERIA
from screener.models import Override, Scorecard
from screener.services.dossier.tabs import place_on_page
from tests.factories.example import fill_example

pytestmark = pytest.mark.django_db

GATE = next(id for id, each in CRITERIA.items() if each.is_gate and "token" in each.kinds)
OF_SHARES = next(id for id, each in CRITERIA.items() if each.kinds == {"equity"})


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def ben(django_user_model):
    return django_user_model.objects.create_user("ben")


@pytest.fixture
def client(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def asset():
    return fill_example()


@pytest.fixture
def shown(asset):
    """A criterion whose finding stands on the page."""
    findings = Scorecard.objects.get().findings
    return next(each["criterion"] for each in findings if each["state"] == "fail")


def fine(days=9, **changes):
    expires_on = timezone.localdate() + timedelta(days=days)
    return {"state": "pass", "reason": "Seen <b>it</b>.", "expires_on": expires_on.isoformat()} | changes


def address(asset, criterion):
    return f"/assets/{asset.slug}/overrides/{criterion}/"


def test_no_answers_yet(client):
    assert "No overrides yet" in client.get("/overrides/").text


def test_strangers_see_no_form_and_are_sent_to_log_in(client, asset, shown):
    client.logout()
    assert "Override" not in client.get(f"{asset.get_absolute_url()}?whole=1").text
    assert client.get("/overrides/").status_code == 302
    assert client.post(address(asset, shown), fine()).status_code == 302
    assert not Override.objects.exists()


def test_the_form_comes_as_a_page_and_as_a_fragment(client, asset, shown):
    page = client.get(address(asset, shown)).text
    assert "<html" in page
    fragment = client.get(address(asset, shown), headers={"HX-Request": "true"}).text
    assert "<html" not in fragment
    assert f'id="{shown}-reason"' in fragment


def test_an_answer_stands_beside_the_machines_and_both_totals_are_there(client, asset, shown):
    before = Scorecard.objects.get()
    answer = client.post(address(asset, shown), fine(evidence_url="https://example.org/proof"))
    assert answer["Location"] == place_on_page(asset, shown)
    page = client.get(f"{asset.get_absolute_url()}?whole=1").text
    assert "with your overrides" in page
    assert "the machine disagrees" in page
    assert "Seen &lt;b&gt;it&lt;/b&gt;." in page
    assert 'href="https://example.org/proof" rel="noopener noreferrer nofollow"' in page
    after = Scorecard.objects.get()
    assert (after.total, after.findings) == (before.total, before.findings)


def test_what_does_not_fit_is_told_and_stays_typed(client, asset, shown):
    answer = client.post(address(asset, shown), fine(state="", reason="Because."))
    assert answer.status_code == 422
    assert "Choose one of the answers." in answer.text
    assert "Because." in answer.text
    assert not Override.objects.exists()


def test_a_second_answer_asks_to_withdraw_the_first(client, asset, shown):
    client.post(address(asset, shown), fine())
    answer = client.post(address(asset, shown), fine(state="fail"))
    assert answer.status_code == 422
    assert "Withdraw that answer first." in answer.text


def test_a_gate_says_what_an_answer_does_to_it(client, asset):
    assert "This is a gate" in client.get(address(asset, GATE)).text


@pytest.mark.parametrize("criterion", ["part.gone", OF_SHARES, "x"])
def test_what_is_not_asked_can_not_be_answered(client, asset, criterion):
    assert client.get(address(asset, criterion)).status_code == 404
    assert client.post(address(asset, criterion), fine()).status_code == 404


def test_an_answer_is_withdrawn_and_that_is_taken_back(client, asset, shown):
    client.post(address(asset, shown), fine())
    mine = Override.objects.get()
    told = {"next": asset.get_absolute_url()}
    page = client.post(f"/overrides/{mine.pk}/withdraw/", told, follow=True).text
    assert "Your answer is withdrawn." in page
    assert "with your overrides" not in page
    assert f'action="/overrides/{mine.pk}/restore/"' in page
    page = client.post(f"/overrides/{mine.pk}/restore/", told, follow=True).text
    assert "Your answer counts again." in page
    assert "with your overrides" in page


def test_taking_back_after_a_new_answer_is_refused_in_words(client, asset, shown):
    client.post(address(asset, shown), fine())
    old = Override.objects.get()
    client.post(f"/overrides/{old.pk}/withdraw/")
    client.post(address(asset, shown), fine(state="caution"))
    page = client.post(f"/overrides/{old.pk}/restore/", follow=True).text
    assert "You have answered this criterion anew meanwhile." in page


def test_an_expired_answer_says_so_and_counts_no_more(client, ana, asset, shown):
    now = timezone.now()
    Override.objects.create(
        owner=ana,
        asset=asset,
        criterion=shown,
        state="pass",
        reason="Old.",
        expires_on=timezone.localdate() - timedelta(days=1),
        created_at=now,
    )
    page = client.get(f"{asset.get_absolute_url()}?whole=1").text
    assert "counts no longer" in page
    assert "with your overrides" not in page
    assert "expired" in client.get("/overrides/").text


def test_answers_to_criteria_that_are_gone_are_listed(client, ana, asset):
    expires_on, now = timezone.localdate(), timezone.now()
    told = {"state": "pass", "reason": "Old.", "expires_on": expires_on, "created_at": now}
    Override.objects.create(owner=ana, asset=asset, criterion="part.gone", **told)
    assert "no longer asked" in client.get("/overrides/").text
    assert client.get(f"{asset.get_absolute_url()}?whole=1").status_code == 200


def test_other_peoples_answers_do_not_exist(client, ben, asset, shown):
    expires_on, now = timezone.localdate(), timezone.now()
    told = {"state": "pass", "reason": "Theirs.", "expires_on": expires_on, "created_at": now}
    theirs = Override.objects.create(owner=ben, asset=asset, criterion=shown, **told)
    assert "Theirs." not in client.get("/overrides/").text
    assert "Theirs." not in client.get(f"{asset.get_absolute_url()}?whole=1").text
    for verb in ("withdraw", "restore"):
        assert client.post(f"/overrides/{theirs.pk}/{verb}/").status_code == 404
        assert client.get(f"/overrides/{theirs.pk}/{verb}/").status_code == 405
    theirs.refresh_from_db()
    assert theirs.deleted_at is None


def test_the_list_keeps_to_its_queries(client, asset, django_assert_max_num_queries):
    for criterion in [id for id, each in CRITERIA.items() if "token" in each.kinds][:9]:
        client.post(address(asset, criterion), fine())
    with django_assert_max_num_queries(6):
        assert client.get("/overrides/").text.count("Withdraw") == 9


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/answers/", "/overrides/"),
        ("/answers/?page=2", "/overrides/?page=2"),
        ("/assets/alpha/answers/exit.impact/?next=%2F", "/assets/alpha/overrides/exit.impact/?next=%2F"),
    ],
)
def test_former_addresses_lead_on_with_their_query(client, old, new):
    response = client.get(old)
    assert (response.status_code, response.url) == (301, new)
    assert client.post(old).status_code == 405
