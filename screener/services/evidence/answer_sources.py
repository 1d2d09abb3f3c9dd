"""Sources of answers, or the capability table: which providers tell what a criterion is decided by.

From the two registries alone: the fields that providers tell (`Provider.fields`) and those that decide a
criterion (`Criterion.decided_by`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from assets.identity.tickers import CUSIP, LINE, SHARE
from assets.metrics.families import EQUITY, KINDS, TOKEN
from assets.models import Asset
from assets.providers import PROVIDERS
from assets.sourcing.contract import Provider
from screener.checklist import CRITERIA, Criterion

OF_COMPANIES: Final = frozenset({"cik", LINE, SHARE, CUSIP})
"""The namespaces by which companies are known; every other one is of tokens."""
OF_CONTRACTS: Final = "address:"
INVENTED: Final = "sandbox"
"""The namespace of invented assets, of which only the sandbox tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSource:
    """A provider that can answer a criterion, and whether it does so for those alone who have a key, or who
    accept its terms.

    `families` are those that it has to be asked for, or that come along with what it is asked for.
    """

    provider: type[Provider]
    families: tuple[str, ...]
    needs_key: bool

    @property
    def name(self) -> str:
        return self.provider.name

    @property
    def title(self) -> str:
        return self.provider.title

    @property
    def asked_for(self) -> tuple[str, ...]:
        """The families to ask it for, to be told of `families`."""
        return tuple(dict.fromkeys(self.provider.asked_by(each) for each in self.families))

    @property
    def needs_terms(self) -> bool:
        return bool(self.provider.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """What a provider tells, and the criteria that this decides or helps to decide."""

    provider: type[Provider]
    criteria: tuple[Criterion, ...]

    @property
    def facts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """(family, the names of its fields) pairs."""
        return tuple((family, tuple(names.split())) for family, names in self.provider.fields.items())


def sources_of(criterion: Criterion, kind: str) -> tuple[AnswerSource, ...]:
    """Who can answer it for assets of this kind: first who asks for no key, then in the registry's order."""
    found = [source for each in _of_kind(kind) if (source := _source(each, criterion))]
    return tuple(sorted(found, key=lambda each: each.needs_key))


def who_could_answer(criteria: Iterable[Criterion], asset: Asset) -> tuple[AnswerSource, ...]:
    """Who can answer any of these criteria for assets like this one, each once.

    Of those that know assets by their contracts, only who covers the chain. Nobody has facts of an invented
    asset, and a person's own sheet, which can tell everything, is not named.
    """
    if asset.fictional:
        return ()
    asked = list(criteria)
    found = (each for criterion in asked for each in sources_of(criterion, asset.kind))
    covering = (each for each in found if _covers(each.provider, asset.chain))
    return tuple({each.name: each for each in covering}.values())


def capabilities() -> tuple[Capability, ...]:
    """Every provider of real assets with what it can answer, in the registry's order."""
    return tuple(
        Capability(
            provider=each,
            criteria=tuple(one for one in CRITERIA.values() if one.kinds & kinds and _source(each, one)),
        )
        for each in PROVIDERS
        if (kinds := _kinds(each))
    )


def _of_kind(kind: str) -> Iterator[type[Provider]]:
    return (each for each in PROVIDERS if kind in _kinds(each))


def _kinds(provider: type[Provider]) -> frozenset[str]:
    """Of which kinds of assets it tells; the sandbox and a person's sheets of none."""
    names = {*provider.namespaces} - {INVENTED}
    return frozenset(EQUITY if name in OF_COMPANIES else TOKEN for name in names) & {*KINDS}


def _source(provider: type[Provider], criterion: Criterion) -> AnswerSource | None:
    deciding = (each.partition(".") for each in criterion.decided_by)
    told = {family for family, _dot, name in deciding if provider.tells(family, name)}
    if not told:
        return None
    return AnswerSource(
        provider=provider,
        families=tuple(sorted(told)),
        needs_key=provider.needs_key or bool(provider.terms) or told <= provider.keyed,
    )


def _covers(provider: type[Provider], chain: str) -> bool:
    """Whether it can know an asset of this chain; "" is not known, which rules nobody out."""
    by_contract = [each for each in provider.namespaces if each.startswith(OF_CONTRACTS)]
    return not chain or len(by_contract) < len(provider.namespaces) or OF_CONTRACTS + chain in by_contract
