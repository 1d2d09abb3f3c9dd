"""What the documents say must be true: commands exist, links lead somewhere, settings are real."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
FOLDERS = r"assets|docs|screener|static|templates|tests|\.ci"
SETTINGS = set(re.findall(r"ASSAY_\w+", (ROOT / ".env.example").read_text()))


@pytest.fixture(params=DOCUMENTS, ids=lambda path: path.name)
def text(request) -> str:
    return request.param.read_text()


def test_there_is_what_a_project_is_expected_to_have():
    names = {path.name for path in DOCUMENTS}
    assert {"README.md", "CONTRIBUTING.md", "decisions.md", "operations.md", "checklist.md"} <= names


def test_every_make_target_exists(text):
    assert set(re.findall(r"`make ([a-z-]+)`", text)) <= TARGETS


def test_every_command_exists(text):
    assert set(re.findall(r"manage\.py ([a-z_-]+)", text)) <= set(get_commands())


def test_every_setting_exists(text):
    named = {name for name in re.findall(r"ASSAY_[A-Z_]+(?![A-Z_<])", text) if not name.endswith("_")}
    assert named <= SETTINGS


def test_every_link_inside_leads_somewhere(text):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert [
        link for link in links if not (ROOT / link).exists() and not (ROOT / "docs" / link).exists()
    ] == []


def test_every_file_named_exists(text):
    """As far as it is a path from the top of the checkout, and no pattern."""
    named = re.findall(rf"`((?:{FOLDERS})/[\w./-]*)`", text)
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_guide_names_what_there_is():
    """Classes, functions, registries: whatever it writes as code stands somewhere in the code."""
    named = set(re.findall(r"`(\w*[a-z]\w*|[A-Z_]{5,})`", (ROOT / "CONTRIBUTING.md").read_text()))
    sources = [path for area in ("assets", "screener", "tests") for path in (ROOT / area).rglob("*.py")]
    words = {word for path in sources for word in re.findall(r"\w+", path.read_text())}
    assert named - words == set()
