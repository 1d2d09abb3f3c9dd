"""Security auditors: the firm that an address of a report belongs to.

By where each firm publishes its reports: its own site, or its account on GitHub. A project's own page of
audits names no firm.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

FIRM_OF_SITE: Final[Mapping[str, str]] = {
    "certik.com": "CertiK",
    "chainsecurity.com": "ChainSecurity",
    "code4rena.com": "Code4rena",
    "cantina.xyz": "Cantina",
    "cyfrin.io": "Cyfrin",
    "dedaub.com": "Dedaub",
    "diligence.consensys.io": "Consensys Diligence",
    "consensys.net": "Consensys Diligence",
    "hacken.io": "Hacken",
    "halborn.com": "Halborn",
    "openzeppelin.com": "OpenZeppelin",
    "osec.io": "OtterSec",
    "peckshield.com": "PeckShield",
    "quantstamp.com": "Quantstamp",
    "sherlock.xyz": "Sherlock",
    "sigmaprime.io": "Sigma Prime",
    "slowmist.com": "SlowMist",
    "spearbit.com": "Spearbit",
    "trailofbits.com": "Trail of Bits",
    "veridise.com": "Veridise",
    "zellic.io": "Zellic",
}
FIRM_OF_ACCOUNT: Final[Mapping[str, str]] = {
    "abdk-consulting": "ABDK",
    "certikfoundation": "CertiK",
    "code-423n4": "Code4rena",
    "consensys": "Consensys Diligence",
    "cyfrin": "Cyfrin",
    "mixbytes": "MixBytes",
    "nethermindeth": "Nethermind",
    "otter-sec": "OtterSec",
    "pashov": "Pashov",
    "peckshield": "PeckShield",
    "sherlock-audit": "Sherlock",
    "sigp": "Sigma Prime",
    "slowmist": "SlowMist",
    "solidified-platform": "Solidified",
    "spearbit": "Spearbit",
    "trailofbits": "Trail of Bits",
    "zellic": "Zellic",
}
"""By the owner of a repository on GitHub, in lower case."""
ON_GITHUB: Final = frozenset({"github.com", "raw.githubusercontent.com"})


def firm_of(url: str) -> str:
    """The firm, or "" where the address doesn't tell."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if host in ON_GITHUB:
        return FIRM_OF_ACCOUNT.get(parts.path.strip("/").partition("/")[0].lower(), "")
    return next(
        (firm for site, firm in FIRM_OF_SITE.items() if host == site or host.endswith(f".{site}")), ""
    )
