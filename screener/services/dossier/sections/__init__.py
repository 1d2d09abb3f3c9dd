"""Registry of the asset page's sections, in the order in which a tab shows them.

A new section: its file here, its template in `templates/dossier/sections/`, a line below with its tab, a
budget in `tests/test_query_budgets.py`, and a test.
"""

from typing import Final

from django.utils.translation import gettext_noop as _

from assets.metrics.families import EQUITY, TOKEN
from screener.checklist import DIMENSIONS
from screener.services.dossier.section import DossierSection
from screener.services.dossier.sections.capital import read_capital
from screener.services.dossier.sections.conflicts import read_conflicts
from screener.services.dossier.sections.contract import read_contract
from screener.services.dossier.sections.dimension import reader_of
from screener.services.dossier.sections.disclosure import read_disclosure
from screener.services.dossier.sections.filings import read_filings
from screener.services.dossier.sections.fundamentals import read_fundamentals
from screener.services.dossier.sections.glance import read_glance
from screener.services.dossier.sections.header import read_header
from screener.services.dossier.sections.holders import read_holders
from screener.services.dossier.sections.liquidity import read_liquidity
from screener.services.dossier.sections.notes import read_notes
from screener.services.dossier.sections.overhang import read_overhang
from screener.services.dossier.sections.ownership import read_ownership
from screener.services.dossier.sections.peers import read_peers
from screener.services.dossier.sections.plan import read_plan
from screener.services.dossier.sections.price import read_price
from screener.services.dossier.sections.score import read_score
from screener.services.dossier.sections.screens import read_screens
from screener.services.dossier.sections.selling import read_selling
from screener.services.dossier.sections.sources import read_sources
from screener.services.dossier.sections.swings import read_swings
from screener.services.dossier.sections.trades import read_trades
from screener.services.dossier.sections.unlocks import read_unlocks
from screener.services.dossier.sections.usage import read_usage
from screener.services.dossier.sections.venue import read_venue

TAB_OF_DIMENSION: Final = {"liquidity_depth": "liquidity", "holder_concentration": "holders"}
"""Where it is not the dimension's own name."""

FINDINGS: Final = tuple(
    DossierSection(
        each.id,
        each.titles,
        reader_of(each.id),
        template="dimension",
        tab=TAB_OF_DIMENSION.get(each.id, each.id),
        needs_score=True,
    )
    for each in DIMENSIONS
)
"""One section for each dimension of the checklist; its evidence is named below, wherever that comes from."""

HEADER: Final = DossierSection("header", _("The asset"), read_header, tab="overview")
"""What it says of price and rating stands above every tab."""

SECTIONS: Final = (
    HEADER,
    DossierSection("conflicts", _("Conflicts"), read_conflicts, tab="overview"),
    DossierSection("score", _("Score"), read_score, tab="overview"),
    DossierSection("price", _("Price and volume"), read_price, tab="overview"),
    DossierSection("glance", _("At a glance"), read_glance, tab="overview", in_past=False),
    *FINDINGS,
    DossierSection("usage", _("Usage"), read_usage, kinds=(TOKEN,), beside="utility"),
    DossierSection("fundamentals", _("Fundamentals"), read_fundamentals, kinds=(EQUITY,), beside="utility"),
    DossierSection("unlocks", _("Unlocks"), read_unlocks, beside="tokenomics"),
    DossierSection("contract", _("Contract"), read_contract, kinds=(TOKEN,), beside="tokenomics"),
    DossierSection("capital", _("Splits and offerings"), read_capital, kinds=(EQUITY,), beside="tokenomics"),
    DossierSection("overhang", _("Overhang"), read_overhang, kinds=(EQUITY,), beside="tokenomics"),
    DossierSection("liquidity", _("Liquidity and exit"), read_liquidity, beside="liquidity_depth"),
    DossierSection("venue", _("Trading venue"), read_venue, kinds=(EQUITY,), beside="liquidity_depth"),
    DossierSection("trades", _("Latest trades"), read_trades, kinds=(TOKEN,), beside="liquidity_depth"),
    DossierSection("holders", _("All holders"), read_holders, beside="holder_concentration"),
    DossierSection(
        "ownership",
        _("Insiders and large holders"),
        read_ownership,
        kinds=(EQUITY,),
        beside="holder_concentration",
    ),
    DossierSection("disclosure", _("Official channels"), read_disclosure, beside="transparency"),
    DossierSection("filings", _("Filings, 24 months"), read_filings, kinds=(EQUITY,), beside="transparency"),
    DossierSection("selling", _("Selling this position"), read_selling, tab="liquidity", in_past=False),
    DossierSection("peers", _("Peers"), read_peers, tab="peers", in_past=False),
    DossierSection("swings", _("Drawdown and volatility"), read_swings, tab="peers", in_past=False),
    DossierSection("screens", _("Screens it is in"), read_screens, tab="peers", in_past=False),
    DossierSection("plan", _("Position plan"), read_plan, tab="plan", in_past=False),
    DossierSection("notes", _("My notes"), read_notes, tab="notes", in_past=False),
    DossierSection("sources", _("Where the numbers come from"), read_sources, tab="sources"),
)
"""The registry. Evidence comes in the order of its lines beside the section that it names."""
