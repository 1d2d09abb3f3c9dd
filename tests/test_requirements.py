"""What is installed: pinned, hashed, from wherever the operator's index is."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt")
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(\[[a-z0-9,_-]+\])?==\S+( ; .+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
COMMENT = re.compile(r"^    #")


@pytest.mark.parametrize("name", FILES)
def test_each_line_is_a_pin_a_hash_or_a_comment(name):
    """No index, no URL, no path: nothing but these three kinds of lines may stand here."""
    for line in (ROOT / name).read_text().splitlines():
        assert PINNED.match(line) or HASH.match(line) or COMMENT.match(line), line
        assert "/" not in line.split("#")[0].split(";")[0]


@pytest.mark.parametrize("name", FILES)
def test_each_pin_has_a_hash(name):
    lines = (ROOT / name).read_text().splitlines()
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if PINNED.match(line):
            assert HASH.match(after), line


def test_each_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {re.match(r"[A-Za-z0-9._-]+", each)[0].lower() for each in project["project"]["dependencies"]}
    for name in ("requirements.txt", "requirements-dev.txt"):
        pinned = {
            match[1] for line in (ROOT / name).read_text().splitlines() if (match := PINNED.match(line))
        }
        assert wanted <= pinned
