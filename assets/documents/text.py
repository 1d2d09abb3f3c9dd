"""Text extraction: the words of a filed document, without mark-up, and where each sentence begins and ends.

A filing comes as one document or as a submission, `<DOCUMENT><TYPE>…<TEXT>…</TEXT></DOCUMENT>` one after the
other, of which the first is the filing itself (https://www.sec.gov/info/edgar/specifications). White space is
folded into one character, a line break where a block ends and else a space, so that an offset means the same
to whoever folds white space.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import nh3

LONGEST_BYTES: Final = 40_000_000
"""More is no primary document: the largest annual reports have some 30 MB with their inline XBRL."""

TYPE: Final = re.compile(r"<TYPE>\s*([^\s<][^\r\n<]{0,31})", re.I)
IS_MARKUP: Final = re.compile(r"<(?:html|body|div|p|font|table|ix:header|span)\b[^<>]*>", re.I)
IS_INSTANCE: Final = re.compile(r"<(?:\w+:)?xbrl\b", re.I)
BLOCKS: Final = frozenset(
    ("p", "div", "tr", "td", "th", "br", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "center")
)
CELLS: Final = frozenset({"td", "th"})
UNSEEN: Final = frozenset({"script", "style", "ix:header", "head", "title"})
ATTRIBUTES: Final = re.compile(r"<(/?[A-Za-z][\w:.-]*)\s[^<>]*>")
"""They say nothing, and a parser that looks for those given twice takes long over many of them."""

BLOCK: Final = re.compile(r"<(/?)([a-z0-9]+)>")
TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
BLANK_LINE: Final = re.compile(r"\n[ \t\r\f\v]*\n\s*")
SPACE: Final = re.compile(r"\s+")
INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0000"))
BREAK: Final = "\u2028"
"""Stands for the end of a block until white space is folded; a document that holds one loses nothing."""

PLAIN: Final = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b\u2032", "'")
    | dict.fromkeys("\u201c\u201d\u201f\u2033", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
ABBREVIATED: Final = re.compile(
    r"(?:\b(?:inc|corp|co|ltd|llc|l\.p|no|nos|mr|mrs|ms|dr|st|jr|sr|vs|e\.g|i\.e|approx|art|sec|fig|u\.s"
    r"|u\.k|n\.v|s\.a|p\.a|par|dept|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|\b[A-Z])\.$",
    re.I,
)
END: Final = re.compile(r"[.!?][\"')\]]*(?=\s)|\n")
LONGEST_SENTENCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class TextPassage:
    """A stretch of a document's text: what a decision rests on."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class DocumentText:
    """The folded text of a document; `plain` has straight quotes and dashes at the same places."""

    text: str

    @cached_property
    def plain(self) -> str:
        return self.text.translate(PLAIN)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        return tuple(_sentences(self.plain))

    @cached_property
    def line(self) -> str:
        """The whole text as the rules read it: one line, straight quotes and dashes."""
        return self.plain.replace("\n", " ")

    def words(self, start: int, end: int) -> str:
        return self.line[start:end]

    def passage(self, start: int, end: int) -> TextPassage:
        return TextPassage(start, end, self.text[start:end].replace("\n", " "))


def read_text(body: bytes) -> DocumentText:
    """The text of the primary document of a filing, whatever it is written in."""
    return DocumentText(_folded(_primary(_decoded(body[:LONGEST_BYTES]))))


def form_of(body: bytes) -> str:
    """The form as the submission itself names it; "" where it comes bare."""
    match = TYPE.search(_decoded(body[:4_000]))
    return match[1].strip().upper() if match else ""


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _primary(source: str) -> str:
    """What stands between the first `<TEXT>` and its end; all of it, where it is no submission."""
    opened = source.find("<DOCUMENT>")
    start = source.find("<TEXT>", opened) if opened >= 0 else -1
    if start < 0:
        return source
    ends = [source.find(end, start) for end in ("</TEXT>", "</DOCUMENT>")]
    return source[start + len("<TEXT>") : min([each for each in ends if each >= 0], default=len(source))]


def _folded(source: str) -> str:
    if IS_INSTANCE.search(source[:5_000]) and not IS_MARKUP.search(source[:5_000]):
        source = html.unescape(source)  # Its notes are escaped HTML.
    marked = _without_markup(source) if IS_MARKUP.search(source) else _without_tags(source)
    folded = SPACE.sub(_one_space, html.unescape(marked).translate(INVISIBLE))
    return folded.strip()


def _without_markup(source: str) -> str:
    """Inline tags go without a trace, since they stand within words; blocks leave a break."""
    bare = ATTRIBUTES.sub(r"<\1>", source)
    simple = nh3.clean(bare, tags=set(BLOCKS), attributes={}, clean_content_tags=set(UNSEEN))
    simple = SPACE.sub(" ", simple)
    return BLOCK.sub(_break, simple)


def _break(match: re.Match[str]) -> str:
    return " " if match[2] in CELLS else BREAK


def _without_tags(source: str) -> str:
    """Plain text with an SGML tag here and there; a blank line ends a paragraph."""
    return BLANK_LINE.sub(BREAK, TAG.sub(" ", source))


def _one_space(match: re.Match[str]) -> str:
    return "\n" if BREAK in match[0] else " "


def _sentences(plain: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in END.finditer(plain):
        end = match.end()
        is_break = match[0] == "\n"
        ends = _ends_at_break(plain, match.start()) if is_break else not _is_abbreviated(plain, start, end)
        if not ends and end - start < LONGEST_SENTENCE:
            continue
        if plain[start:end].strip():
            yield start + _indent(plain, start), match.start() if is_break else end
        start = end
    if plain[start:].strip():
        yield start + _indent(plain, start), len(plain)


def _indent(plain: str, start: int) -> int:
    rest = plain[start : start + 200]
    return len(rest) - len(rest.lstrip())


def _ends_at_break(plain: str, at: int) -> bool:
    """A sentence that goes on in the next block, as over a page's end, begins there in small letters."""
    following = plain[at + 1 : at + 2]
    return not following.islower() or plain[:at][-1:] in ".:;"


def _is_abbreviated(plain: str, start: int, end: int) -> bool:
    following = plain[end + 1 : end + 2]
    if following and (following.islower() or following in ",;"):
        return True
    if plain[end - 1] != ".":
        return False
    return bool(ABBREVIATED.search(plain[max(start, end - 12) : end]))
