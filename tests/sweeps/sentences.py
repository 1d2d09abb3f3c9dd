"""Sentences of a rendered page: the visible text of each block, as a reader sees it."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

BLOCKS: Final = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "button", "caption"),
        *("dd", "details", "div", "dl", "dt", "fieldset", "figcaption"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "header", "hr", "label", "legend", "li"),
        *("main", "nav", "ol", "option", "p", "section", "select"),
        *("summary", "table", "tbody", "td", "th", "thead", "title"),
        *("tr", "ul", "text", "br"),
    )
)
"""Elements that begin a line of their own; `text` is a label in a chart."""

UNREAD: Final = frozenset(("script", "style", "code", "pre", "textarea", "kbd", "samp", "bdi", "template"))
"""Elements whose text is code, or what a reader or a provider wrote."""

VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)

READ_ALOUD: Final = ("aria-label", "title", "alt", "placeholder", "aria-description")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._words: list[str] = []

    @property
    def _unread(self) -> bool:
        return any(unread for _, unread in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in BLOCKS:
            self._end_block()
        quoted = given.get("translate") == "no" or ("lang" in given and tag != "html")
        if tag not in VOID:
            self._open.append((tag, tag in UNREAD or quoted))
        if not self._unread:
            self.blocks += [value for name in READ_ALOUD if (value := given.get(name))]

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end_block()
        while any(each == tag for each, _ in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        self._words.append("…" if self._unread and data.strip() else "" if self._unread else data)

    def _end_block(self) -> None:
        if words := " ".join("".join(self._words).split()):
            self.blocks.append(words)
        self._words = []

    def close(self) -> None:
        super().close()
        self._end_block()


def sentences_of(page: str) -> Iterator[str]:
    """Each block's text, without what is code or quoted; what is quoted inside a block reads as "…"."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    yield from dict.fromkeys(reader.blocks)
