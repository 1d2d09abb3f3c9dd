"""Advisory scan: writes the bill of materials, and asks OSV about each package in it.

Exits with 1 on an advisory, with 0 without an answer.

What has been looked at and does not concern Assay stands in `ACCEPTED`, each with its reason.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import httpx2

from tests.supply_chain.sbom import Package, all_packages, as_text

OSV: Final = "https://api.osv.dev/v1/querybatch"
TIMEOUT_S: Final = 10.0
BILL: Final = Path("test-results/sbom.cdx.json")
ACCEPTED: Final[dict[str, str]] = {}

Ask = Callable[[dict[str, Any]], dict[str, Any]]


def ask_osv(question: dict[str, Any]) -> dict[str, Any]:
    answer = httpx2.post(OSV, json=question, timeout=TIMEOUT_S)
    answer.raise_for_status()
    return dict(answer.json())


def advisories(pinned: Sequence[Package], ask: Ask) -> list[str]:
    """A line for each advisory that nobody has accepted."""
    results = ask({"queries": [{"package": {"purl": each.purl}} for each in pinned]})["results"]
    return [
        f"{package.name} {package.version}: {found['id']}"
        for package, result in zip(pinned, results, strict=True)
        for found in result.get("vulns", ())
        if found["id"] not in ACCEPTED
    ]


def scan(pinned: Sequence[Package], ask: Ask = ask_osv) -> tuple[int, str]:
    """Exit code and what to say."""
    try:
        found = advisories(pinned, ask)
    except (httpx2.HTTPError, ValueError, LookupError) as error:
        return 0, f"Advisories: not looked for, OSV can't be reached ({type(error).__name__})."
    if found:
        return 1, "\n".join(("Advisories:", *found))
    return 0, f"Advisories: none for {len(pinned)} packages."


if __name__ == "__main__":
    pinned = all_packages()
    BILL.parent.mkdir(exist_ok=True)
    BILL.write_text(as_text(pinned))
    code, said = scan(pinned)
    sys.stdout.write(f"Bill of materials: {BILL}. {said}\n")
    sys.exit(code)
