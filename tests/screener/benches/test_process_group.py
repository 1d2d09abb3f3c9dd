import os
import time

from screener.benches.process_group import cpu_s, group

NOBODY = 0x7FFFFFFF


def test_a_group_is_its_processes():
    assert str(os.getpid()) in {each.name for each in group(os.getpgid(0))}
    assert list(group(NOBODY)) == []


def test_work_is_counted():
    before, begun = cpu_s(os.getpgid(0)), time.process_time()
    while time.process_time() < begun + 0.05:
        pass
    assert cpu_s(os.getpgid(0)) >= before + 0.03
    assert cpu_s(NOBODY) == 0
