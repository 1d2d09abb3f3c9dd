from assets.sandbox.names import address_of, name_of, symbol_of


def test_names_and_symbols_say_that_they_are_made_up_and_differ():
    names = [name_of(index, "token") for index in range(2_000)]
    symbols = [symbol_of(index) for index in range(2_000)]
    assert len(set(names)) == len(set(symbols)) == 2_000
    assert all(symbol.startswith("X_") and symbol.isascii() for symbol in symbols)


def test_addresses_have_the_length_of_real_ones_and_are_none():
    assert len(address_of(7)) == len(address_of(7, "POOL")) == 42
    assert address_of(7) != address_of(8)
    assert "SANDBOX" in address_of(7)
