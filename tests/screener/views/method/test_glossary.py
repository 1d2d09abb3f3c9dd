import pytest
from django.utils.html import escape

from screener.checklist import CRITERIA
from screener.checklist.glossary import MEANINGS
from screener.checklist.terms import TERMS

pytestmark = pytest.mark.django_db


def test_each_title_stands_at_its_anchor_with_its_meaning(client):
    page = client.get("/glossary/").text
    for each in CRITERIA.values():
        place = page.index(f'<div id="{each.id}">')
        entry = page[place : page.index("</div>", place)]
        assert f"<dt>{escape(each.title)}</dt>" in entry
        assert escape(MEANINGS[each.id]) in entry
        assert f'href="/checklist/#{each.id}"' in entry
    for title, meaning in TERMS:
        assert escape(title) in page
        assert escape(meaning) in page


def test_the_checklist_leads_to_it(client):
    page = client.get("/checklist/").text
    assert all(f'href="/glossary/#{each}"' in page for each in CRITERIA)
