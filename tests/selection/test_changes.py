import subprocess
from pathlib import Path

import pytest

from tests.selection.changes import ALWAYS, TESTED, changed_files, changed_since_tested, concerns
from tests.selection.tested import name_tested

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def git(tmp_path, monkeypatch):
    """A repository with one commit on main, and a branch that has one more."""
    monkeypatch.delenv("ASSAY_TEST_BASE", raising=False)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "repository"
    root.mkdir()

    def run(*arguments, cwd=root):
        identity = ("-c", "user.name=ana", "-c", "user.email=ana@example.org")
        done = subprocess.run(["git", *identity, *arguments], cwd=cwd, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("init", "-q", "-b", "main")
    write(root, "kept.py", "old.py")
    commit(run)
    run("checkout", "-q", "-b", "branch")
    write(root, "folder/né w.py")
    commit(run)
    run.root = root
    return run


def write(root, *paths):
    for path in paths:
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(f"{path}\n" * 9)


def commit(run):
    run("add", "-A")
    run("commit", "-q", "-m", "Something")


def test_a_branch_changed_what_it_has_beyond_main(git):
    assert changed_files(git.root) == {"folder/né w.py"}


def test_what_is_not_committed_has_changed_as_well(git):
    write(git.root, "new.py")
    (git.root / "kept.py").write_text("other")
    assert changed_files(git.root) == {"folder/né w.py", "new.py", "kept.py"}


def test_a_renamed_file_has_changed_under_both_names(git):
    git("mv", "old.py", "renamed.py")
    assert changed_files(git.root) == {"folder/né w.py", "old.py", "renamed.py"}


def test_what_main_has_got_since_is_no_change_of_the_branch(git):
    git("checkout", "-q", "main")
    write(git.root, "of_others.py")
    commit(git)
    git("checkout", "-q", "branch")
    assert changed_files(git.root) == {"folder/né w.py"}


def test_the_main_branch_of_the_origin_comes_before_the_local_one(git, tmp_path):
    git("clone", "-q", str(git.root), str(tmp_path / "clone"), "-b", "main")
    clone = tmp_path / "clone"
    write(clone, "ahead.py")
    git("add", "-A", cwd=clone)
    git("commit", "-q", "-m", "Ahead", cwd=clone)
    assert changed_files(clone) == {"ahead.py"}


def test_another_commit_may_be_named(git, monkeypatch):
    assert changed_files(git.root, base="branch") == set()
    monkeypatch.setenv("ASSAY_TEST_BASE", "main")
    assert changed_files(git.root) == {"folder/né w.py"}
    monkeypatch.setenv("ASSAY_TEST_BASE", "no such commit")
    assert changed_files(git.root) is None


def test_on_the_main_branch_nobody_knows_what_the_change_is(git, tmp_path):
    git("clone", "-q", str(git.root), str(tmp_path / "clone"), "-b", "main")
    assert changed_files(tmp_path / "clone") is None
    git("checkout", "-q", "main")
    assert changed_files(git.root) is None
    write(git.root, "not_committed.py")
    assert changed_files(git.root) is None


def test_a_clone_without_its_history_does_not_know(git, tmp_path):
    git("clone", "-q", "--depth", "1", "-b", "branch", git.root.as_uri(), str(tmp_path / "clone"))
    assert changed_files(tmp_path / "clone") is None


def test_a_repository_without_a_main_branch_does_not_know(git):
    git("branch", "-q", "-D", "main")
    assert changed_files(git.root) is None


def test_what_is_no_repository_does_not_know(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert changed_files(tmp_path) is None


def test_without_git_nobody_knows(git, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert changed_files(git.root) is None


@pytest.fixture
def tested(git):
    """The main branch, whose newest commit says that the one before it passed."""
    git("checkout", "-q", "main")
    (git.root / TESTED).parent.mkdir()
    assert "now: commit it" in name_tested(git.root)
    commit(git)
    return git


def test_the_main_branch_knows_what_came_since_the_nightly_run(tested):
    assert changed_since_tested(tested.root) == {TESTED}
    write(tested.root, "not_committed.py")
    assert changed_since_tested(tested.root) == {TESTED, "not_committed.py"}
    write(tested.root, "kept.py")
    (tested.root / "kept.py").write_text("other")
    tested("rm", "-q", "old.py")
    commit(tested)
    assert changed_since_tested(tested.root) == {TESTED, "not_committed.py", "kept.py", "old.py"}


def test_without_a_nightly_run_that_passed_nobody_knows(git):
    assert changed_since_tested(git.root) is None


@pytest.mark.parametrize("named", ["", "no such commit", "0" * 40, "branch"])
def test_a_commit_that_is_none_or_does_not_lie_behind_this_one_says_nothing(tested, named):
    (tested.root / TESTED).write_text(f"{named}\n")
    commit(tested)
    assert changed_since_tested(tested.root) is None


def test_a_name_that_nobody_committed_says_nothing(tested):
    head = tested("rev-parse", "HEAD").strip()
    (tested.root / TESTED).write_text(head)
    write(tested.root, "new.py")
    assert changed_since_tested(tested.root) == {TESTED, "new.py"}


def test_a_clone_without_its_history_knows_of_no_nightly_run(tested, tmp_path):
    tested("clone", "-q", "--depth", "1", "-b", "main", tested.root.as_uri(), str(tmp_path / "clone"))
    assert changed_since_tested(tmp_path / "clone") is None


def test_a_commit_with_changes_beside_it_is_not_named_as_tested(tested):
    before = (tested.root / TESTED).read_text()
    write(tested.root, "new.py")
    assert "stays as it is" in name_tested(tested.root)
    assert (tested.root / TESTED).read_text() == before


@pytest.mark.parametrize(
    ("changed", "is_concerned"),
    [
        ({"screener/benches/load.py"}, True),
        ({"screener/benches/deep/er.py"}, True),
        ({"screener/tasks.py"}, True),
        ({"docs/decisions.md", "screener/tasks.py"}, True),
        ({"screener/benches.py", "screener/tasks.pyi", "docs/screener/tasks.py"}, False),
        (set(), False),
        (None, True),
        *(({each}, True) for each in ALWAYS),
    ],
)
def test_a_file_or_a_folder_above_it_may_be_watched(changed, is_concerned):
    known = None if changed is None else frozenset(changed)
    assert concerns(["screener/benches", "screener/tasks.py"], known) is is_concerned


def test_what_every_test_hangs_on_is_there():
    assert [each for each in ALWAYS if not (ROOT / each).exists()] == []
