"""What kind of holder an address is, as far as its provider tells: by address, by label, by lock.

Only what holds for others (a pool, a bridge, an exchange, a locker) or for nobody (a burn
address) has to be told apart; the rest is a wallet, or not known.
"""

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

# Words of labels, lower case, in the order in which they decide: "Uniswap V2: bridge" is a bridge.
WORDS: Final = (
    ("burn", "burn|null address|black hole|incinerator"),
    ("bridge", "bridge|wormhole|portal|gateway|layerzero|erc20 predicate"),
    (
        "exchange",
        "binance|kucoin|gate.io|mexc|kraken|coinbase|okx|bybit|bitfinex|bitget|crypto.com|htx|huobi|upbit"
        "|hot wallet|exchange",
    ),
    ("locker", "unicrypt|uncx|team finance|teamfinance|pinklock|pinksale|mudra|streamflow|lock|vesting"),
    (
        "pool",
        "uniswap|pancake|sushi|raydium|orca|meteora|curve|balancer|aerodrome|liquidity pool|lp token| pool",
    ),
    ("treasury", "treasury|multisig|gnosis safe|safe: |dao|foundation"),
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
    words = f" {label.lower()}"
    for kind, signs in WORDS:
        if any(sign in words for sign in signs.split("|")):
            return kind
    if is_locked:
        return "locker"
    if is_contract is None:
        return "unknown"
    return "unknown" if is_contract else "wallet"
