"""Software bill of materials: the pinned packages of the product, and the scripts of others that it brings
along, as CycloneDX 1.5 on standard output."""

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements.txt"
VENDORED = ROOT / "static" / "vendor"
"""A folder a package of npm, as `name-version`."""
PINNED = re.compile(r"^([a-zA-Z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class Package(NamedTuple):
    """A pinned package; one of the hashes is that of the file that was installed."""

    name: str
    version: str
    sha256s: tuple[str, ...]
    registry: str = "pypi"

    @property
    def purl(self) -> str:
        return f"pkg:{self.registry}/{re.sub(r'[-_.]+', '-', self.name).lower()}@{self.version}"


def packages(text: str) -> list[Package]:
    """What a requirements file with hashes pins."""
    entries = re.split(r"\n(?=\S)", text.replace("\\\n", " "))
    found = ((PINNED.match(entry), HASH.findall(entry)) for entry in entries)
    return [Package(pinned[1], pinned[2], tuple(hashes)) for pinned, hashes in found if pinned]


def vendored(folder: Path) -> list[Package]:
    """The scripts that lie in the folder of vendored packages; the hashes are those of their files."""
    found = []
    for each in sorted(folder.iterdir()):
        name, _, version = each.name.rpartition("-")
        files = sorted(each.glob("*.mjs"))
        hashes = tuple(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
        found.append(Package(name, version, hashes, registry="npm"))
    return found


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


def all_packages() -> list[Package]:
    """What is installed and what is vendored."""
    return [*packages(REQUIREMENTS.read_text()), *vendored(VENDORED)]


def as_text(pinned: list[Package]) -> str:
    return json.dumps(bill(pinned), indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_text(all_packages()))
