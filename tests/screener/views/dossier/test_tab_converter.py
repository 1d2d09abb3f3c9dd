import pytest
from django.urls import NoReverseMatch, resolve, reverse

from screener.services.dossier.tabs import TABS


@pytest.mark.parametrize("tab", [each for each in TABS if not each.page and each.name != "overview"])
def test_each_tab_of_the_page_has_an_address(tab):
    assert resolve(reverse("asset_tab", args=["coin", tab.name])).kwargs == {"slug": "coin", "tab": tab.name}


@pytest.mark.parametrize("name", ["overview", "history", "notes", "astrology"])
def test_other_words_are_no_tabs(name):
    with pytest.raises(NoReverseMatch):
        reverse("asset_tab", args=["coin", name])
