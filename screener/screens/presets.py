"""Presets: screens worth starting from, for tokens and for equities."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from assets.metrics.families import EQUITY, TOKEN
from screener.checklist.types import phrase
from screener.screens.screen import Screen, read_screen


@dataclass(frozen=True, slots=True)
class Preset:
    """`kind` is empty where it suits both; `query` and `sort` are those of a `Screen`."""

    key: str
    title: str
    kind: str
    query: str
    sort: str = "-score"


PRESETS: Final = (
    Preset("clear-micro", phrase("Micro-caps, all gates clear"), "", "tier:nano,micro gate:clear"),
    Preset(
        "exit-10k",
        phrase("Out within 3 days with $10,000"),
        "",
        "exit_days(10k) < 3d round_trip < 5%",
        "exit_days",
    ),
    Preset(
        "unlock-volume",
        phrase("Unlocks above a day of volume in 30 days"),
        TOKEN,
        "kind:token unlock_30d > 1d",
        "-unlock_30d",
    ),
    Preset(
        "well-held",
        phrase("Widely held"),
        TOKEN,
        "kind:token top10_adj < 30% holders > 1k",
        "top10_adj",
    ),
    Preset(
        "safe-pool", phrase("Pool can't be pulled"), TOKEN, "kind:token lp_pullable_30d < 5% liquidity > 50k"
    ),
    Preset(
        "deep",
        phrase("Deepest of their tier"),
        "",
        "pct(liquidity_depth) > 90 known:spread",
        "-liquidity_depth",
    ),
    Preset("well-documented", phrase("Well documented"), "", "coverage >= 80%", "-coverage"),
    Preset("new", phrase("New since yesterday"), "", "known_days < 1d", "known_days"),
    Preset("fallen", phrase("Score fell in a week"), "", "changed:score 7d < -10"),
    Preset(
        "insiders", phrase("Insiders buying"), EQUITY, "kind:equity insider_buying > 0%", "-insider_buying"
    ),
    Preset(
        "solvent",
        phrase("Two years of cash, filed on time"),
        EQUITY,
        "kind:equity runway >= 24mo filings_late = 0",
    ),
    Preset("quality", phrase("Piotroski 7 and more"), EQUITY, "kind:equity piotroski_f >= 7", "-piotroski_f"),
    Preset("stop", phrase("A gate says stop"), "", "gate:any"),
)


@cache
def screen_of(preset: Preset) -> Screen:
    """What the preset asks, read once."""
    return read_screen({"q": [preset.query], "sort": [preset.sort]})[0]
