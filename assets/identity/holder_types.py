"""Holder types: what kind of holder an address is, by address, by label, by lock.

Only what holds for others (a pool, a bridge, an exchange, a locker, a staking contract) or for nobody (a
burn address) has to be told apart; the rest is a wallet, a contract of which nothing more is known, or
not even that.
"""

import re
from collections.abc import Collection
from typing import Final

from Crypto.Signature.eddsa import import_public_key

from assets.identity.burned import is_burned
from assets.identity.checksums import SOLANA_BYTES, base58_bytes, is_solana_address
from assets.identity.known_holders import known_type

SOLANA: Final = "solana"

# What labels say, in the order in which it decides: the treasury or the locker of an exchange is
# neither the exchange nor its pool. Short words count as whole words only: a block is not locked.
# The names: etherscan.io/accounts/label/{exchange,bridge,token-locker}, docs.raydium.io, defillama.com/dexs.
WORDS: Final = tuple(
    (kind, re.compile(rf"(?<![a-z0-9])(?:{words})"))
    for kind, words in (
        ("burn", r"burn(?:ed|er)?\b|null address|black ?hole|incinerator"),
        ("bridge", r"bridge|wormhole|portal\b|gateway\b|layerzero|erc20 predicate"),
        (
            "locker",
            r"unicrypt|uncx|team ?finance|pinklock|pinksale|mudra|streamflow|lock(?:er|ed)?\b|vesting"
            r"|time ?lock",
        ),
        ("staking", r"stak(?:ing|ed|er)\b|stake pool|masterchef|rewards? distributor"),
        ("treasury", r"treasury|multi-?sig|gnosis ?safe|safe: |dao\b|foundation\b"),
        (
            "exchange",
            r"binance|kucoin|gate\.io|mexc\b|kraken|coinbase|okx|bybit|bitfinex|bitget|crypto\.com|htx\b"
            r"|huobi|upbit|hot wallet|exchange\b",
        ),
        (
            "pool",
            r"uniswap|pancake|sushi|raydium|orca\b|meteora|curve\b|balancer|aerodrome|lp token|pool\b",
        ),
    )
)

THIEF: Final = re.compile(
    r"(?<![a-z0-9])(?:exploiters?|hack(?:er|ed)?|attackers?|phish(?:ing)?|scam(?:mer)?|drainer|stolen|heist)"
    r"(?![a-z0-9])"
)
"""Who robbed an exchange is labelled by its name, and is none: "Bybit Exploiter 1" at etherscan.io."""


def holder_type(
    address: str,
    *,
    chain: str = "",
    label: str = "",
    is_contract: bool | None = None,
    is_locked: bool | None = None,
    pools: Collection[str] = (),
) -> str:
    """One of `metrics.holders.HOLDER_TYPES`: by its address where that says it, else by what is given."""
    if is_burned(address):
        return "burn"
    if address in pools:
        return "pool"
    if kind := known_type(chain, address):
        return kind
    said = "" if THIEF.search(label.lower().replace("_", " ")) else label.lower()
    for kind, words in WORDS:
        if words.search(said):
            return kind
    if is_locked:
        return "locker"
    if is_contract is None and chain == SOLANA:
        is_contract = is_off_curve(address)
    return {True: "contract", False: "wallet", None: "unknown"}[is_contract]


def is_off_curve(address: str) -> bool | None:
    """Whether a program owns this address of Solana: it is no point of the curve, so it has no key.

    None where it is no address. Source: solana.com/docs/core/pda.
    """
    if not is_solana_address(address):
        return None
    try:
        import_public_key(base58_bytes(address).rjust(SOLANA_BYTES, b"\0"))
    except ValueError:
        return True
    return False
