"""Payload viewer: a stored body as text; JSON is indented, numbers stay as they came, long ones are cut."""

import re
from dataclasses import dataclass
from typing import Final

from assets.models import Payload

MOST_SHOWN: Final = 100_000
"""Bytes read for the page; the rest is in the download."""

OPENING: Final = {"{", "["}
CLOSING: Final = {"}", "]"}
MARK: Final = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
INDENT: Final = "  "
DEEPEST: Final = 30
"""Levels that are indented: a body of opening brackets alone must not grow a thousandfold."""


@dataclass(frozen=True, slots=True)
class ShownText:
    text: str
    is_cut: bool


def shown_text(payload: Payload) -> ShownText:
    """The beginning of a body. Numbers stay as they were sent: parsing them would round them."""
    text = payload.beginning(MOST_SHOWN).decode("utf-8", errors="replace")
    if text.lstrip()[:1] in {"{", "["}:
        text = indented(text)
    return ShownText(text, is_cut=payload.size_bytes > MOST_SHOWN)


def indented(json_text: str, *, depth: int = 0) -> str:
    """JSON with a line a value; works on a text cut anywhere. `depth` is how many levels it lies in."""
    pieces: list[str] = []
    previous = ""
    for mark in MARK.findall(json_text):
        if mark in CLOSING:
            depth = max(0, depth - 1)
        if previous in OPENING | {","} if mark not in CLOSING else previous not in OPENING:
            pieces += ["\n", INDENT * min(depth, DEEPEST)]
        pieces.append(": " if mark == ":" else mark)
        depth += mark in OPENING
        previous = mark
    return "".join(pieces)
