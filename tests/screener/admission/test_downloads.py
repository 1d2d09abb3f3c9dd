import os
import subprocess
import sys
from pathlib import Path

import pytest

from screener.admission import downloads
from screener.admission.downloads import begin_download
from screener.admission.gate import AdmissionGate, BusyError

HOLD = """
import sys
from pathlib import Path
from screener.admission.downloads import _locked
release = _locked(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch) -> Path:
    settings.STATE_DIR = tmp_path
    monkeypatch.setattr(downloads, "DOWNLOADS", AdmissionGate(at_once=2))
    return tmp_path / downloads.FOLDER


def test_a_reader_has_one_at_a_time_and_leaves_nothing_behind(folder):
    end = begin_download("ana")
    with pytest.raises(BusyError):
        begin_download("ana")
    begin_download("ben")()
    end()
    begin_download("ana")()
    assert list(folder.iterdir()) == []
    assert not downloads.DOWNLOADS.is_busy


def test_all_together_have_few():
    ends = [begin_download(name) for name in "ab"]
    with pytest.raises(BusyError):
        begin_download("c")
    for end in ends:
        end()
    begin_download("c")()


def test_another_process_counts_until_it_is_killed(folder):
    path = downloads._file_of("ana")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "screener.settings"},
    ) as other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(BusyError):
            begin_download("ana")
        other.kill()
        other.wait()
    begin_download("ana")()
    assert list(folder.iterdir()) == []


def test_a_file_that_its_owner_removed_meanwhile_is_made_anew(folder, monkeypatch):
    path, real, places = downloads._file_of("ana"), downloads._is_at, iter([False])

    def first_removed(where, handle):
        if not next(places, True):
            path.unlink()
        return real(where, handle)

    monkeypatch.setattr(downloads, "_is_at", first_removed)
    end = begin_download("ana")
    assert path.exists()
    end()
