from datetime import date

from django.test import RequestFactory

from assets.models import Asset
from screener.views.dossier.page_context import asked_on, page_context
from screener.views.dossier.past_day import PastDay

COIN = Asset(kind="token", slug="coin")


def test_what_means_nothing_on_another_tab_is_left_out():
    request = RequestFactory().get(
        "/assets/coin/?position=5&whole=1&all=holders&kind=note&before=x&since=visit"
    )
    assert asked_on(request) == "?position=5"
    assert asked_on(RequestFactory().get("/assets/coin/?whole=1")) == ""


def test_tabs_keep_the_day_and_leave_out_what_has_no_past():
    request = RequestFactory().get("/assets/coin/holders/?as_of=2026-03-02")
    context = page_context(request, COIN, PastDay(day=date(2026, 3, 2)), here="holders")
    assert context["next"] == "/assets/coin/holders/?as_of=2026-03-02"
    assert [each.title for each in context["tabs"] if each.is_here] == ["Holders"]
    assert all(each.address.endswith("?as_of=2026-03-02") for each in context["tabs"])
    assert "Plan" not in [each.title for each in context["tabs"]]
