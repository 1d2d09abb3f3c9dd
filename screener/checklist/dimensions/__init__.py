"""The five dimensions, in the order in which pages show them."""

from typing import Final

from assets.metrics.families import EQUITY, TOKEN
from screener.checklist.dimensions import (
    holder_concentration,
    liquidity_depth,
    tokenomics,
    transparency,
    utility,
)
from screener.checklist.types import Criterion, Dimension, phrase

DIMENSIONS: Final = (
    Dimension(
        id="utility",
        titles={TOKEN: phrase("Utility"), EQUITY: phrase("Business")},
        weight=20,
        criteria=utility.CRITERIA,
    ),
    Dimension(
        id="tokenomics",
        titles={TOKEN: phrase("Tokenomics"), EQUITY: phrase("Capital structure")},
        weight=20,
        criteria=tokenomics.CRITERIA,
    ),
    Dimension(
        id="liquidity_depth",
        titles=dict.fromkeys((TOKEN, EQUITY), phrase("Liquidity depth")),
        weight=20,
        criteria=liquidity_depth.CRITERIA,
    ),
    Dimension(
        id="holder_concentration",
        titles=dict.fromkeys((TOKEN, EQUITY), phrase("Holder concentration")),
        weight=20,
        criteria=holder_concentration.CRITERIA,
    ),
    Dimension(
        id="transparency",
        titles=dict.fromkeys((TOKEN, EQUITY), phrase("Transparency")),
        weight=20,
        criteria=transparency.CRITERIA,
    ),
)

CRITERIA: Final[dict[str, Criterion]] = {
    criterion.id: criterion for dimension in DIMENSIONS for criterion in dimension.criteria
}
