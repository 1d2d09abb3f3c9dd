"""Gold sets: rules held against what people read by hand, as precision and recall of each class.

A folder has `going_concern.csv`, `eight_k_items.csv` and `offerings.csv`, each with a column `document`,
the path of the document below another folder, and the columns that are read below. A document that is not
there is counted as missing and not as wrong.
"""

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from assets.documents.decisions import DocumentDecisions, decide
from assets.documents.going_concern import going_concern
from assets.documents.numbers import FIGURE
from assets.documents.text import DocumentText, read_text

Reader = Callable[[tuple[str, str]], DocumentDecisions | None]

TOLERANCE: Final = 0.02
"""Between an amount as it is written, "about 3.5 million", and the one that is worked out."""


@dataclass(frozen=True, slots=True)
class GoldScore:
    """How one set came out: by class, what people and rules say; `wrong` names the rows that differ."""

    name: str
    expected: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    missing: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, expected: str, found: str, where: str) -> None:
        self.expected[expected] += 1
        self.found[found] += 1
        if expected == found:
            self.right[expected] += 1
        else:
            self.wrong.append(f"{where}: {expected}, read as {found or 'nothing'}")

    def precision(self, label: str) -> float | None:
        return self.right[label] / self.found[label] if self.found[label] else None

    def recall(self, label: str) -> float | None:
        return self.right[label] / self.expected[label] if self.expected[label] else None

    @property
    def accuracy(self) -> float | None:
        total = sum(self.expected.values())
        return sum(self.right.values()) / total if total else None


def measure(gold: Path, documents: Path) -> list[GoldScore]:
    """Every set that the folder has."""

    @cache
    def read(document: tuple[str, str]) -> DocumentDecisions | None:
        return _decisions(documents / document[0], document[1])

    scores = []
    if rows := _rows(gold / "going_concern.csv"):
        scores.append(_going_concern(rows, documents))
    if rows := _rows(gold / "eight_k_items.csv"):
        scores.append(_events(rows, read))
    if rows := _rows(gold / "offerings.csv"):
        scores += _offerings(rows, read)
    return scores


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _going_concern(rows: Sequence[Mapping[str, str]], documents: Path) -> GoldScore:
    score, missing = GoldScore("going concern"), 0
    for row in rows:
        text = _text(documents / row["document"])
        if text is None:
            missing += 1
        else:
            score.add(row["label"], going_concern(text).label, row["document"])
    return GoldScore(score.name, score.expected, score.found, score.right, missing, score.wrong)


def _events(rows: Sequence[Mapping[str, str]], read: Reader) -> GoldScore:
    score, missing = GoldScore("8-K items"), 0
    for row in rows:
        decisions = read((row["document"], "8-K"))
        if decisions is None:
            missing += 1
        else:
            found = {each.item: each.event for each in decisions.events}
            score.add(row["event"], found.get(row["item"], ""), f"{row['document']} {row['item']}")
    return GoldScore(score.name, score.expected, score.found, score.right, missing, score.wrong)


def _offerings(rows: Sequence[Mapping[str, str]], read: Reader) -> Iterator[GoldScore]:
    """Kinds; and of offerings that were found, whether amount, price and warrants are the document's."""
    kinds, missing, terms = (
        GoldScore("offerings, kind"),
        0,
        [GoldScore(f"offerings, {name}") for name in TERMS],
    )
    for row in rows:
        decisions = read((row["document"], row["form"]))
        if decisions is None:
            missing += 1
            continue
        offering = next((each for each in decisions.offerings if each.kind == row["type"]), None)
        first = next((each.kind for each in decisions.offerings), "")
        kinds.add(row["type"], offering.kind if offering else first, row["document"])
        for score, (column, name) in zip(terms, TERMS.values(), strict=True):
            value = getattr(offering, name) if offering else None
            score.add("right", _agrees(row[column], value), f"{row['document']} {row[column]} {value}")
    yield GoldScore(kinds.name, kinds.expected, kinds.found, kinds.right, missing, kinds.wrong)
    yield from terms


TERMS: Final = {
    "amount": ("amount_usd", "amount_usd"),
    "price": ("price_usd", "price_usd"),
    "warrants": ("warrants", "warrants"),
    "strike": ("warrant_strike_usd", "warrant_strike_usd"),
}


def _agrees(written: str, value: float | None) -> str:
    """ "right" where one of the numbers that are written is the value, or neither has one."""
    numbers = [float(each.replace(",", "")) for each in re.findall(FIGURE, written)]
    if not numbers or re.search(r"not yet set|of the price|average|not in the text", written):
        return "right" if value is None or not numbers else "another"
    if value is None:
        return "none"
    return "right" if any(abs(value - each) <= TOLERANCE * abs(each) for each in numbers) else "another"


def _decisions(path: Path, form: str) -> DocumentDecisions | None:
    text = _text(path)
    return None if text is None else decide(text, form)


def _text(path: Path) -> DocumentText | None:
    """A document, packed or not; the items of a report that somebody took out, as JSON, one after the
    other."""
    packed = path.with_name(f"{path.name}.gz")
    if path.exists():
        body = path.read_bytes()
    elif packed.exists():
        body = gzip.decompress(packed.read_bytes())
    else:
        return None
    if path.suffix != ".json":
        return read_text(body)
    items = json.loads(body)
    parts = [f"[[{key}]] {value}" for key, value in items.items() if key.startswith("item")]
    return DocumentText(" ".join(" ".join(parts).split()))
