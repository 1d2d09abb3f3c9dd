"""One bad field is not a bad object: garbage in one leaf of a body leaves all else as it was."""

import json
from dataclasses import fields

import pytest

from assets.providers.blockscout.provider import Blockscout
from assets.providers.coingecko import CoinGecko
from assets.providers.defillama.provider import DefiLlama
from assets.providers.dexscreener import DexScreener
from assets.providers.fmp import Fmp
from assets.providers.geckoterminal import GeckoTerminal
from assets.providers.goplus.provider import GoPlus
from assets.sourcing.contract import Need, RefusedError, UnreadableError
from tests.assets.providers.answers import payload, read, recorded

GARBAGE = (-(10**40), "1e400", "NaN", "-5", "x\u202e", {"usd": None}, [[None]], True)
"""What vendors have written in the place of a number, a text or a date."""

AURELIUM = "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0001"
GREG = "GregXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX1"
NAMING = {"id", "address", "hash", "address_hash", "pairAddress", "pair", "liquidity"}
"""Fields that say what others speak of (GoPlus' holders of LP tokens are those of the deepest pool)."""

HALF = 0.5


def asked(provider, family, *identifiers):
    return provider.requests(Need(family=family, identifiers=identifiers or None))[0]


def followed(provider, request, vendor, name):
    """The call that this body of ours leads to."""
    return read(provider, request, payload(vendor, name)).follow[0]


def bodies():
    """Provider, request and body of ours, by name."""
    gecko, llama, scout = GeckoTerminal(networks=("solana",)), DefiLlama(), Blockscout()
    fmp, goplus = Fmp(key="k"), GoPlus()
    page = asked(gecko, "pools")
    holders = asked(scout, "holders", ("address:base", AURELIUM))
    protocols = asked(llama, "usage")
    bars = followed(fmp, asked(fmp, "candles", ("cik", "1999001")), "fmp", "profile")
    (mint,) = json.loads(payload("goplus", "solana"))["result"]
    calls = {
        "coingecko/market": (CoinGecko(), asked(CoinGecko(), "market")),
        "coingecko/listing": (CoinGecko(), asked(CoinGecko(), "listing")),
        "coingecko/books": (CoinGecko(), asked(CoinGecko(), "books", ("coingecko", "aurelium"))),
        "geckoterminal/page": (gecko, page),
        "geckoterminal/tokens": (gecko, followed(gecko, page, "geckoterminal", "page")),
        "geckoterminal/token": (gecko, asked(gecko, "market", ("address:solana", GREG))),
        "geckoterminal/info": (gecko, asked(gecko, "holders", ("address:solana", GREG))),
        "dexscreener/pools": (DexScreener(), asked(DexScreener(), "pools", ("address:ethereum", AURELIUM))),
        "defillama/protocols": (llama, protocols),
        "defillama/fees": (llama, followed(llama, protocols, "defillama", "protocols")),
        "blockscout/token": (scout, holders),
        "blockscout/holders": (scout, followed(scout, holders, "blockscout", "token")),
        "goplus/token": (goplus, asked(goplus, "contract", ("address:bsc", AURELIUM))),
        "goplus/solana": (goplus, asked(goplus, "contract", ("address:solana", mint))),
        "fmp/bars": (fmp, bars),
    }
    return {name: (*call, payload(*name.split("/"))) for name, call in calls.items()}


BODIES = bodies()


def leaves(value, path=()):
    """The paths to all values that hold no others."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in items:
        if isinstance(child, (dict, list)) and child:
            yield from leaves(child, (*path, key))
        elif key not in NAMING:
            yield (*path, key)


def spoiled(body, path, garbage):
    """The body with this in the place of that leaf."""
    copy = json.loads(body)
    holder = copy
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = garbage
    return json.dumps(copy).encode()


def said(parsed):
    """By whom and what a row is about, what its fields say."""
    return {
        (type(row).__name__, row.asset.identifiers, *(getattr(row, name) for name in ("as_of", *row.key))): {
            each.name: getattr(row, each.name) for each in fields(row) if each.name not in {"asset", "as_of"}
        }
        for row in parsed.rows
    }


def is_known(value):
    return value is not None and value not in ("", (), {})


def check(provider, request, body, path, garbage, *, before):
    """All rows but one object's are as they were, and of that one most fields."""
    try:
        after = said(read(provider, request, spoiled(body, path, garbage)))
    except (RefusedError, UnreadableError):
        assert len(path) <= 2 or not before or len({key[1] for key in before}) == 1, path
        return
    lost = {key[1] for key in before.keys() - after.keys()}
    changed = {key[1] for key in before.keys() & after.keys() if before[key] != after[key]}
    assert len(lost | changed) <= 1 or path[0] == "included", (path, garbage)  # Several may refer to it.
    for key in before.keys() & after.keys():
        known = [name for name, value in before[key].items() if is_known(value)]
        kept = [name for name in known if before[key][name] == after[key][name]]
        assert len(kept) >= HALF * len(known) or len(known) - len(kept) <= 1, (path, garbage, key)


@pytest.mark.parametrize("name", BODIES)
def test_garbage_in_one_field_leaves_all_else(name):
    provider, request, body = BODIES[name]
    paths = list(leaves(json.loads(body)))
    assert paths
    before = said(read(provider, request, body))
    for place, path in enumerate(paths):
        check(provider, request, body, path, GARBAGE[place % len(GARBAGE)], before=before)


def on_solana(provider, family, address):
    return provider, asked(provider, family, ("address:solana", address))


RECORDED = {
    "coingecko/dashbrd/coins_markets.json": BODIES["coingecko/market"][:2],
    "goplus/token_security_solana_jup.json": on_solana(
        GoPlus(), "contract", "JUPyiwrYJFskUPiHa7hkeR8VUtAeFoSYbKedZNsDvCN"
    ),
}
MOST_LEAVES = 60
"""Of a recorded body so many leaves, spread over all of it."""


@pytest.mark.shared
@pytest.mark.parametrize("path", RECORDED)
def test_garbage_in_one_field_of_a_recorded_body_leaves_all_else(path):
    provider, request = RECORDED[path]
    body = recorded(path)
    before, paths = said(read(provider, request, body)), list(leaves(json.loads(body)))
    step = len(paths) // MOST_LEAVES | 1  # Odd, so that it does not meet the same field of every object.
    for place, leaf in enumerate(paths[::step]):
        check(provider, request, body, leaf, GARBAGE[place % len(GARBAGE)], before=before)
