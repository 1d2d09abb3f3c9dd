"""Patterns of legal English: how the rules of the documents write what they look for.

They run over text with single spaces, straight quotes and dashes (`DocumentText.line`), in any case.
"""

import re
from typing import Final

WORDS: Final = r"(?:[\w'-]+ )"
"""A word and the space after it, to be counted."""

REST: Final = r"[^;]"
"""What may stand between two words of one clause; a sentence is one already, and figures have points."""


MAY: Final = r"may\b(?! [0-3]?[0-9]\b)"
"""The verb, not the month."""


def any_of(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.I)
