from pathlib import Path

import pytest

from screener.benches.databases import SQLITE, databases, in_its_own_process, new_database


def test_a_database_is_gone_afterwards():
    with new_database(SQLITE) as url:
        folder = Path(url.removeprefix("sqlite:///")).parent
        assert folder.is_dir()
    assert not folder.exists()


def test_sqlite_is_always_there():
    assert databases()[0] == SQLITE


def test_a_bench_that_breaks_says_why():
    with new_database(SQLITE) as url, pytest.raises(RuntimeError, match=r"(?s)alien 1 broke.*KeyError"):
        in_its_own_process("screener.benches.score", "alien", "1", url=url)
