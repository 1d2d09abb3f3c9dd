"""`manage.py documents FILE…`: what rules read out of filed documents, and with `--gold` how well."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assets.documents.decisions import DocumentDecisions, decide
from assets.documents.gold import GoldScore, measure
from assets.documents.text import form_of, read_text


class Command(BaseCommand):
    help = "Read filed documents (10-K, 10-Q, 20-F, 8-K, 424B, S-1, S-3) by rules, each with its passage."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="documents or submissions")
        parser.add_argument("--form", default="", help="the form, where a document does not say it, as 8-K")
        parser.add_argument("--json", action="store_true", help="print one JSON list and nothing else")
        parser.add_argument("--gold", type=Path, help="a folder with going_concern.csv and its like")
        parser.add_argument("--documents", type=Path, help="the folder that the gold set's paths begin in")

    def handle(self, *, files: list[Path], form: str, gold: Path | None, **options: Any) -> None:
        if gold is not None:
            self._measure(
                gold, options["documents"] or gold.parent / "data" / "providers", as_json=options["json"]
            )
            return
        if not files:
            raise CommandError("Name a document, or a gold set with --gold.", returncode=2)
        found = [(path, self._read(path, form)) for path in files]
        if options["json"]:
            self.stdout.write(json.dumps([{"file": str(path), **each.as_json()} for path, each in found]))
        else:
            self.stdout.write("\n".join(line for path, each in found for line in lines(path, each)))

    def _read(self, path: Path, form: str) -> DocumentDecisions:
        try:
            body = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror}.", returncode=2) from error
        return decide(read_text(body), form or form_of(body) or "10-K")

    def _measure(self, gold: Path, documents: Path, *, as_json: bool) -> None:
        scores = measure(gold, documents)
        if not scores:
            raise CommandError(f"{gold} has no gold set.", returncode=2)
        if as_json:
            self.stdout.write(json.dumps([score_as_json(each) for each in scores]))
        else:
            self.stdout.write("\n".join(line for each in scores for line in score_lines(each)))


def lines(path: Path, found: DocumentDecisions) -> Iterator[str]:
    """One document for people: each decision, and the words that it rests on."""
    yield f"{path} ({found.form})"
    if found.going_concern is not None:
        concern = found.going_concern
        yield f"  going concern: {concern.label} {', '.join(concern.by or concern.because)}".rstrip()
        yield from _quoted(concern.passage)
    for event in found.events:
        details = [str(each) for each in (event.happened_on, event.effective_on, event.deadline_on) if each]
        details += [f"1:{round(1 / event.ratio)}"] if event.ratio and event.ratio < 1 else []
        yield f"  item {event.item}: {event.event} {' '.join((*details, *event.reasons))}".rstrip()
        yield from _quoted(event.passage)
    for offering in found.offerings:
        amount = "amount not given" if offering.amount_usd is None else f"{offering.amount_usd:,.0f} USD"
        yield f"  offering: {offering.kind}, {offering.side}, {amount}"
        yield from _quoted(offering.passage)


def _quoted(passage: Any) -> Iterator[str]:
    if passage is not None:
        yield f"    at {passage.start}: {passage.text[:400]}"


def score_as_json(score: GoldScore) -> dict[str, Any]:
    return {
        "set": score.name,
        "accuracy": score.accuracy,
        "missing": score.missing,
        "classes": {
            label: {
                "n": score.expected[label],
                "precision": score.precision(label),
                "recall": score.recall(label),
            }
            for label in sorted({*score.expected, *score.found})
        },
        "wrong": score.wrong,
    }


def score_lines(score: GoldScore) -> Iterator[str]:
    total = sum(score.expected.values())
    yield f"{score.name}: {sum(score.right.values())} of {total} right" + (
        f", {score.missing} documents missing" if score.missing else ""
    )
    for label in sorted({*score.expected, *score.found}):
        precision, recall = _share(score.precision(label)), _share(score.recall(label))
        yield (
            f"  {label or '(nothing)':<28} n {score.expected[label]:>3}  precision {precision} "
            f" recall {recall}"
        )
    yield from (f"    {each}" for each in score.wrong)


def _share(value: float | None) -> str:
    return "   –" if value is None else f"{value:.2f}"
