from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from assets.models import Asset
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.read_sections import read_section, read_sections
from screener.services.dossier.sections import SECTIONS
from screener.services.dossier.tabs import TAB_OF, TABS, WHOLE
from screener.words.clock import reading_as_of
from tests.factories.example import NOW as EXAMPLE_NOW
from tests.factories.example import example_rows, fill_equity, fill_example, make_ref, store
from tests.factories.market import NOW as MARKET_NOW
from tests.factories.market import observe_market, score

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("universe_at_rest")]


def names(sections):
    return [each.section.name for each in sections]


def test_the_whole_page_of_a_token():
    sections = read_sections(DossierFacts(fill_example()), WHOLE)
    assert names(sections) == [
        *("header", "score", "price", "glance", "utility", "tokenomics", "liquidity_depth", "selling"),
        *("holder_concentration", "transparency", "peers", "swings", "screens", "plan", "notes", "sources"),
    ]
    evidence = {each.section.name: names(each.evidence) for each in sections if each.evidence}
    assert evidence == {
        "utility": ["usage"],
        "tokenomics": ["unlocks", "contract"],
        "liquidity_depth": ["liquidity"],
        "holder_concentration": ["holders"],
        "transparency": ["disclosure"],
    }


def test_the_evidence_of_a_company():
    sections = read_sections(DossierFacts(fill_equity()), WHOLE)
    assert [name for each in sections for name in names(each.evidence)] == [
        *("fundamentals", "unlocks", "capital", "overhang", "liquidity", "venue"),
        *("holders", "ownership", "disclosure", "filings"),
    ]


def test_a_tab_is_read_by_itself():
    sections = read_sections(DossierFacts(fill_example()), TAB_OF["liquidity"].sections)
    assert names(sections) == ["liquidity_depth", "selling"]
    assert names(sections[0].evidence) == ["liquidity"]


def test_without_a_score_there_are_no_findings():
    facts = DossierFacts(Asset.objects.create(kind="token", slug="bare"))
    assert names(read_sections(facts, WHOLE)) == [
        *("header", "score", "glance", "selling", "peers", "swings", "screens", "plan", "notes", "sources")
    ]


def test_a_section_of_the_other_kind_of_asset_has_nothing_to_show():
    filings = next(each for each in SECTIONS if each.name == "filings")
    assert read_section(filings, DossierFacts(fill_example())) is None


def test_no_tab_asks_twice_and_the_whole_asks_less_than_all_tabs():
    asset = fill_example()
    asked = []
    for sections in (WHOLE, *(each.sections for each in TABS)):
        with CaptureQueriesContext(connection) as queries:
            read_sections(DossierFacts(asset), sections)
        sql = [each["sql"] for each in queries]
        assert len(set(sql)) == len(sql), sections
        asked.append(len(sql))
    assert asked[0] < sum(asked[1:])


def test_the_number_of_queries_does_not_grow_with_the_history(django_assert_max_num_queries):
    asset = fill_example()
    for _ in range(3):
        store(*example_rows(make_ref()))
    read_sections(DossierFacts(asset), WHOLE)  # the process then knows the universe, whatever ran before
    with django_assert_max_num_queries(34):
        read_sections(DossierFacts(asset), WHOLE)


# As of a past moment --------------------------------------------------------------------

MARKET = (0, 2, 3, 6)
"""Invented assets of both kinds and of several sorts."""


def written(facts):
    """The sections that past days have, as the page shows them."""
    with reading_as_of(facts.now):
        return {
            each.section.name: render_to_string("dossier/_section.html", {"asset": facts.asset, "each": each})
            for each in read_sections(facts, WHOLE)
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
    shown = names(read_sections(facts, WHOLE))
    assert {"glance", "peers", "swings", "selling", "plan", "screens", "notes"}.isdisjoint(shown)
    assert "score" in shown


def test_before_it_was_scored_a_dossier_has_no_card():
    facts = DossierFacts(fill_example(), as_of=EXAMPLE_NOW - timedelta(days=1))
    assert facts.card is None
    assert facts.rows.row("market") is None
    assert names(read_sections(facts, WHOLE)) == ["header", "score", "sources"]
