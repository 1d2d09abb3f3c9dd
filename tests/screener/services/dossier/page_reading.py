"""What a reader sees on an asset's page, by its own labels: read from its HTML and nothing else."""

import re
from collections.abc import Iterator
from functools import cached_property

from django.test.html import Element, parse_html

UNSEEN = {"visually-hidden"}
NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)")
"""One that stands by itself: no part of an address."""


def squeezed(text: str) -> str:
    """Without any space: where lines break and cells end is a matter of the paper."""
    return "".join(text.split())


def numbers_in(text: str) -> list[str]:
    return [each.rstrip(".,") for each in NUMBER.findall(text)]


def classes_of(element: Element) -> set[str]:
    return set((attribute(element, "class") or "").split())


def attribute(element: Element, name: str) -> str | None:
    return next((value for key, value in element.attributes if key == name), None)


def walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        if isinstance(child, Element):
            yield from walk(child)


def text_of(element: Element, *, without: frozenset[str] = frozenset()) -> str:
    """What is seen of it, without elements of these names or classes."""
    parts = []
    for child in element.children:
        if not isinstance(child, Element):
            parts.append(child)
        elif child.name not in without and not classes_of(child) & (UNSEEN | without):
            parts.append(text_of(child, without=without))
    return " ".join(" ".join(parts).split())


class PageReading:
    def __init__(self, html: str) -> None:
        self.main = parse_html(html[html.index("<main") : html.index("</main>") + len("</main>")])

    def all(self, name: str, *, of_class: str = "", under: Element | None = None) -> list[Element]:
        found = walk(under or self.main)
        return [
            each for each in found if each.name == name and (not of_class or of_class in classes_of(each))
        ]

    def one(self, element_id: str) -> Element:
        (found,) = [each for each in walk(self.main) if attribute(each, "id") == element_id]
        return found

    @cached_property
    def text(self) -> str:
        return text_of(self.main)

    @cached_property
    def findings(self) -> dict[str, tuple[str, str]]:
        """Of each criterion its title and the sentence beside it."""
        found = {}
        for article in self.all("article", of_class="finding"):
            (line,) = self.all("span", of_class="finding-text", under=article)
            (title,) = self.all("strong", under=line)
            (sentence,) = self.all("span", of_class="finding-sentence", under=line)
            found[attribute(article, "id") or ""] = (text_of(title), text_of(sentence))
        return found

    @cached_property
    def key_figures(self) -> dict[str, str]:
        (listed,) = self.all("dl", of_class="keyfigures")
        return {
            text_of(self.all("dt", under=each)[0]): text_of(self.all("dd", under=each)[0])
            for each in self.all("div", under=listed)
        }

    def exact(self, title: str) -> float:
        """The exact value behind a key figure."""
        (listed,) = self.all("dl", of_class="keyfigures")
        for each in self.all("div", under=listed):
            if text_of(self.all("dt", under=each)[0]) == title:
                return float(attribute(self.all("data", under=each)[0], "value") or "nan")
        raise KeyError(title)

    @cached_property
    def dimensions(self) -> dict[str, list[str]]:
        """The numbers beside each dimension: its score where it is rated, its interval where it has one."""
        (listed,) = self.all("ul", of_class="dimension-bars")
        found = {}
        for each in self.all("li", under=listed):
            beside = text_of(each, without=frozenset({"a"})).replace("–", " ")
            found[text_of(self.all("a", under=each)[0])] = numbers_in(beside)
        return found

    @cached_property
    def gates(self) -> list[tuple[str, str]]:
        """Word and title of each, and what is said of it."""
        return [
            (text_of(self.all("a", under=each)[0]), text_of(self.all("span", under=each)[0]))
            for each in self.all("li", of_class="gate-reason")
        ]

    def rows(self, label: str) -> list[Element]:
        """The rows of the table of this name, without its head; none where there is no such table."""
        regions = [each for each in self.all("div") if attribute(each, "aria-label") == label]
        return [
            row
            for each in regions
            for body in self.all("tbody", under=each)
            for row in self.all("tr", under=body)
        ]

    def cells(self, row: Element) -> list[Element]:
        return [each for each in row.children if isinstance(each, Element) and each.name in ("th", "td")]
