"""Software bill of materials: the pinned packages of the product as CycloneDX 1.5, on standard output."""

import json
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements.txt"
PINNED = re.compile(r"^([a-zA-Z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class Package(NamedTuple):
    """A pinned package; one of the hashes is that of the file that was installed."""

    name: str
    version: str
    sha256s: tuple[str, ...]

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{re.sub(r'[-_.]+', '-', self.name).lower()}@{self.version}"


def packages(text: str) -> list[Package]:
    """What a requirements file with hashes pins."""
    entries = re.split(r"\n(?=\S)", text.replace("\\\n", " "))
    found = ((PINNED.match(entry), HASH.findall(entry)) for entry in entries)
    return [Package(pinned[1], pinned[2], tuple(hashes)) for pinned, hashes in found if pinned]


def bill(pinned: list[Package]) -> dict[str, Any]:
    """The same file for the same packages: no moment and no serial number are in it."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "assay", "name": "assay"}},
        "components": [
            {
                "type": "library",
                "bom-ref": each.purl,
                "name": each.name,
                "version": each.version,
                "purl": each.purl,
                "properties": [{"name": "sha256", "value": sha256} for sha256 in each.sha256s],
            }
            for each in pinned
        ],
        "dependencies": [{"ref": "assay", "dependsOn": [each.purl for each in pinned]}],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bill(packages(REQUIREMENTS.read_text())), indent=1) + "\n")
