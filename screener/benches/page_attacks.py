"""Pages that a stranger may ask for, each anew: a dossier with much in it, and what reads many assets."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import quote

from screener.benches.strangers import Asked, get

SLUG: Final = "large"
"""Of the asset of which `benches.asset` makes everything known."""

DOSSIER: Final = f"/assets/{SLUG}/"

TABS: Final = ("", "tokenomics/", "liquidity/", "holders/", "peers/", "plan/", "history/")
"""Of a token; each is made from facts, for the size of position that is asked for."""

PAGES: Final[Mapping[str, Callable[[int], str]]] = {
    "dossiers": lambda n: f"{DOSSIER}{TABS[n % len(TABS)]}?position={1_000 + n}",
    "whole-dossiers": lambda n: f"{DOSSIER}?whole=1&position={1_000 + n}",
    "documents": lambda n: f"{DOSSIER}dossier.pdf?position={1_000 + n}",
    "sections": lambda n: f"{DOSSIER}sections/plan/?position={1_000 + n}&account={n}&risk=1",
    "citations": lambda n: f"{DOSSIER}cite/?n={n}",
    "price-bars": lambda n: f"{DOSSIER}price.json?n={n}",
    "peeks": lambda n: f"/assets/asset-{1 + n % 5_000}/peek/?position={1_000 + n}",
    "past-dossiers": lambda n: f"{DOSSIER}?as_of=2025-{1 + n % 12:02}-{1 + n % 28:02}",
    "changes": lambda n: f"/changes/?since={(1, 7, 30, 90)[n % 4]}d&n={n}",
    "markets": lambda n: f"/market/?n={n}",
    "calendars": lambda n: f"/calendar/?month={2026 + n % 3}-{1 + n % 12:02}&n={n}",
    "calendar-files": lambda n: f"/calendar/events.ics?month={2026 + n % 3}-{1 + n % 12:02}&n={n}",
    "searches": lambda n: f"/search/?q={quote(f'{chr(97 + n % 26)} {n % 997}')}",
    "suggestions": lambda n: f"/search/suggest/?q={quote(f'{chr(97 + n % 26)}{n % 997}')}",
    "criteria": lambda n: f"/screen/criteria/?q={quote(f'score > {n % 100}')}",
    "comparisons": lambda n: "/compare/?" + "&".join(f"asset=asset-{1 + n + place}" for place in range(10)),
}
"""By name of the attack what the n-th request asks for."""


def page_asked(name: str) -> Callable[[int, str], Asked]:
    """What makes the n-th request of an attack."""
    return lambda number, _cookies: _asked(PAGES[name](number))


def _asked(address: str) -> Asked:
    asked = get(address)
    return replace(asked, head=f"{asked.head}HX-Request: true\r\n") if "/sections/" in address else asked
