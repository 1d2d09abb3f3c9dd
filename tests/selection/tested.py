"""The tested commit: after `make test-all` has passed, name it in `.ci/tested`, to be committed.

The main branch is compared with it to see whether a slow test has to run again.
"""

import sys
from pathlib import Path

from tests.selection.changes import TESTED, git


def name_tested(root: Path) -> str:
    """Name the commit that is checked out, unless there are changes beside it; returns what to tell."""
    if git(root, "status", "--porcelain").strip():
        return f"Every test passed. {TESTED} stays as it is: there are changes that are not committed."
    commit = git(root, "rev-parse", "HEAD").strip()
    (root / TESTED).write_text(f"{commit}\n")
    return f"Every test passed. {TESTED} names {commit[:8]} now: commit it."


if __name__ == "__main__":
    sys.stdout.write(f"{name_tested(Path(__file__).resolve().parents[2])}\n")
