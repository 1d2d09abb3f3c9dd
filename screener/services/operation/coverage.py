"""Coverage: how much of the checklist can be answered, by where assets are known from and by criterion.

A class holds whatever a walk has found, most of it never looked at any closer. So the median of those assets
that were read (`READ`) stands beside it: what the sources can answer once they are asked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from assets.metrics.families import EQUITY, TOKEN
from assets.metrics.filing_events import LISTED as UNREAD
from assets.models import AssetIdentifier, ContractSnapshot, DisclosureSnapshot, FilingEvent, OwnershipReport
from assets.providers import listing_namespaces
from screener.checklist import CRITERIA, Criterion
from screener.checklist.states import NOT_APPLICABLE, UNANSWERED
from screener.screens.table import NEVER_ASKED, Mask, Table
from screener.services.evidence.answer_sources import AnswerSource, sources_of
from screener.services.evidence.unanswered import WITHOUT_KEYLESS_SOURCE
from screener.universe.live import UNIVERSE
from screener.validation.population import COMPANY, DEX, LISTED

CLASSES: Final = (DEX, LISTED, COMPANY)

CHAIN: Final = "chain"
DETAILS: Final = "details"
DOCUMENTS: Final = "documents"
READ: Final[Mapping[str, str]] = {DEX: CHAIN, LISTED: DETAILS, COMPANY: DOCUMENTS}
"""By class what of an asset was read: who may mint it or whether its source is verified, by a node or a
scanner; its links, by a register of coins; its filings or the reports of its owners themselves."""

DECIMALS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceClass:
    """The scored assets of one class. `median_coverage` (0–1) is None where there are none."""

    source: str
    assets: int
    rated: int
    median_coverage: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAssets(SourceClass):
    """Those of a class of which `read` is known, one of `CHAIN`, `DETAILS`, `DOCUMENTS`."""

    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredShares:
    """For which share (0–1) of the assets that are asked a criterion is answered, by class.

    None where nobody of the class is asked. An answer from old facts is one.
    """

    criterion: Criterion
    answered: Mapping[str, float | None]
    sources: tuple[AnswerSource, ...]

    @property
    def keyless(self) -> tuple[AnswerSource, ...]:
        return tuple(each for each in self.sources if not each.needs_key)

    @property
    def keyed(self) -> tuple[AnswerSource, ...]:
        return tuple(each for each in self.sources if each.needs_key)

    @property
    def reason(self) -> str:
        """Why nobody answers it without a key; "" where somebody does."""
        return "" if self.keyless else WITHOUT_KEYLESS_SOURCE.get(self.criterion.id, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageReport:
    """What is known of all assets but the invented ones, by their newest scorecards."""

    classes: tuple[SourceClass, ...]
    read: tuple[ReadAssets, ...]
    criteria: tuple[AnsweredShares, ...]

    @property
    def assets(self) -> int:
        return sum(each.assets for each in self.classes)


def read_coverage() -> CoverageReport:
    """Of the universe in memory; a query tells which tokens are listed, and one a class what was read."""
    table = UNIVERSE.table()
    members = _members(table)
    return CoverageReport(
        classes=tuple(SourceClass(source=each, **_summary(table, members[each])) for each in CLASSES),
        read=tuple(
            ReadAssets(
                source=each,
                read=READ[each],
                **_summary(table, members[each] & np.isin(table.ids, _ids(_read(each)))),
            )
            for each in CLASSES
        ),
        criteria=tuple(_criterion(each, table, members) for each in CRITERIA.values()),
    )


def _members(table: Table) -> dict[str, Mask]:
    """By class which rows of the table belong to it; invented assets to none."""
    kinds = table.categories["kind"]
    kind_of = np.array([*kinds.labels, ""], dtype=object)[kinds.codes]
    named = AssetIdentifier.objects.filter(namespace__in=listing_namespaces())
    is_token = (kind_of == TOKEN) & ~table.fictional
    is_listed = np.isin(table.ids, _ids(named))
    return {
        DEX: is_token & ~is_listed,
        LISTED: is_token & is_listed,
        COMPANY: (kind_of == EQUITY) & ~table.fictional,
    }


def _read(source: str) -> QuerySet[Any]:
    """Rows with the `asset_id` of what was read of this class."""
    if source == DEX:
        return ContractSnapshot.objects.exclude(mint_authority="", verified_source=None).order_by()
    if source == LISTED:
        return DisclosureSnapshot.objects.exclude(channels={}).order_by()
    events = FilingEvent.objects.exclude(event=UNREAD).order_by().values("asset_id")
    return events.union(OwnershipReport.objects.order_by().values("asset_id"))


def _ids(rows: QuerySet[Any]) -> npt.NDArray[np.int64]:
    if not rows.query.combinator:
        rows = rows.distinct()
    return np.fromiter(rows.values_list("asset_id", flat=True), np.int64)


def _summary(table: Table, mine: Mask) -> dict[str, Any]:
    """Fields of a SourceClass."""
    coverage = table.numbers["coverage"][mine]
    return {
        "assets": int(mine.sum()),
        "rated": int((~np.isnan(table.numbers["score"][mine])).sum()),
        "median_coverage": round(float(np.median(coverage)), DECIMALS) if coverage.size else None,
    }


def _criterion(criterion: Criterion, table: Table, members: Mapping[str, Mask]) -> AnsweredShares:
    codes = table.states[criterion.id]
    is_asked = (codes != NEVER_ASKED) & (codes != NOT_APPLICABLE)
    is_answered = is_asked & ~np.isin(codes, UNANSWERED)
    kinds = (kind for kind in (TOKEN, EQUITY) if kind in criterion.kinds)
    sources = (each for kind in kinds for each in sources_of(criterion, kind))
    return AnsweredShares(
        criterion=criterion,
        answered={each: _share(is_answered & mine, is_asked & mine) for each, mine in members.items()},
        sources=tuple({each.name: each for each in sources}.values()),
    )


def _share(part: Mask, whole: Mask) -> float | None:
    count = int(whole.sum())
    return round(int(part.sum()) / count, DECIMALS) if count else None


# In words and as JSON -----------------------------------------------------------------


def as_json(report: CoverageReport) -> dict[str, Any]:
    """What `manage.py coverage --json` writes; `keyed` are those sources that answer with a key only."""
    return {
        "classes": [_class_as_json(each) for each in report.classes],
        "read": [{**_class_as_json(each), "read": each.read} for each in report.read],
        "criteria": [
            {
                "id": each.criterion.id,
                "answered": dict(each.answered),
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
        shares = ("—" if (share := row.answered[source]) is None else f"{share:.0%}" for source in CLASSES)
        cells = "".join(f"  {share:>7}" for share in shares)
        names = [f"{each.name} (key)" if each.needs_key else each.name for each in row.sources]
        yield f"{row.criterion.id:{width}}{cells}  {', '.join(names) or 'none'}"


def _class_in_words(name: str, each: SourceClass) -> str:
    coverage = "—" if each.median_coverage is None else f"{each.median_coverage:.0%}"
    return f"{name}: {each.assets:,} assets, {each.rated:,} rated, median coverage {coverage}"
