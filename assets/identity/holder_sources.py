"""Known holders as rows: whose addresses these are, what kind of holder that is, and where it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ANY_EVM: Final = "evm"
"""Stands for every EVM chain."""
LLAMA: Final = "github.com/DefiLlama/DefiLlama-Adapters: projects/"
ETHERSCAN: Final = "etherscan.io/accounts/label/"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHolders:
    """Addresses of one holder, each with its name; `source` is where both are written."""

    kind: str
    chain: str
    source: str
    addresses: Mapping[str, str]


def named(name: str, addresses: str) -> dict[str, str]:
    """Addresses, with blanks between them, under one name."""
    return dict.fromkeys(addresses.split(), name)
