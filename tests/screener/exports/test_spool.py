import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.exports.spool import Spool, TooLargeError


@given(st.lists(st.binary(max_size=200_000), max_size=4))
def test_a_file_is_its_pieces(pieces):
    spool = Spool(pieces)
    assert spool.size == sum(map(len, pieces))
    assert b"".join(spool) == b"".join(pieces)
    spool.close()


def test_an_error_while_writing_is_an_error():
    def broken():
        yield b"a"
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        Spool(broken())


def test_a_file_has_a_limit():
    assert Spool([b"ab"], most_bytes=2).size == 2
    with pytest.raises(TooLargeError):
        Spool([b"ab", b"c"], most_bytes=2)


def test_whoever_waits_for_its_end_is_called_once():
    called = []
    spool = Spool([b"a"])
    spool.on_close = lambda: called.append(1)
    spool.close()
    spool.close()
    del spool
    assert called == [1]


def test_a_file_that_nobody_sends_is_gone_with_its_answer():
    called = []
    spool = Spool([b"a"])
    spool.on_close = lambda: called.append(1)
    del spool
    assert called == [1]
