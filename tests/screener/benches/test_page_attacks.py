import pytest
from django.urls import resolve

from screener.benches.page_attacks import PAGES, page_asked


@pytest.mark.parametrize("name", PAGES)
def test_what_is_asked_is_an_address(name):
    for number in range(24):
        assert resolve(PAGES[name](number).partition("?")[0]).url_name


def test_a_section_is_asked_for_as_a_page_asks_for_it():
    assert "HX-Request: true" in page_asked("sections")(1, "").head
    assert "HX-Request" not in page_asked("dossiers")(1, "").head
