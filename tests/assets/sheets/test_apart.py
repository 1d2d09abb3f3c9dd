import io
import json
import pickle
import subprocess

import pytest

from assets.sheets import apart
from assets.sheets.apart import read_table_apart
from assets.sheets.tables import ANYTHING, CSV, XLSX, Wanted, read_table
from assets.sheets.tables_as_json import order_written
from assets.sourcing.contract import UnreadableError
from screener.benches.bombs import far_rows, workbook

ROW = '<row><c t="inlineStr"><is><t>base</t></is></c><c><v>1.5</v></c></row>'


def test_a_workbook_is_read_as_it_is_here():
    body = workbook(ROW)
    assert read_table_apart(body, XLSX) == read_table(body, XLSX)
    assert read_table_apart(b"a,b\n1,2\n", CSV) == read_table(b"a,b\n1,2\n", CSV)
    wanted = Wanted(columns={"base"}, required=("base",))
    assert read_table_apart(body, XLSX, wanted) == read_table(body, XLSX, wanted)


def test_what_is_no_workbook_is_refused_with_its_reason():
    with pytest.raises(UnreadableError, match="not an XLSX workbook"):
        read_table_apart(b"PK\x03\x04 and nothing else", XLSX)


def test_what_takes_too_long_is_ended():
    with pytest.raises(UnreadableError, match=r"longer than 0\.01 seconds"):
        read_table_apart(far_rows(), XLSX, within_s=0.01)


def test_what_breaks_the_process_is_refused(monkeypatch):
    monkeypatch.setattr(apart.sys, "executable", "/bin/false")
    with pytest.raises(UnreadableError, match="too much memory"):
        read_table_apart(workbook(ROW), XLSX)


def test_the_process_says_what_it_found(monkeypatch, capfdbinary):
    monkeypatch.setattr(apart.resource, "setrlimit", lambda *_args: None)

    class OpenedStdin:
        buffer = io.BytesIO(order_written(b"PK\x03\x04", ANYTHING))

    monkeypatch.setattr(apart.sys, "stdin", OpenedStdin)
    assert apart.main() == apart.REFUSED
    assert "not an XLSX workbook" in json.loads(capfdbinary.readouterr().out)


class Attack:
    """Unpickled, it would write into a list of ours."""

    done: list[str] = []

    def __reduce__(self):
        return (Attack.done.append, ("ran",))


@pytest.mark.parametrize("ended_with", [0, apart.REFUSED])
def test_a_pickle_of_the_process_is_refused_and_never_run(monkeypatch, ended_with):
    """As one would write it whose workbook has taken the process over."""
    done = subprocess.CompletedProcess([], ended_with, stdout=pickle.dumps(Attack()))
    monkeypatch.setattr(apart.subprocess, "run", lambda *_args, **_more: done)
    with pytest.raises(UnreadableError, match="not an XLSX workbook"):
        read_table_apart(workbook(ROW), XLSX)
    assert Attack.done == []
