from assets.identity.holder_sources import named


def test_addresses_under_one_name():
    assert named("Locker", "  0xa\n 0xb ") == {"0xa": "Locker", "0xb": "Locker"}
