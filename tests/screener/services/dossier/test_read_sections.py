from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from assets.models import Asset
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.read_sections import read_section, read_sections
from screener.services.dossier.sections import SECTIONS
from screener.words.clock import reading_as_of
from tests.factories.example import NOW as EXAMPLE_NOW
from tests.factories.example import example_rows, fill_equity, fill_example, make_ref, store
from tests.factories.market import NOW as MARKET_NOW
from tests.factories.market import observe_market, score

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("universe_at_rest")]


def names(sections):
    return [each.section.name for each in sections]


def test_the_whole_page_of_a_token():
    sections = read_sections(DossierFacts(fill_example()), whole=True)
    assert names(sections) == [
        *("header", "score", "price", "utility", "tokenomics", "liquidity_depth", "holder_concentration"),
        *("transparency", "peers", "selling", "plan", "sources", "screens", "notes"),
    ]
    evidence = {each.section.name: names(each.evidence) for each in sections if each.evidence}
    assert evidence == {
        "utility": ["usage"],
        "tokenomics": ["unlocks", "contract"],
        "liquidity_depth": ["liquidity"],
        "holder_concentration": ["holders"],
        "transparency": ["disclosure"],
    }
    assert not any(each.is_waiting for each in sections)


def test_the_evidence_of_a_company():
    sections = read_sections(DossierFacts(fill_equity()), whole=True)
    assert [name for each in sections for name in names(each.evidence)] == [
        *("fundamentals", "unlocks", "capital", "liquidity", "venue"),
        *("holders", "ownership", "disclosure", "filings"),
    ]


def test_what_is_not_on_the_first_screen_waits_and_knows_the_anchors_in_it():
    sections = read_sections(DossierFacts(fill_example()), whole=False)
    assert names(each for each in sections if not each.is_waiting) == ["header", "score", "price"]
    waiting = {each.section.name: each for each in sections if each.is_waiting}
    assert waiting["tokenomics"].anchors == ("unlocks", "contract")
    assert waiting["tokenomics"].shown is None


def test_without_a_score_there_are_no_findings_to_wait_for():
    facts = DossierFacts(Asset.objects.create(kind="token", slug="bare"))
    assert names(read_sections(facts, whole=False)) == [
        *("header", "score", "peers", "selling", "plan", "sources", "screens", "notes")
    ]


def test_a_section_of_the_other_kind_of_asset_has_nothing_to_show():
    filings = next(each for each in SECTIONS if each.name == "filings")
    assert read_section(filings, DossierFacts(fill_example())) is None


def test_the_first_screen_asks_for_less_than_half_and_nothing_twice():
    asset = fill_example()
    asked = {}
    for whole in (True, False):
        with CaptureQueriesContext(connection) as queries:
            read_sections(DossierFacts(asset), whole=whole)
        sql = [each["sql"] for each in queries]
        assert len(set(sql)) == len(sql)
        asked[whole] = len(sql)
    assert asked[False] < asked[True] / 2


def test_the_number_of_queries_does_not_grow_with_the_history(django_assert_max_num_queries):
    asset = fill_example()
    for _ in range(3):
        store(*example_rows(make_ref()))
    read_sections(DossierFacts(asset), whole=True)  # the process then knows the universe, whatever ran before
    with django_assert_max_num_queries(33):
        read_sections(DossierFacts(asset), whole=True)


# As of a past moment --------------------------------------------------------------------

MARKET = (0, 2, 3, 6)
"""Invented assets of both kinds and of several sorts."""


def written(facts):
    """The sections that past days have, as the page shows them."""
    with reading_as_of(facts.now):
        return {
            each.section.name: render_to_string("dossier/_section.html", {"asset": facts.asset, "each": each})
            for each in read_sections(facts, whole=True)
            if each.section.in_past
        }


def test_as_of_the_newest_moment_a_dossier_is_that_of_today():
    observe_market(MARKET)
    score()
    later = MARKET_NOW + timedelta(hours=1)
    assets = list(Asset.objects.all())
    assert {each.kind for each in assets} == {"token", "equity"}
    for asset in assets:
        today, past = DossierFacts(asset, now=later), DossierFacts(asset, as_of=later)
        assert written(past) == written(today), asset.slug


def test_what_is_learnt_later_changes_nothing_of_a_past_dossier():
    observe_market(MARKET)
    score()
    moment = MARKET_NOW + timedelta(hours=1)
    assets = list(Asset.objects.all())
    before = {asset.slug: written(DossierFacts(asset, as_of=moment)) for asset in assets}
    later = MARKET_NOW + timedelta(days=40)
    observe_market(MARKET, at=later)
    score(now=later)
    today = {asset.slug: written(DossierFacts(asset, now=later)) for asset in assets}
    after = {asset.slug: written(DossierFacts(asset, as_of=moment)) for asset in assets}
    assert after == before
    assert all(today[slug] != before[slug] for slug in before), "something was learnt of each"


def test_a_past_day_has_nothing_of_todays_market_and_nothing_of_the_reader():
    facts = DossierFacts(fill_example(), as_of=EXAMPLE_NOW + timedelta(hours=1))
    shown = names(read_sections(facts, whole=True))
    assert {"peers", "selling", "plan", "screens", "notes"}.isdisjoint(shown)
    assert "score" in shown


def test_before_it_was_scored_a_dossier_has_no_card():
    facts = DossierFacts(fill_example(), as_of=EXAMPLE_NOW - timedelta(days=1))
    assert facts.card is None
    assert facts.rows.row("market") is None
    assert names(read_sections(facts, whole=True)) == ["header", "score", "sources"]
