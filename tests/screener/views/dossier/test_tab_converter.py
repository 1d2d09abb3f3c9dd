import re

import pytest
from django.urls import NoReverseMatch, resolve, reverse

from screener.services.dossier.tabs import TABS
from screener.views.dossier.tab_converter import TabConverter


@pytest.mark.parametrize("tab", [each for each in TABS if not each.page and each.name != "overview"])
def test_each_tab_of_the_page_has_an_address(tab):
    assert re.fullmatch(TabConverter.regex, tab.name)
    assert resolve(reverse("asset_tab", args=["coin", tab.name])).kwargs == {"slug": "coin", "tab": tab.name}


@pytest.mark.parametrize("name", ["overview", "history", "notes", "astrology"])
def test_other_words_are_no_tabs(name):
    assert not re.fullmatch(TabConverter.regex, name)
    with pytest.raises(NoReverseMatch):
        reverse("asset_tab", args=["coin", name])
