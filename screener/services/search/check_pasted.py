"""Check of pasted lines: which asset each one means, whether it is on the list, or what can be done about it.

What passes for another asset, or is invented beside real ones, is never taken without being chosen.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from assets.identity.looks import skeleton_of
from assets.identity.references import AssetReference
from assets.models import Asset, AssetIdentifier
from assets.sheets.identity import SLUG
from assets.sheets.pasted import PastedLine, by_words
from assets.sourcing.rows import Identifier
from screener.services.search.found_assets import FoundAsset, find_assets_by, find_named, found_of

MOST_CHOICES: Final = 8
MOST_SUGGESTED_FOR: Final = 10
"""So many unknown lines are looked for by parts of names, which costs more than to know them."""
SUGGESTIONS: Final = 4
AT_ONCE: Final = 400
"""Values of one question to the database."""


class LineOutcome(StrEnum):
    """What became of a line."""

    FOUND = "found"
    LISTED = "listed"
    REPEATED = "repeated"
    CHOICE = "choice"
    UNKNOWN = "unknown"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedLine:
    """`asset` is what it means; `choices` what it could mean, the likeliest first. `problem` is a message."""

    line: PastedLine
    outcome: LineOutcome
    asset: FoundAsset | None = None
    choices: tuple[FoundAsset, ...] = ()
    problem: str = ""

    @property
    def key(self) -> str:
        """What a choice is kept under while the text around it changes."""
        return key_of_text(self.line.text)

    @property
    def is_added(self) -> bool:
        return self.outcome is LineOutcome.FOUND


def key_of_text(text: str) -> str:
    return hashlib.blake2b(text.casefold().encode(), digest_size=8).hexdigest()


def check_pasted(
    lines: Sequence[PastedLine], *, watched: Collection[int], chosen: Mapping[str, str]
) -> list[CheckedLine]:
    """Each line with its outcome; `watched` are ids of the list, `chosen` slugs by the key of their line."""
    known = _Known.of(lines)
    checked: list[CheckedLine] = []
    for line in lines:
        one = _checked(line, known, chosen)
        if one.outcome is LineOutcome.UNKNOWN and line.reference.words:
            checked += (_checked(each, known, chosen) for each in by_words(line))
        else:
            checked.append(one)
    return list(_with_addresses(_placed(_suggested(checked, chosen), watched)))


# What is known of the references ------------------------------------------------------------


@dataclass(slots=True)
class _Known:
    """Everything that the lines name, read at once."""

    by_identifier: dict[Identifier, FoundAsset] = field(default_factory=dict)
    unscored: dict[str, list[FoundAsset]] = field(default_factory=dict)
    named: dict[str, list[FoundAsset]] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Iterable[PastedLine]) -> "_Known":
        references = [each.reference for line in lines for each in (line, *by_words(line))]
        known = cls(by_identifier=_identified(references))
        missing = {
            ticker.casefold() for each in references for ticker in each.tickers if not known.find(ticker)
        }
        known.unscored = _unscored_named(missing)
        return known

    def find(self, ticker: str) -> list[FoundAsset]:
        folded = ticker.casefold()
        if folded not in self.named:
            self.named[folded] = find_named(ticker)
        return self.named[folded] or self.unscored.get(folded, [])


def _identified(references: Iterable[AssetReference]) -> dict[Identifier, FoundAsset]:
    wanted = {each for one in references for each in (*one.identifiers, *one.lines)}
    slugs = {value for namespace, value in wanted if namespace == SLUG}
    assets: dict[Identifier, Asset] = {}
    for some in _batches(sorted({value for _namespace, value in wanted})):
        rows = AssetIdentifier.objects.valid().filter(value__in=some).select_related("asset")
        assets |= {(each.namespace, each.value): each.asset for each in rows}
    for some in _batches(sorted(slugs)):
        assets |= {(SLUG, slug): asset for slug, asset in Asset.objects.addressed_by(some).items()}
    of_wanted = {identifier: asset for identifier, asset in assets.items() if identifier in wanted}
    shown = found_of({asset.pk: asset for asset in of_wanted.values()}.values())
    return {
        identifier: shown[asset.pk]
        if identifier[0] == SLUG
        else replace(shown[asset.pk], identifier=identifier[1])
        for identifier, asset in of_wanted.items()
    }


def _unscored_named(folded: Collection[str]) -> dict[str, list[FoundAsset]]:
    """Assets without a scorecard by their symbol, of which no table of the universe knows."""
    looks = sorted({look for each in folded if (look := skeleton_of(each)[:64])})
    by_symbol: dict[str, list[FoundAsset]] = {}
    for some in _batches(looks):
        assets = list(Asset.objects.filter(symbol_look__in=some)[: 10 * AT_ONCE])
        for asset_id, shown in found_of(assets).items():
            symbol = shown.symbol.casefold()
            if symbol in folded and asset_id:
                by_symbol.setdefault(symbol, []).append(shown)
    return by_symbol


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


# What a line means --------------------------------------------------------------------------


def _checked(line: PastedLine, known: _Known, chosen: Mapping[str, str]) -> CheckedLine:
    reference = line.reference
    if reference.problem:
        return CheckedLine(line=line, outcome=LineOutcome.INVALID, problem=reference.problem)
    candidates = _ranked(_candidates(reference, known))[:MOST_CHOICES]
    if not candidates:
        return CheckedLine(line=line, outcome=LineOutcome.UNKNOWN)
    wish = chosen.get(key_of_text(line.text))
    picked = next((each for each in candidates if each.slug == wish), None) or _meant(reference, candidates)
    outcome = LineOutcome.FOUND if picked else LineOutcome.CHOICE
    return CheckedLine(line=line, outcome=outcome, asset=picked, choices=_others(candidates))


def _others(candidates: Sequence[FoundAsset]) -> tuple[FoundAsset, ...]:
    """Where there is more than one, or one that nobody should take unseen."""
    is_clear = len(candidates) == 1 and not candidates[0].likeness
    return () if is_clear else tuple(candidates)


def _candidates(reference: AssetReference, known: _Known) -> list[FoundAsset]:
    certain = [known.by_identifier[each] for each in reference.identifiers if each in known.by_identifier]
    if reference.identifiers:
        return list({each.asset_id: each for each in certain}.values())
    found = [known.by_identifier[each] for each in reference.lines if each in known.by_identifier]
    for ticker in reference.tickers:
        if named := known.find(ticker):
            found += named
            break
    once = {each.asset_id: each for each in reversed(found)}.values()
    return [
        each for each in once if reference.kind in {"", each.kind} and reference.chain in {"", each.place}
    ]


def _ranked(candidates: Iterable[FoundAsset]) -> list[FoundAsset]:
    """Real ones that take nobody's name, then invented ones, then likenesses; the largest of each first."""
    return sorted(candidates, key=lambda each: (_standing(each), -(each.market_cap_usd or 0), each.asset_id))


def _standing(asset: FoundAsset) -> int:
    return 2 if asset.likeness else int(asset.is_fictional)


def _meant(reference: AssetReference, candidates: Sequence[FoundAsset]) -> FoundAsset | None:
    """The only one that can be meant; an address means what stands there, whatever its name."""
    first, *others = candidates
    if reference.is_certain:
        return None if others else first
    is_alone = not any(_standing(each) == _standing(first) for each in others)
    return first if is_alone and not first.likeness else None


# Beside the others --------------------------------------------------------------------------


def _placed(checked: Iterable[CheckedLine], watched: Collection[int]) -> Iterator[CheckedLine]:
    """What is on the list already, or named by a line before."""
    seen: set[int] = set()
    for each in checked:
        if each.asset is None or each.outcome is not LineOutcome.FOUND:
            yield each
        elif each.asset.asset_id in seen:
            yield replace(each, outcome=LineOutcome.REPEATED)
        else:
            seen.add(each.asset.asset_id)
            yield replace(each, outcome=LineOutcome.LISTED) if each.asset.asset_id in watched else each


def _suggested(checked: Iterable[CheckedLine], chosen: Mapping[str, str]) -> Iterator[CheckedLine]:
    """The first unknown names with assets that are called alike; none of them is taken unless chosen."""
    left = MOST_SUGGESTED_FOR
    for each in checked:
        if each.outcome is LineOutcome.UNKNOWN and each.line.reference.tickers and left:
            left -= 1
            words = each.line.reference.tickers[-1].casefold().split()
            choices = find_assets_by(words, most=SUGGESTIONS)
            picked = next((one for one in choices if one.slug == chosen.get(each.key)), None)
            outcome = LineOutcome.FOUND if picked else LineOutcome.UNKNOWN
            yield replace(each, choices=choices, asset=picked, outcome=outcome)
        else:
            yield each


def _with_addresses(checked: Iterable[CheckedLine]) -> Iterator[CheckedLine]:
    """Each with the contract of what it shows, by which namesakes are told apart."""
    lines = list(checked)
    ids = {one.asset_id for each in lines for one in (*each.choices, each.asset) if one is not None}
    named = AssetIdentifier.objects.valid().filter(namespace__startswith="address:", asset_id__in=ids)
    addresses = dict(named.order_by("-pk").values_list("asset_id", "value")) if ids else {}

    def told(asset: FoundAsset) -> FoundAsset:
        return asset if asset.identifier else replace(asset, identifier=addresses.get(asset.asset_id, ""))

    for each in lines:
        asset = told(each.asset) if each.asset else None
        yield replace(each, asset=asset, choices=tuple(told(one) for one in each.choices))
