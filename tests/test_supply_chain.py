"""Supply chain: the bill of materials has every pinned package, and the scan says what it could not do."""

import httpx2
import pytest

from tests.supply_chain.advisories import scan
from tests.supply_chain.sbom import REQUIREMENTS, VENDORED, Package, bill, packages, vendored

TEXT = """# a comment
django==5.2.19 \\
    --hash=sha256:{0} \\
    --hash=sha256:{1}
    # via assay
whitenoise[brotli]==6.12.0 ; python_version >= '3.11' \\
    --hash=sha256:{0}
""".format("a" * 64, "b" * 64)
DJANGO = Package("django", "5.2.19", ("a" * 64, "b" * 64))
WHITENOISE = Package("whitenoise", "6.12.0", ("a" * 64,))


def test_packages_are_read_with_their_hashes():
    assert packages(TEXT) == [DJANGO, WHITENOISE]


def test_the_bill_names_every_pinned_package_once():
    pinned = packages(REQUIREMENTS.read_text())
    assert len(pinned) == REQUIREMENTS.read_text().count("==") - REQUIREMENTS.read_text().count("== '")
    assert all(each.sha256s for each in pinned)
    made = bill(pinned)
    purls = [each["purl"] for each in made["components"]]
    assert len(set(purls)) == len(pinned) > 50
    assert made["dependencies"][0]["dependsOn"] == purls
    assert bill(pinned) == made


def test_what_is_vendored_is_in_the_bill_and_unchanged():
    """The hash is that of the file in the package of npm, which no lock file holds for us."""
    (charts,) = vendored(VENDORED)
    assert charts.purl == "pkg:npm/lightweight-charts@5.2.1"
    assert charts.sha256s == ("1bb1ee79f9d4dd17261b53d930f7a8995748276f80e7ba0e24412b5068062f5f",)
    assert bill([charts])["components"][0]["purl"] == charts.purl
    folder = VENDORED / "lightweight-charts-5.2.1"
    assert "https://www.tradingview.com/" in (folder / "NOTICE").read_text()
    assert "Apache License" in (folder / "LICENSE").read_text()


def test_an_advisory_is_named_and_ends_with_1():
    asked = []

    def ask(question):
        asked.append(question)
        return {"results": [{"vulns": [{"id": "PYSEC-1"}]}, {}]}

    assert scan([DJANGO, WHITENOISE], ask) == (1, "Advisories:\ndjango 5.2.19: PYSEC-1")
    assert asked[0]["queries"][1] == {"package": {"purl": "pkg:pypi/whitenoise@6.12.0"}}


@pytest.mark.parametrize(
    "error", [httpx2.ConnectError("no network"), ValueError("no JSON"), KeyError("results")]
)
def test_without_a_source_nothing_fails_and_the_reason_is_named(error):
    def ask(_question):
        raise error

    code, said = scan([DJANGO], ask)
    assert code == 0
    assert type(error).__name__ in said
