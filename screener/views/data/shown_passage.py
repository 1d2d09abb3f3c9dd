"""Passages of a payload as the page shows them: the one that is asked for, between what stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from assets.models import Payload
from screener.views.data.passages import MOST_READ, AnswerPassage, passages
from screener.views.data.payload import INDENT, indented

AROUND: Final = 3_000
"""Bytes shown above a passage and below it."""
LONGEST_HEADER: Final = 500
"""Bytes of a first line that may be the names of columns."""
MOST_COUNTED: Final = 50
"""So far on a reader can go from passage to passage."""


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """`before` and `after` are cut where `is_cut_above` and `is_cut_below`; `header` is a text's first line.

    `number` counts the passages that name the asset; `has_more` of them follow.
    """

    text: str
    before: str
    after: str
    is_cut_above: bool
    is_cut_below: bool
    path: str
    line: int
    number: int
    has_more: bool
    header: str = ""


def shown_passage(
    payload: Payload, names: Sequence[Sequence[str]], *, number: int = 1
) -> ShownPassage | None:
    """The passage of this number, by the first of these groups of names that the body holds at all.

    A number past the last passage is the last one; None where nothing in the body is named so.
    """
    body = payload.beginning(MOST_READ)
    number = max(1, min(number, MOST_COUNTED))
    for group in names:
        if found := list(islice(passages(body, group), number + 1)):
            chosen = min(number, len(found))
            return _shown(body, found[chosen - 1], number=chosen, has_more=len(found) > chosen)
    return None


def _shown(body: bytes, passage: AnswerPassage, *, number: int, has_more: bool) -> ShownPassage:
    above = max(passage.above, passage.start - AROUND) if passage.path else _line_above(body, passage.start)
    if passage.path and above > passage.above:
        above = passage.start  # In the middle of a text nothing says what is JSON.
    below = min(len(body), passage.end + AROUND)
    before, text, after = (
        part.decode("utf-8", errors="replace")
        for part in (
            body[above : passage.start],
            body[passage.start : passage.end],
            body[passage.end : below],
        )
    )
    header = ""
    if passage.path:
        before, text, after = (indented(part, depth=passage.depth) for part in (before.rstrip(), text, after))
        margin = INDENT * passage.depth
        comma = "," if after.startswith(",") else ""
        before, text = (f"{margin}{before}\n" if before else ""), f"{margin}{text}{comma}"
        after = after.removeprefix(",").removeprefix("\n")
    elif above and passage.line and len(first := body[: body.find(b"\n")]) <= LONGEST_HEADER:
        header = first.decode("utf-8", errors="replace")
    return ShownPassage(
        text=text,
        before=before,
        after=after,
        is_cut_above=above > 0,
        is_cut_below=below < len(body),
        path=passage.path,
        line=passage.line,
        number=number,
        has_more=has_more,
        header=header,
    )


def _line_above(body: bytes, start: int) -> int:
    """Where a line begins, so far above."""
    if start <= AROUND:
        return 0
    line = body.find(b"\n", start - AROUND, start)
    return start if line < 0 else line + 1
