import os
import subprocess
import sys

import pytest

from screener.supervisor.child import ServiceError
from screener.supervisor.pid_lock import AlreadyRunningError, pid_lock

HOLD = (
    "import sys; from pathlib import Path; from screener.supervisor.pid_lock import pid_lock\n"
    "with pid_lock(Path(sys.argv[1])): print('held', flush=True); input()"
)


def test_a_second_start_says_which_process_holds_the_lock(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        with (
            pytest.raises(ServiceError, match=rf"already runs .* \(process {other.pid}\)"),
            pid_lock(tmp_path),
        ):
            pass
        other.kill()
    with pid_lock(tmp_path):
        assert (tmp_path / "up.lock").read_text() == str(os.getpid())


def test_a_folder_that_can_not_be_used_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ServiceError, match="ASSAY_STATE_DIR"), pid_lock(tmp_path / "file"):
        pass


def test_a_second_start_learns_where_the_first_one_answers(tmp_path):
    hold = HOLD.replace(
        "with pid_lock(Path(sys.argv[1])):", "with pid_lock(Path(sys.argv[1])) as a: a('http://x/');"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunningError) as error, pid_lock(tmp_path):
            pass
        assert (error.value.pid, error.value.address) == (str(other.pid), "http://x/")
        other.kill()
