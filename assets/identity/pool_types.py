"""Pool types: by which formula the pools of an exchange price trades, whatever a vendor calls the exchange.

Sources: api.geckoterminal.com/docs (`/networks/{network}/dexes`), docs.dexscreener.com (`dexId`, `labels`),
docs.gopluslabs.io (`liquidity_type`, `type`), and the documentation of each exchange.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from assets.metrics.pools import BONDING_CURVE, CONCENTRATED, CONSTANT_PRODUCT, STABLE, WEIGHTED

BY_VERSION: Final[Mapping[str, str]] = {
    "v1": CONSTANT_PRODUCT,
    "v2": CONSTANT_PRODUCT,
    "v2.1": CONCENTRATED,
    "v2.2": CONCENTRATED,
    "v3": CONCENTRATED,
    "v4": CONCENTRATED,
}
"""Versions of Uniswap and its many copies: they say nothing of exchanges that are none (Balancer, Curve).
v2.1 and v2.2 are the liquidity books of LFJ."""

BY_LABEL: Final[Mapping[str, str]] = {
    "cpmm": CONSTANT_PRODUCT,
    "dyn": CONSTANT_PRODUCT,
    "dyn2": CONCENTRATED,
    "clmm": CONCENTRATED,
    "dlmm": CONCENTRATED,
    "wp": CONCENTRATED,
    "univ2": CONSTANT_PRODUCT,
    "univ3": CONCENTRATED,
    "univ4": CONCENTRATED,
    "standard": CONSTANT_PRODUCT,
    "concentrated": CONCENTRATED,
}
"""What DexScreener and GoPlus say of the pool itself, which goes before the exchange's name.

DYN2 is Meteora's DAMM v2, whose positions can be ranges.
"""

BY_EXCHANGE: Final[Mapping[str, str]] = {
    name: pool_type
    for pool_type, names in {
        CONSTANT_PRODUCT: """
            aerodrome aerodrome-base alienbase apeswap apeswap-ethereum baseswap biswap camelot cetus-amm
            degenswap dexlab dojoswap dooar-ethereum fluxbeam fraxswap-ethereum kyberswap-classic-ethereum
            lfj-v1 mdex meteora-damm-v1 pancakeswap pancakeswap-ethereum pulsex pumpswap pump-swap pumpfun-amm
            quickswap raydium raydium-cpmm sakeswap saros-amm shibaswap solidlydex spookyswap sushiswap
            sushiswap-ethereum swapr-ethereum templedao thena traderjoe uniswap-ethereum velodrome verse
            whiteswap
        """,
        CONCENTRATED: """
            aerodrome-slipstream aerodrome-slipstream-2 ambient byreal cetus crocswap defituna
            invariant kyberswap-elastic maverick meteora meteora-damm-v2 meteora-dlmm orca orca-whirlpool
            raydium-clmm saros-dlmm slipstream velodrome-slipstream
        """,
        BONDING_CURVE: """
            ape-store arena-trade bags believe boop boop-fun boopfun daos-fun flap four-meme fourmeme gaspump
            gra-fun heaven launchlab letsbonk meteora-dbc meteoradbc moonit moonshot movepump pump-fun pumpfun
            raydium-launchlab raydium-launchpad sun-pump sunpump token-mill tokenmill virtuals virtuals-base
            virtuals-solana virtuals-bonding vertigo wavebreak
        """,
        STABLE: "curve curve-ethereum ellipsis mercurial saber saros-stable wombat",
        WEIGHTED: "balancer balancer-ethereum beethovenx",
        "": """
            bancor bisonfi clipper dodo fluid goonfi hashflow humidifi integral integral-size lifinity
            lifinity-v2 native-swap obric obric-v2 smardex solfi tessera tessera-v wintermute woofi
            zerofi
        """,
    }.items()
    for name in names.split()
}
"""By the exchange's id, in small letters with hyphens. Solidly and its kin (Aerodrome, Velodrome, Thena,
Camelot) have stable pools too: their tokens are pegged, and no micro-cap's.

"" has those who price trades by an oracle, by quotes or by a formula of their own, whatever their version.
"""

BY_WORD: Final[tuple[tuple[str, str], ...]] = (
    (r"dbc|launch|launchpad|launchlab|bonding|pump|fun|meme", BONDING_CURVE),
    (r"stableswap|stable", STABLE),
    (r"weighted|balancer", WEIGHTED),
    (r"v3|v4|clmm|dlmm|cl|slipstream|algebra|elastic|whirlpools?|concentrated", CONCENTRATED),
    (r"v2|cpmm|classic", CONSTANT_PRODUCT),
)
"""Words of ids that the table above does not have: "someswap-v3-base", "some_swap_v2"."""


def pool_type_of(exchange: str, labels: Iterable[str] = ()) -> str:
    """One of `metrics.pools.POOL_TYPES`, "" where nothing says it.

    `labels` are the vendor's words on the pool itself. A launchpad's are not looked at: its pools are curves.
    """
    name = re.sub(r"[\s_().]+", "-", exchange.casefold()).strip("-")
    named = BY_EXCHANGE[name] if name in BY_EXCHANGE else _by_word(name)
    if named == BONDING_CURVE or (name in BY_EXCHANGE and not named):
        return named
    words = [re.sub(r"[\s_()]+", "-", each.casefold()).strip("-") for each in labels]
    of_itself = (BY_LABEL.get(each) or ("" if each in BY_VERSION else _by_word(each)) for each in words)
    told = next(filter(None, of_itself), "")
    if told or named not in {"", CONSTANT_PRODUCT}:
        return told or named
    return next(filter(None, map(BY_VERSION.get, words)), named)


def _by_word(name: str) -> str:
    words = re.sub(r"(?<=[a-z])(v\d)\b", r"-\1", name)
    for pattern, pool_type in BY_WORD:
        if re.search(rf"(?:^|-)(?:{pattern})(?:-|$)", words):
            return pool_type
    return ""
