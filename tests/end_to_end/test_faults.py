"""Refreshing through faults and killed workers brings the very rows of a refresh without them.

`ASSAY_TEST_FAULTS=long` runs every kind of fault at 20 %, and twenty kills over the whole recording,
which takes twenty minutes; without it a part of it runs, in a minute and a half.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from ast import literal_eval
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.end_to_end.installation import RECORDED, ROOT, SCORING, Installation, replay_server
from tests.servers.waiting import PATIENCE_S, until

pytestmark = [*RECORDED, pytest.mark.slow("assets", "screener/supervisor", *SCORING)]

IS_LONG = os.environ.get("ASSAY_TEST_FAULTS") == "long"
KINDS = ("429", "500", "503", "timeout", "reset", "truncate", "html", "empty", "slow", "nan")
PART = ("--limit", "600")
WHOLE = () if IS_LONG else PART
KILLS = 20 if IS_LONG else 3
STEPS_A_LIFE = 4
"""A worker is killed after one to so many answers, so that something is left for each of them."""
FAULTS = [f"{kind}=0.2" for kind in KINDS] if IS_LONG else [",".join(f"{kind}=0.02" for kind in KINDS)]

ROWS = """
import json
from decimal import Decimal
from assets.models import FactRow, AssetIdentifier, RefreshRun, RefreshStep, Observation
names = {}
known = AssetIdentifier.objects.order_by("namespace", "value")
for asset, namespace, value in known.values_list("asset_id", "namespace", "value"):
    names.setdefault(asset, []).append(f"{namespace}:{value}")
moving = {"id", "asset", "observation", "as_of", "known_at"}
rows = []
for model in FactRow.__subclasses__():
    columns = [each.name for each in model._meta.concrete_fields if each.name not in moving]
    for asset, *values in model.objects.values_list("asset_id", *columns):
        rows.append(repr((model.__name__, names[asset][0], [str(value) for value in values])))
steps = RefreshStep.objects.all()
print(json.dumps({
    "rows": sorted(rows),
    "states": sorted(set(RefreshRun.objects.values_list("state", flat=True))),
    "failed": list(steps.filter(state="failed").values_list("problem", flat=True)),
    "unended": steps.exclude(state__in=("done", "failed")).count() + steps.filter(unscored=True).count(),
    "steps": steps.count(),
    "remarks": sorted(set().union(*Observation.objects.values_list("remarks", flat=True))),
    "answers": Observation.objects.filter(status="parsed").count(),
    "attempts": sum(steps.values_list("attempts", flat=True)),
}))
"""


POOLS = ("refresh", "--provider", "geckoterminal", "--family", "pools")


def refresh(installation, *limit, may_fail=False):
    installation.refresh_coingecko("coingecko-2017", may_fail=may_fail)
    installation.manage(*POOLS, "--wait", *limit, may_fail=may_fail)


@cache
def clean(*limit):
    """What a refresh without faults brings."""
    with replay_server() as url, TemporaryDirectory(prefix="assay-clean-") as folder:
        installation = Installation(Path(folder), url)
        installation.manage("migrate", "-v", "0")
        refresh(installation, *limit)
        return installation.ask(ROWS)


def answered(state_dir):
    """How many steps have their answer, asked past the worker that is about to be killed."""
    with closing(sqlite3.connect(f"file:{state_dir / 'assay.sqlite3'}?mode=ro", uri=True)) as database:
        return database.execute("SELECT COUNT(*) FROM assets_refreshstep WHERE state = 'done'").fetchone()[0]


def with_gap(row, expected):
    """The expected row that this one is, but for figures that came as none; "" where there is no such row."""
    model, name, values = literal_eval(row)
    for other in expected:
        if other.startswith(f"('{model}', '{name}'"):
            pairs = zip(values, literal_eval(other)[2], strict=True)
            if all(value in ("None", wanted) for value, wanted in pairs):
                return other
    return ""


@pytest.mark.parametrize("faults", FAULTS)
def test_faults_cost_time_and_no_fact(faults, tmp_path):
    whole_run = clean(*PART)
    expected = whole_run["rows"]
    with replay_server("--fault", faults, "--seed", "7", "--hang-s", "3", "--slow-s", "1") as url:
        installation = Installation(tmp_path, url)
        installation.manage("migrate", "-v", "0")
        refresh(installation, *PART, may_fail=True)
        found = installation.ask(ROWS)
    assert found["unended"] == 0, "the runs end"
    assert "running" not in found["states"]
    with_gaps = set(found["rows"]) - set(expected)
    whole = {row: with_gap(row, expected) for row in with_gaps}
    assert all(whole.values()), "no wrong number is stored"
    damaged = set(found["remarks"]) - set(whole_run["remarks"])
    assert damaged or not with_gaps, "a figure that was damaged has a stated reason"
    missing = set(expected) - set(found["rows"]) - set(whole.values())
    assert len(found["rows"]) <= len(expected), "none is there twice"
    # A row whose only figure was damaged says nothing and isn't kept.
    assert not missing or found["failed"] or damaged, "whatever is missing has a stated reason"
    assert all(found["failed"])
    sys.stdout.write(
        f"{faults}: {len(found['rows'])} of {len(expected)} rows, {found['attempts']} attempts, "
        f"{len(found['failed'])} of {found['steps']} steps failed\n"
    )


def test_killed_workers_lose_nothing_and_double_nothing(tmp_path):
    dice = random.Random(7)
    with replay_server("--latency-ms", "40") as url:
        installation = Installation(tmp_path, url)
        installation.manage("migrate", "-v", "0")
        installation.refresh_coingecko("coingecko-2017")
        installation.manage(
            "refresh", "--provider", "geckoterminal", "--family", "pools", *WHOLE, may_fail=True
        )
        for _kill in range(KILLS):
            worker = subprocess.Popen(
                [sys.executable, "-c", SERVE],
                cwd=ROOT,
                env=installation.env,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
            ready = worker.stdout.readline()
            assert ready.startswith("worker "), ready
            wanted = answered(tmp_path) + dice.randint(1, STEPS_A_LIFE)
            until(lambda wanted=wanted: answered(tmp_path) >= wanted, "so many answers")
            os.killpg(int(ready.split()[1]), signal.SIGKILL)
            worker.send_signal(signal.SIGINT)
            worker.wait(timeout=PATIENCE_S)
            worker.stdout.close()
        assert installation.ask(ROWS)["unended"], "the workers were killed before the end"
        installation.manage("shell", "--no-imports", "-c", FINISH)
        found = installation.ask(ROWS)
    assert found["failed"] == []
    assert found["unended"] == 0
    assert found["answers"] == found["steps"], "each step has one answer"
    assert found["rows"] == clean(*WHOLE)["rows"], "no fact is lost, none is there twice"


SERVE = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # Ignored where the tests run in the background.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "screener.settings")
import django
django.setup()
from screener.supervisor import local_services
with local_services() as supervisor:
    print("worker", supervisor.pid_of("worker"), flush=True)
    signal.pause()
"""

FINISH = """
from assets.models import RefreshRun
from screener.supervisor import local_services
from tests.servers.waiting import until
with local_services():
    until(lambda: not RefreshRun.objects.filter(state="running").exists(), "the end of the run")
"""
