"""Tabs of the asset page: each has its own address, and every section and criterion stands on one of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from assets.metrics.families import EQUITY, TOKEN
from assets.models import Asset
from screener.checklist import CRITERIA
from screener.services.dossier.section import DossierSection
from screener.services.dossier.sections import SECTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierTab:
    """`name` is its word in the address; `title` is by kind of asset where that differs.

    `page`: the name of its address where it is a page of its own. `in_past`: past days have it.
    """

    name: str
    title: str | Mapping[str, str]
    page: str = ""
    in_past: bool = True

    @property
    def sections(self) -> tuple[DossierSection, ...]:
        """Those that stand on it, in the order of the page."""
        return tuple(each for each in SECTIONS if each.tab == self.name)

    def address(self, asset: Asset) -> str:
        if self == OVERVIEW:
            return asset.get_absolute_url()
        if self.page:
            return reverse(self.page, args=[asset.slug])
        return reverse("asset_tab", args=[asset.slug, self.name])


OVERVIEW: Final = DossierTab(name="overview", title=_("Overview"))
TABS: Final = (
    OVERVIEW,
    DossierTab(name="utility", title={TOKEN: _("Utility"), EQUITY: _("Business")}),
    DossierTab(name="tokenomics", title={TOKEN: _("Tokenomics"), EQUITY: _("Capital")}),
    DossierTab(name="liquidity", title=_("Liquidity and exit")),
    DossierTab(name="holders", title=_("Holders")),
    DossierTab(name="transparency", title={TOKEN: _("Transparency"), EQUITY: _("Filings")}),
    DossierTab(name="peers", title=_("Peers"), in_past=False),
    DossierTab(name="plan", title=_("Plan"), in_past=False),
    DossierTab(name="history", title=_("History"), page="asset_history"),
    DossierTab(name="notes", title=_("Notes"), page="asset_notes", in_past=False),
    DossierTab(name="sources", title=_("Sources")),
)
"""The registry, in the order of the page."""

WHOLE: Final = tuple(section for tab in TABS for section in tab.sections)
"""The sections of all tabs below each other; their evidence comes with them."""

TAB_OF: Final[Mapping[str, DossierTab]] = {each.name: each for each in TABS}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTab:
    """`anchors` are the sections on it, so that a place that stands elsewhere can be led to."""

    title: str
    address: str
    is_here: bool
    anchors: tuple[str, ...]


def shown_tabs(asset: Asset, *, here: str, query: str = "", is_past: bool = False) -> Iterator[ShownTab]:
    """All that this asset has; `query` is what each address goes on to ask."""
    for tab in TABS:
        if is_past and not tab.in_past:
            continue
        yield ShownTab(
            title=tab.title if isinstance(tab.title, str) else tab.title[asset.kind],
            address=f"{tab.address(asset)}{query}",
            is_here=tab.name == here,
            anchors=tuple(each.name for each in _with_evidence(tab) if asset.kind in each.kinds),
        )


def tab_of(anchor: str) -> DossierTab:
    """The tab with this section, this criterion, or this place within a section; else the overview."""
    name = CRITERIA[anchor].dimension if anchor in CRITERIA else anchor.split(".")[0]
    return next((each for each in TABS if name in {one.name for one in _with_evidence(each)}), OVERVIEW)


def place_on_page(asset: Asset, anchor: str, query: str = "") -> str:
    """The address of a section or criterion of the asset."""
    return f"{tab_of(anchor).address(asset)}{query}#{anchor}"


def _with_evidence(tab: DossierTab) -> Iterator[DossierSection]:
    for section in tab.sections:
        yield section
        yield from (each for each in SECTIONS if each.beside == section.name)
