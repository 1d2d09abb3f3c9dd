import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.identity.references import read_reference

EVM = "0x6982508145454ce325ddbe47a25d4ec3d2311933"
MIXED = "0x6982508145454Ce325dDbE47a25d4ec3d2311933"
SOLANA = "So11111111111111111111111111111111111111112"
STELLAR = "GA5ZSEJYB37JRC5AVCIA5MOP4RHTM335X2KGX3IHOJAPP5RE34K4KZVN"


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        (f"ethereum:{EVM}", ("address:ethereum", EVM)),
        (f"Base: {MIXED}", ("address:base", EVM)),
        (f"eip155:1:{EVM}", ("address:ethereum", EVM)),
        (f"eip155:56/erc20:{EVM}", ("address:bsc", EVM)),
        (f"bnb:{EVM}", ("address:bsc", EVM)),
        (f"sol:{SOLANA}", ("address:solana", SOLANA)),
        (SOLANA, ("address:solana", SOLANA)),
        (f" “{SOLANA}” ", ("address:solana", SOLANA)),
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", ("address:tron", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t")),
        (f"USDC:{STELLAR}", ("address:stellar", f"USDC-{STELLAR}")),
        ("CIK 0000320193", ("cik", "320193")),
        ("cik:320193", ("cik", "320193")),
        ("0000320193", ("cik", "320193")),
        (f"https://basescan.org/token/{EVM}?a=1#b", ("address:base", EVM)),
        (f"www.dexscreener.com/solana/{SOLANA}", ("address:solana", SOLANA)),
        ("https://www.coingecko.com/en/coins/pepe", ("coingecko", "pepe")),
    ],
)
def test_what_is_certain_names_one_asset(text, identifier):
    found = read_reference(text)
    assert found.identifiers == (identifier,)
    assert not found.problem


def test_an_address_without_its_chain_may_be_on_any_that_writes_so():
    chains = {namespace for namespace, value in read_reference(MIXED).identifiers if value == EVM}
    assert {"address:ethereum", "address:base", "address:bsc"} <= chains
    assert "address:solana" not in chains


@pytest.mark.parametrize(
    ("text", "tickers", "kind", "chain"),
    [
        ("PEPE", ("PEPE",), "", ""),
        ("$pepe", ("pepe",), "", ""),
        ("usdc", ("usdc",), "", ""),
        ("Shiba Inu", ("Shiba Inu",), "", ""),
        ("PEPE/USDT", ("PEPE/USDT", "PEPE"), "", ""),
        ("solana:BONK", ("BONK",), "token", "solana"),
        ("BINANCE:PEPEUSDT", ("PEPE", "PEPEUSDT"), "token", ""),
        ("KRAKEN: XBTUSD", ("XBT", "XBTUSD"), "token", ""),
        ("NASDAQ:ABCD", ("ABCD",), "equity", ""),
        ("OTC Markets: ABCD", ("ABCD",), "equity", ""),
        ("ABCD US Equity", ("ABCD",), "equity", ""),
        ("ABCD:US", ("ABCD",), "equity", ""),
    ],
)
def test_a_symbol_is_narrowed_by_what_stands_before_it(text, tickers, kind, chain):
    found = read_reference(text)
    assert (found.tickers, found.kind, found.chain) == (tickers, kind, chain)
    assert not (found.identifiers)
    assert not (found.problem)


def test_a_line_of_a_share_is_one_in_every_notation():
    lines = {read_reference(each).lines for each in ("BRK.B", "BRK-B", "NYSE:BRK/B", "brk.b")}
    assert lines == {(("ticker:us", "BRKB"),)}


def test_digits_alone_may_be_a_filer_or_a_symbol():
    found = read_reference("320193")
    assert (("cik", "320193") in found.lines, found.tickers) == (True, ("320193",))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "names no asset"),
        ("---", "names no asset"),
        (MIXED[:-1] + "4", "typing error"),
        (EVM[:-1], "not a contract address"),
        (f"base:{EVM[:-1]}", "not an address of an EVM chain"),
        ("0x6982…1933", "shortened"),
        ("0x6982...1933", "shortened"),
        (SOLANA + "3", "typing error"),
        ("LSE:ABCD", "no chain and no exchange"),
        ("https://example.com/pepe", "without a contract address"),
        ("http://[::1", "not a link"),
        ("1.5", "is a number"),
        ("$0.00012", "is a number"),
        ("x" * 150, "too long"),
        ("x" * 500, "too long"),
        ("NASDAQ:!!", "is no US ticker"),
    ],
)
def test_what_names_nothing_says_why(text, problem):
    found = read_reference(text)
    assert problem in found.problem
    assert not (found.identifiers)
    assert not (found.tickers)
    assert not (found.lines)


@given(st.text(max_size=250))
def test_any_text_is_read_and_either_names_something_or_says_why_not(text):
    found = read_reference(text)
    assert bool(found.problem) != bool(found.identifiers or found.tickers or found.lines)


@given(st.from_regex(r"0x[0-9a-f]{40}", fullmatch=True), st.sampled_from(["base", "ethereum", "bsc"]))
def test_an_address_on_its_chain_is_among_those_without_one(address, chain):
    alone, placed = read_reference(address), read_reference(f"{chain}:{address.upper().replace('X', 'x')}")
    assert placed.identifiers == ((f"address:{chain}", address),)
    assert {*placed.identifiers} <= {*alone.identifiers}
