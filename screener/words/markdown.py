"""Markdown as safe HTML: read by a parser that knows no HTML, sanitised last whatever came of it."""

import re
from collections.abc import Iterator
from typing import Final

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

TAGS: Final = {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "ul", "ol", "li"),
    *("a", "em", "strong", "s", "table", "thead", "tbody", "tr", "th", "td"),
}
HIGHEST_HEADING: Final = 3
CELL_CLASSES: Final = {"align-left", "align-center", "align-right"}
MARKS: Final = frozenset("*_[]!`|<>&\\~")
MOST_MARKS: Final = 5_000
"""A mark that opens something costs a search for what closes it. These take a tenth of a second."""
BARE_URL: Final = re.compile(r"https?://[^\s<>]*[^\s<>.,:;!?\"')\]]")


def markdown(text: str) -> SafeString:
    """A note as HTML. Images become links: the page loads nothing from elsewhere.

    A text of nothing but marks is no Markdown; it is shown as it was written.
    """
    if sum(map(text.count, MARKS)) > MOST_MARKS:
        return format_html("<pre>{}</pre>", text)
    return _cleaned(_notes.render(text))


def document(text: str) -> SafeString:
    """The same of a text whose lines are wrapped: the end of a line is a space."""
    return _cleaned(_documents.render(text))


def _cleaned(html: str) -> SafeString:
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        allowed_classes={"th": CELL_CLASSES, "td": CELL_CLASSES},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(cleaned)  # noqa: S308 - sanitised above


def _fit_into_page(state: StateCore) -> None:
    """The highest heading goes right below those of the page; nothing needs a style or another host."""
    headings = [token for token in state.tokens if token.type in {"heading_open", "heading_close"}]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(6, int(token.tag[1]) - highest + HIGHEST_HEADING)}"
    for token in state.tokens:
        if token.type in {"th_open", "td_open"} and "style" in token.attrs:
            side = str(token.attrs.pop("style")).removeprefix("text-align:")
            token.attrSet("class", f"align-{side}")
        elif token.children:
            token.children = list(_with_links(token.children))


def _with_links(tokens: list[Token]) -> Iterator[Token]:
    inside_link = 0
    for token in tokens:
        inside_link += (token.type == "link_open") - (token.type == "link_close")
        if token.type == "image" and not inside_link:
            yield from _link(str(token.attrs["src"]), token.content or str(token.attrs["src"]))
        elif token.type == "image":
            yield _text(token.content)
        elif token.type == "text" and not inside_link:
            yield from _linked(token.content)
        else:
            yield token


def _linked(text: str) -> Iterator[Token]:
    """Addresses written out become links."""
    end = 0
    for url in BARE_URL.finditer(text):
        yield _text(text[end : url.start()])
        yield from _link(url[0], url[0])
        end = url.end()
    yield _text(text[end:])


def _link(target: str, label: str) -> Iterator[Token]:
    yield Token("link_open", "a", 1, attrs={"href": target})
    yield _text(label)
    yield Token("link_close", "a", -1)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _reader(*, breaks: bool) -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "breaks": breaks}).enable(["table", "strikethrough"])
    reader.core.ruler.push("fit_into_page", _fit_into_page)
    return reader


_notes, _documents = _reader(breaks=True), _reader(breaks=False)
