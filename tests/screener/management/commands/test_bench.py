import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.screener.benches.watched import PAGES

ROOT = Path(__file__).resolve().parents[4]


def bench(*arguments, **changes):
    return subprocess.run(
        [sys.executable, "manage.py", "bench", *arguments],
        cwd=ROOT,
        env=os.environ | changes,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow(*PAGES)
def test_a_bench_prints_one_object_and_leaves_the_database_alone(tmp_path):
    mine = tmp_path / "mine.sqlite3"
    done = bench("page", "--assets", "60,120", "--json", ASSAY_DATABASE_URL=f"sqlite:///{mine}")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["bench"] == "page"
    assert [row["assets"] for row in found["rows"]] == 8 * [60] + 8 * [120]
    assert all(0 < row["p50_ms"] <= row["p95_ms"] for row in found["rows"])
    assert not mine.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("weather",),
        ("page", "--assets", "many"),
        ("page", "--assets", "0"),
        ("load", "--users", "none"),
        ("load", "--seconds", "-1"),
    ],
)
def test_a_bench_that_makes_no_sense_is_refused_in_one_sentence(arguments, capsys):
    with pytest.raises(CommandError) as refused:
        call_command("bench", *arguments)
    assert refused.value.returncode == 2
    assert len(str(refused.value).strip().splitlines()) == 1
    assert capsys.readouterr().out == ""


def test_a_refusal_is_the_code_and_the_last_words_of_the_process():
    done = bench("weather")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
