from screener.exports.outbox import Outbox


def test_an_outbox_forgets_what_was_fetched_and_knows_where_it_is():
    outbox = Outbox()
    outbox.write(b"abc")
    assert (outbox.fetch(), outbox.fetch(), outbox.tell()) == (b"abc", b"", 3)
    outbox.write(b"d")
    assert (outbox.tell(), outbox.fetch()) == (4, b"d")
