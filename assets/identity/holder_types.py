"""Holder types: what kind of holder an address is, by address, by label, by lock.

Only what holds for others (a pool, a bridge, an exchange, a locker) or for nobody (a burn
address) has to be told apart; the rest is a wallet, or not known.
"""

import re
from collections.abc import Collection
from typing import Final

BURN_ADDRESSES: Final = frozenset(
    {
        "0x0000000000000000000000000000000000000000",
        "0x0000000000000000000000000000000000000001",
        "0x000000000000000000000000000000000000dead",
        "0xdead000000000000000042069420694206942069",
        "1nc1nerator11111111111111111111111111111111",  # The incinerator of Solana's programs.
    }
)

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


def holder_type(
    address: str,
    *,
    label: str = "",
    is_contract: bool | None = None,
    is_locked: bool | None = None,
    pools: Collection[str] = (),
) -> str:
    """One of `metrics.holders.HOLDER_TYPES`. A contract of which nothing else is known is "unknown"."""
    if address in BURN_ADDRESSES:
        return "burn"
    if address in pools:
        return "pool"
    for kind, words in WORDS:
        if words.search(label.lower()):
            return kind
    if is_locked:
        return "locker"
    if is_contract is None:
        return "unknown"
    return "unknown" if is_contract else "wallet"
