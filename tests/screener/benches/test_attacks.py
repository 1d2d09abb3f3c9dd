import pytest

from screener.benches.attacks import ATTACKS


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_asks_something_else_each_time_or_the_same(name):
    first, second = (ATTACKS[name].asked(number, "sessionid=x") for number in (1, 2))
    assert first.head.startswith(("GET /", "POST /"))
    assert first.head.endswith("\r\n")
    assert name == "pipelined" or "\r\n\r\n" not in first.head
    assert first.head.splitlines()[0].isascii()
    assert first.head.count("\r\n") == second.head.count("\r\n")
