"""The checklist: what is asked of an asset, and what the answers are worth."""

from screener.checklist.dimensions import CRITERIA, DIMENSIONS
from screener.checklist.judge import judge
from screener.checklist.judgements import Judgement
from screener.checklist.states import State
from screener.checklist.types import Criterion, Dimension
from screener.checklist.version import CHECKLIST_VERSION

__all__ = [
    "CHECKLIST_VERSION",
    "CRITERIA",
    "DIMENSIONS",
    "Criterion",
    "Dimension",
    "Judgement",
    "State",
    "judge",
]
