"""A coverage report as JSON and as lines of text, as `manage.py coverage` writes it."""

from collections.abc import Iterator
from typing import Any

from screener.services.operation.coverage import CLASSES, CoverageReport, SourceClass


def as_json(report: CoverageReport) -> dict[str, Any]:
    """`keyed` are those sources that answer with a key only."""
    return {
        "classes": [_class_as_json(each) for each in report.classes],
        "read": [{**_class_as_json(each), "read": each.read} for each in report.read],
        "criteria": [
            {
                "id": each.criterion.id,
                "answered": dict(each.answered),
                "of_read": dict(each.of_read),
                "sources": [source.name for source in each.sources],
                "keyed": [source.name for source in each.keyed],
            }
            for each in report.criteria
        ],
    }


def _class_as_json(each: SourceClass) -> dict[str, Any]:
    return {
        "source": each.source,
        "assets": each.assets,
        "rated": each.rated,
        "median_coverage": each.median_coverage,
        "median_answered": each.median_answered,
    }


def lines(report: CoverageReport) -> Iterator[str]:
    """The same as aligned text."""
    for each in report.classes:
        yield _class_in_words(each.source, each)
    for each in report.read:
        yield _class_in_words(f"{each.source}, {each.read} read", each)
    yield ""
    width = max(len(each.criterion.id) for each in report.criteria)
    yield f"{'criterion':{width}}" + "".join(f"  {source:>7}" for source in CLASSES) + "  sources"
    for row in report.criteria:
        cells = "".join(f"  {_percent(row.answered[source]):>7}" for source in CLASSES)
        names = [f"{each.name} (key)" if each.needs_key else each.name for each in row.sources]
        yield f"{row.criterion.id:{width}}{cells}  {', '.join(names) or 'none'}"


def _class_in_words(name: str, each: SourceClass) -> str:
    return (
        f"{name}: {each.assets:,} assets, {each.rated:,} rated, median coverage "
        f"{_percent(each.median_coverage)}, with old answers in full {_percent(each.median_answered)}"
    )


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.0%}"
