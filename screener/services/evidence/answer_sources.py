"""Sources of answers: which providers have the facts that a criterion rests on, for which assets.

From the two registries alone: what providers have (`families`, `also_provides`) and what criteria rest on.
"""

from collections.abc import Iterable
from typing import Final

from assets.metrics.families import EQUITY, TOKEN
from assets.models import Asset
from assets.providers import PROVIDERS
from assets.sourcing.contract import Provider
from screener.checklist import Criterion

OF_COMPANIES: Final = frozenset({"cik"})
"""The namespaces by which companies are known; every other one is of tokens."""
OF_CONTRACTS: Final = "address:"
INVENTED: Final = "sandbox"
"""The namespace of invented assets, of which only the sandbox tells."""


def sources_of(criterion: Criterion, kind: str) -> tuple[str, ...]:
    """The names of the providers that have any of its families for assets of this kind, in their order."""
    return tuple(each.name for each in _of_kind(kind) if _feeds(each, criterion))


def who_could_answer(criteria: Iterable[Criterion], asset: Asset) -> tuple[str, ...]:
    """The names of the providers that have facts of these criteria for assets like this one.

    Of those that know assets by their contracts, only who covers the chain. Nobody has facts of an invented
    asset, and a person's own sheet, which can tell everything, is not named.
    """
    if asset.fictional:
        return ()
    asked = list(criteria)
    return tuple(
        each.name
        for each in _of_kind(asset.kind)
        if _covers(each, asset.chain) and any(_feeds(each, criterion) for criterion in asked)
    )


def _of_kind(kind: str) -> Iterable[type[Provider]]:
    for each in PROVIDERS:
        names = {*each.namespaces} - {INVENTED}
        if kind in {EQUITY if name in OF_COMPANIES else TOKEN for name in names}:
            yield each


def _feeds(provider: type[Provider], criterion: Criterion) -> bool:
    return not {*provider.families, *provider.also_provides}.isdisjoint(criterion.families)


def _covers(provider: type[Provider], chain: str) -> bool:
    """Whether it can know an asset of this chain; "" is not known, which rules nobody out."""
    by_contract = [each for each in provider.namespaces if each.startswith(OF_CONTRACTS)]
    return not chain or len(by_contract) < len(provider.namespaces) or OF_CONTRACTS + chain in by_contract
