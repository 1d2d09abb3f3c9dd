"""Changed files: what differs from the merge base, where git can tell.

Nobody knows what changed without git, in a shallow clone, without a main branch and on the main branch.
`ASSAY_TEST_BASE` names another commit to compare with.

The main branch itself knows one thing more: the commit on which the nightly run last passed as a whole
(`tests/selection/tested.py`).
"""

import os
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

MAIN = ("origin/HEAD", "origin/main", "main")
ALWAYS = (
    *(".ci/run", "Makefile", "manage.py", "pyproject.toml", "requirements.txt", "requirements-dev.txt"),
    *("assets/apps.py", "screener/apps.py", "screener/configuration.py", "screener/settings.py"),
    *("tests/conftest.py", "tests/environment.py", "tests/factories", "tests/selection", "tests/servers"),
)
"""What every test hangs on."""

TESTED = ".ci/tested"
"""Names the newest commit on which `make test-all` passed."""


def changed_files(root: Path, *, base: str = "") -> frozenset[str] | None:
    """Paths that differ from the merge base, committed or not; None where that can't be known."""
    return _changed(root, lambda: _merge_base(root, base or os.environ.get("ASSAY_TEST_BASE", "")))


def changed_since_tested(root: Path) -> frozenset[str] | None:
    """Paths that differ from the commit on which every test passed; None where none lies behind this one."""
    return _changed(root, lambda: _tested(root))


def _changed(root: Path, start_of: Callable[[], str | None]) -> frozenset[str] | None:
    try:
        if git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
            return None
        start = start_of()
        if start is None:
            return None
        changed = git(root, "diff", "--name-only", "--no-renames", "-z", start, "--")
        added = git(root, "ls-files", "--others", "--exclude-standard", "--full-name", "-z")
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
        return git(root, "merge-base", "HEAD", named).strip()
    head = git(root, "rev-parse", "HEAD").strip()
    for branch in MAIN:
        try:
            start = git(root, "merge-base", "HEAD", branch).strip()
        except subprocess.CalledProcessError:
            continue
        return None if start == head else start
    return None


def _tested(root: Path) -> str | None:
    """Of the file as it was committed: to change it here makes nothing tested."""
    named = git(root, "show", f"HEAD:{TESTED}").strip()
    git(root, "merge-base", "--is-ancestor", named, "HEAD")
    return named


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout
