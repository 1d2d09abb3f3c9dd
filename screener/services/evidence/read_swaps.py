"""Errors of the exit simulator: what `manage.py validate --swaps --save` has found on swaps that happened."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from screener.checklist.types import phrase
from screener.validation.mapping import SHIPPED

SWAP_RESULTS: Final = SHIPPED / "swaps.json"

TITLES: Final[Mapping[str, str]] = {
    "v2_swaps": phrase("Constant product: SushiSwap on Polygon, 2021–22"),
    "v3_in_range": phrase("Concentrated, within a range: Uniswap v3 on Polygon, 2021–22"),
    "v3_crossing": phrase("Concentrated, across ticks: Uniswap v3 on Polygon, 2021–22"),
    "all": phrase("All of them"),
}


@dataclass(frozen=True, slots=True)
class SwapErrors:
    """The errors on one table of swaps, as `screener.validation.swaps.errors_of` gives them."""

    name: str
    saved: Mapping[str, Any]

    @property
    def title(self) -> str:
        return TITLES[self.name]


def read_swaps(path: Path = SWAP_RESULTS) -> tuple[SwapErrors, ...]:
    """The saved errors by table; none where nothing was saved yet."""
    saved = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return tuple(SwapErrors(name, saved[name]) for name in TITLES if name in saved)
