import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]


def test_the_former_name_names_the_new_one_whatever_its_options():
    ended = subprocess.run(
        [sys.executable, "manage.py", "plan", "--dry-run", "--assets", "18000"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "manage.py schedule" in ended.stderr
