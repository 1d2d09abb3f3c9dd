"""Changed files: what differs from the merge base, where git can tell.

Nobody knows what changed without git, in a shallow clone, without a main branch and on the main branch.
`ASSAY_TEST_BASE` names another commit to compare with.
"""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

MAIN = ("origin/HEAD", "origin/main", "main")
ALWAYS = (
    *(".ci", "Makefile", "manage.py", "pyproject.toml", "requirements.txt", "requirements-dev.txt"),
    *("assets/apps.py", "screener/apps.py", "screener/configuration.py", "screener/settings.py"),
    *("tests/conftest.py", "tests/environment.py", "tests/factories", "tests/selection", "tests/servers"),
)
"""What every test hangs on."""


def changed_files(root: Path, *, base: str = "") -> frozenset[str] | None:
    """Paths that differ from the merge base, committed or not; None where that can't be known."""
    try:
        if _git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
            return None
        start = _merge_base(root, base or os.environ.get("ASSAY_TEST_BASE", ""))
        if start is None:
            return None
        changed = _git(root, "diff", "--name-only", "--no-renames", "-z", start, "--")
        added = _git(root, "ls-files", "--others", "--exclude-standard", "--full-name", "-z")
    except (OSError, subprocess.CalledProcessError):
        return None
    return frozenset(filter(None, (changed + added).split("\0")))


def concerns(paths: Iterable[str], changed: frozenset[str] | None) -> bool:
    """Whether one of these files or folders has changed, or may have."""
    if changed is None:
        return True
    watched = {*paths, *ALWAYS}
    return any(
        each in watched or any(str(folder) in watched for folder in Path(each).parents) for each in changed
    )


def _merge_base(root: Path, named: str) -> str | None:
    """The newest commit that this branch shares with the main one; None where this is the main one."""
    if named:
        return _git(root, "merge-base", "HEAD", named).strip()
    head = _git(root, "rev-parse", "HEAD").strip()
    for branch in MAIN:
        try:
            start = _git(root, "merge-base", "HEAD", branch).strip()
        except subprocess.CalledProcessError:
            continue
        return None if start == head else start
    return None


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout
