import pytest

from assets.models import Asset
from screener.checklist import CRITERIA
from screener.services.dossier.sections import SECTIONS
from screener.services.dossier.tabs import OVERVIEW, TABS, WHOLE, place_on_page, shown_tabs, tab_of

TOKEN = Asset(kind="token", slug="coin")
SHARE = Asset(kind="equity", slug="corp")


def test_names_are_unique_and_each_section_stands_once_on_the_whole_page():
    assert len({each.name for each in TABS}) == len(TABS)
    assert sorted(each.name for each in WHOLE) == sorted(each.name for each in SECTIONS if not each.beside)


@pytest.mark.parametrize("criterion", CRITERIA)
def test_a_criterion_stands_on_the_tab_of_its_dimension(criterion):
    assert CRITERIA[criterion].dimension in {each.name for each in tab_of(criterion).sections}


@pytest.mark.parametrize(
    ("name", "tab"),
    [
        ("score", "overview"),
        ("unlocks", "tokenomics"),
        ("selling", "liquidity"),
        ("trades", "liquidity"),
        ("ownership", "holders"),
        ("notes", "notes"),
        ("nowhere", "overview"),
        ("", "overview"),
    ],
)
def test_a_section_and_its_evidence_stand_on_one_tab(name, tab):
    assert tab_of(name).name == tab


def test_a_place_is_the_address_of_its_tab_with_the_anchor_behind_the_query():
    assert place_on_page(TOKEN, "score") == "/assets/coin/#score"
    assert place_on_page(TOKEN, "unlocks", "?position=5") == "/assets/coin/tokenomics/?position=5#unlocks"
    assert place_on_page(TOKEN, "notes") == "/assets/coin/notes/#notes"


def test_tabs_are_named_for_the_kind_and_one_is_here():
    tabs = [*shown_tabs(TOKEN, here="tokenomics", query="?as_of=2026-01-01")]
    assert [each.title for each in tabs if each.is_here] == ["Tokenomics"]
    assert tabs[0].address == "/assets/coin/?as_of=2026-01-01"
    assert "Capital" in [each.title for each in shown_tabs(SHARE, here="overview")]


def test_anchors_are_those_of_the_kind_of_asset():
    of_token, of_share = (
        {name for each in shown_tabs(asset, here="") for name in each.anchors} for asset in (TOKEN, SHARE)
    )
    assert {"contract", "unlocks"} <= of_token
    assert "filings" not in of_token
    assert {"filings", "capital"} <= of_share


def test_a_past_day_has_no_tab_of_todays_market_or_of_the_reader():
    past = {each.address for each in shown_tabs(TOKEN, here=OVERVIEW.name, is_past=True)}
    assert {"/assets/coin/", "/assets/coin/history/", "/assets/coin/sources/"} <= past
    assert past.isdisjoint({"/assets/coin/peers/", "/assets/coin/plan/", "/assets/coin/notes/"})
