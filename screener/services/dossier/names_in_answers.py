"""Names of an asset in answers: what a provider may call it by, the surest first."""

from collections.abc import Iterator
from typing import Final

from assets.identity.sec_notation import NAMESPACE as CIK
from assets.models import Asset

ADDRESS: Final = "address:"
CIK_DIGITS: Final = 10
FEWEST_DIGITS: Final = 4
"""Of a company's number without its zeros: a shorter one is any number."""


def names_in_answers(asset: Asset) -> list[list[str]]:
    """Addresses and numbers of registries, then ids and tickers as texts of JSON, the symbol, the name.

    Names that it had once count as well: an answer may be as old as they are.
    """
    identifiers = [(each.namespace, each.value) for each in asset.identifiers.order_by("pk")]
    ids = [
        value for namespace, value in identifiers if not namespace.startswith(ADDRESS) and namespace != CIK
    ]
    quoted = [f'"{each}"' for each in ids if each]
    symbol = asset.symbol.strip()
    groups = [
        [*_addresses(identifiers), *_numbers(identifiers)],
        quoted,
        [f'"{symbol}"'] if symbol else [],
        [each for each in dict.fromkeys((*ids, symbol)) if each],
        [f'"{asset.name}"'] if asset.name else [],
        [asset.name] if asset.name else [],
    ]
    return [group for group in groups if group]


def _addresses(identifiers: list[tuple[str, str]]) -> Iterator[str]:
    for namespace, value in identifiers:
        if namespace.startswith(ADDRESS):
            yield value


def _numbers(identifiers: list[tuple[str, str]]) -> Iterator[str]:
    for namespace, value in identifiers:
        if namespace == CIK:
            yield value.zfill(CIK_DIGITS)
            yield f"CIK{value.zfill(CIK_DIGITS)}"
            if len(plain := value.lstrip("0")) >= FEWEST_DIGITS:
                yield plain
