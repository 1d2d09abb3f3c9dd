"""Chains: one name for each, whatever a vendor or a person calls it, so that addresses from several meet.

The vendors' names: https://api.coingecko.com/api/v3/asset_platforms and
https://api.geckoterminal.com/api/v2/networks (which names CoinGecko's platform of each network), the chain
ids: https://chainlist.org.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from assets.identity.addresses import canonical, without_case, written
from assets.identity.checksums import is_solana_address
from assets.sourcing.messages import message
from assets.sourcing.reading import text_of
from assets.sourcing.rows import Identifier

CAIP_PREFIX: Final = "eip155:"
JOINTS: Final = re.compile(r"[\s_-]+")
SUFFIXES: Final = ("-mainnet", "-network", "-chain", "-blockchain")
HEX_ID: Final = re.compile(r"(?<![0-9a-f])(?:0x)?([0-9a-f]{64}|[0-9a-f]{40})(?![0-9a-f])", re.IGNORECASE)
NO_BASE58: Final = re.compile(r"[^1-9A-HJ-NP-Za-km-z]+")
ID_DIGITS: Final = 64
POOL_OF_VAULT: Final = re.compile(r"(0x[0-9a-f]{40})000[0-2]0{12}[0-9a-f]{8}")
"""A pool's address, its specialization (0 to 2) and a counter of ten bytes.
Source: docs-v2.balancer.fi/reference/contracts/pool-interfacing.html#pool-ids."""


@dataclass(frozen=True, slots=True)
class Chain:
    """`chain_id` is that of EIP-155, 0 for a chain that is not an EVM; `form` how addresses are written.

    A vendor's name is "" where it doesn't have the chain. `also` are names that people and token standards
    give it. `examined` says whether security vendors and explorers are asked about its contracts.
    """

    name: str
    coingecko: str = ""
    geckoterminal: str = ""
    dexscreener: str = ""
    chain_id: int = 0
    form: str = "evm"
    also: tuple[str, ...] = ()
    examined: bool = False


def _evm(
    name: str,
    coingecko: str,
    geckoterminal: str,
    chain_id: int,
    also: str = "",
    *,
    dexscreener: str = "",
    examined: bool = False,
) -> Chain:
    names = tuple(also.split())
    return Chain(name, coingecko, geckoterminal, dexscreener or name, chain_id, "evm", names, examined)


def _other(
    name: str, coingecko: str, geckoterminal: str, form: str, also: str = "", *, dexscreener: str = ""
) -> Chain:
    return Chain(name, coingecko, geckoterminal, dexscreener, 0, form, tuple(also.split()))


CHAINS: Final = (
    _evm("ethereum", "ethereum", "eth", 1, "erc20 erc-20 ether", examined=True),
    _other("solana", "solana", "solana", "solana", "sol spl", dexscreener="solana"),
    _evm("base", "base", "base", 8453, examined=True),
    _evm("bsc", "binance-smart-chain", "bsc", 56, "bnb binance bep20 bep-20 bnb-smart", examined=True),
    _evm("arbitrum", "arbitrum-one", "arbitrum", 42161, "arb", examined=True),
    _evm("avalanche", "avalanche", "avax", 43114, "avax-c avax-c-chain avalanche-c c-chain", examined=True),
    _evm("celo", "celo", "celo", 42220, examined=True),
    _evm("cronos", "cronos", "cro", 25, examined=True),
    _evm("fantom", "fantom", "ftm", 250, "opera fantom-opera", examined=True),
    _evm("gnosis", "xdai", "xdai", 100, dexscreener="gnosischain", examined=True),
    _evm("optimism", "optimistic-ethereum", "optimism", 10, "op op-mainnet", examined=True),
    _evm("polygon", "polygon-pos", "polygon_pos", 137, "matic pol polygon-matic", examined=True),
    _evm("pulsechain", "pulsechain", "pulsechain", 369, "pulse", examined=True),
    _evm("scroll", "scroll", "scroll", 534352, examined=True),
    _other("sui", "sui", "sui-network", "move", dexscreener="sui"),
    _evm("zksync", "zksync", "zksync", 324, "zksync-era era", examined=True),
    # Known by name only: no security vendor or explorer is asked about these.
    _evm("linea", "linea", "linea", 59144),
    _evm("mantle", "mantle", "mantle", 5000, "mnt"),
    _evm("blast", "blast", "blast", 81457),
    _evm("sonic", "sonic", "sonic", 146),
    _evm("berachain", "berachain", "berachain", 80094, "bera"),
    _evm("opbnb", "opbnb", "opbnb", 204),
    _evm("unichain", "unichain", "unichain", 130),
    _evm("abstract", "abstract", "abstract", 2741),
    _evm("hyperevm", "hyperevm", "hyperevm", 999),
    _evm("worldchain", "world-chain", "world-chain", 480),
    _evm("manta", "manta-pacific", "manta-pacific", 169),
    _evm("mode", "mode", "mode", 34443),
    _evm("taiko", "taiko", "taiko", 167000),
    _evm("fraxtal", "fraxtal", "fraxtal", 252),
    _evm("ronin", "ronin", "ronin", 2020),
    _evm("moonbeam", "moonbeam", "glmr", 1284),
    _evm("moonriver", "moonriver", "movr", 1285),
    _evm("harmony", "harmony-shard-0", "one", 1666600000),
    _evm("klaytn", "klay-token", "klaytn", 8217, "kaia", dexscreener="klaytn"),
    _evm("heco", "huobi-token", "heco", 128, "ht hrc20"),
    _evm("okc", "okex-chain", "okexchain", 66, "okt okexchain oec kip20", dexscreener="okexchain"),
    _evm("kcc", "kucoin-community-chain", "kcc", 321, "krc20"),
    _evm("aurora", "aurora", "aurora", 1313161554),
    _evm("metis", "metis-andromeda", "metis", 1088, "andromeda"),
    _evm("boba", "boba", "boba", 288),
    _evm("fuse", "fuse", "fuse", 122),
    _evm("iotex", "iotex", "iotx", 4689),
    _evm("energi", "energi", "nrg", 39797),
    _evm("wanchain", "wanchain", "wan", 888),
    _evm("kardiachain", "kardiachain", "kai", 24),
    _evm("meter", "meter", "mtr", 82),
    _evm("velas", "velas", "velas", 106),
    _evm("shiden", "shiden network", "sdn", 336),
    _evm("telos", "telos", "tlos", 40, "telos-evm"),
    _evm("syscoin", "syscoin", "sys", 57),
    _evm("rollux", "rollux", "rollux", 570),
    _evm("oasis", "oasis", "oasis", 42262, "oasis-emerald emerald"),
    _evm("astar", "astar", "astr", 592),
    _evm("elastos", "elastos", "ela", 20),
    _evm("milkomeda", "milkomeda-cardano", "milkada", 2001),
    _evm("dfk", "defi-kingdoms-blockchain", "dfk", 53935),
    _evm("evmos", "evmos", "evmos", 9001),
    _evm("conflux", "conflux", "cfx", 1030, "conflux-espace"),
    _evm("bittorrent", "bittorrent", "bttc", 199),
    _evm("kava", "kava", "kava", 2222),
    _evm("bitgert", "bitgert", "bitgert", 32520, "brise"),
    _evm("dogechain", "dogechain", "dogechain", 2000),
    _evm("arbitrum-nova", "arbitrum-nova", "arbitrum_nova", 42170, dexscreener="arbitrumnova"),
    _evm("canto", "canto", "canto", 7700),
    _evm(
        "ethereum-classic", "ethereum-classic", "ethereum_classic", 61, "etc", dexscreener="ethereumclassic"
    ),
    _evm("ethereumpow", "ethereumpow", "ethw", 10001),
    _evm("songbird", "songbird", "songbird", 19),
    _evm("flare", "flare-network", "flare", 14),
    _evm("core", "core", "core", 1116),
    _evm("polygon-zkevm", "polygon-zkevm", "polygon-zkevm", 1101, dexscreener="polygonzkevm"),
    _evm("wemix", "wemix-network", "wemix", 1111),
    _evm("oasys", "oasys", "oasys", 248),
    _evm("thundercore", "thundercore", "thundercore", 108),
    _evm("smartbch", "smartbch", "bch", 10000),
    _evm("chiliz", "chiliz", "chiliz-chain", 88888),
    _evm("sei", "sei-v2", "sei-evm", 1329, "sei-evm", dexscreener="seiv2"),
    _other("xdc", "xdc-network", "xdc", "xdc", "xinfin xrc20"),
    _other("aptos", "aptos", "aptos", "move", "apt", dexscreener="aptos"),
    _other("movement", "movement", "movement", "move"),
    _other("starknet", "starknet", "starknet-alpha", "felt", "strk", dexscreener="starknet"),
    _other("ton", "the-open-network", "ton", "ton", "toncoin open-network tep-74", dexscreener="ton"),
    _other("tron", "tron", "tron", "tron", "trx trc20 trc-20", dexscreener="tron"),
    _other("near", "near-protocol", "near", "near", "nep141 nep-141", dexscreener="near"),
    _other("xrpl", "xrp", "xrpl", "xrpl", "ripple xrp-ledger", dexscreener="xrpl"),
    _other("stellar", "stellar", "stellar", "stellar", "xlm"),
    _other("hedera", "hedera-hashgraph", "hedera-hashgraph", "hedera", "hbar", dexscreener="hedera"),
    _other("cardano", "cardano", "cardano", "cardano", "ada", dexscreener="cardano"),
    _other("algorand", "algorand", "", "algorand", "algo", dexscreener="algorand"),
    _other("cosmos", "cosmos", "", "cosmos", "atom cosmos-hub"),
    _other("osmosis", "osmosis", "", "cosmos", "osmo", dexscreener="osmosis"),
    _other("injective", "injective", "", "cosmos", "inj", dexscreener="injective"),
    _other("terra", "terra", "terra", "cosmos", "lunc terra-classic"),
    _other("terra-2", "terra-2", "", "cosmos", "terra2"),
    _other("kujira", "kujira", "", "cosmos"),
    _other("juno", "juno", "", "cosmos"),
    _other("secret", "secret", "", "cosmos"),
    _other("stargaze", "stargaze", "", "cosmos"),
    _other("neutron", "neutron", "", "cosmos"),
)

FORM_OF: Final[dict[str, str]] = {chain.name: chain.form for chain in CHAINS}


def _by(names: Iterable[tuple[str, Chain]]) -> dict[str, str]:
    return {name: chain.name for name, chain in names if name}


BY_COINGECKO: Final = _by((chain.coingecko, chain) for chain in CHAINS)
BY_GECKOTERMINAL: Final = _by((chain.geckoterminal, chain) for chain in CHAINS)
BY_DEXSCREENER: Final = _by((chain.dexscreener, chain) for chain in CHAINS)
TO_GECKOTERMINAL: Final[dict[str, str]] = {
    chain.name: chain.geckoterminal for chain in CHAINS if chain.geckoterminal
}
TO_DEXSCREENER: Final[dict[str, str]] = {
    chain.name: chain.dexscreener for chain in CHAINS if chain.dexscreener
}
TO_CHAIN_ID: Final[dict[str, int]] = {chain.name: chain.chain_id for chain in CHAINS if chain.examined}
"""Of the chains whose contracts are examined."""


def _normal(name: str) -> str:
    return JOINTS.sub("-", text_of(name).casefold())


def _every_name() -> dict[str, str]:
    """By each name that a chain has anywhere; the first in the table keeps one that several have."""
    names: dict[str, str] = {}
    sources: tuple[Callable[[Chain], Iterable[str]], ...] = (
        lambda chain: (chain.name, *chain.also, *([str(chain.chain_id)] if chain.chain_id else [])),
        lambda chain: (chain.coingecko, chain.geckoterminal, chain.dexscreener),
    )
    for source in sources:
        for chain in CHAINS:
            for name in filter(None, source(chain)):
                names.setdefault(_normal(name), chain.name)
    return names


BY_ANY_NAME: Final = _every_name()


def known_chain(name: str) -> str:
    """The chain meant by a word: our name, a vendor's, a token standard, a chain id; "" where none is."""
    normal = _normal(name).removeprefix(CAIP_PREFIX)
    short = next((normal.removesuffix(each) for each in SUFFIXES if normal.endswith(each)), normal)
    return BY_ANY_NAME.get(normal) or BY_ANY_NAME.get(short, "")


def chain_of(name: str, vendor: dict[str, str]) -> str:
    """The chain that a vendor means by its own name of it; the name itself where nobody else knows it."""
    return vendor.get(name) or known_chain(name) or name


def namespace_of(chain: str) -> str:
    return f"address:{chain}"


def address_on(chain: str, address: object, *, typed: bool = False) -> Identifier:
    """The identifier of a contract, in its one writing; `ValueError` when it can't be one.

    What a person has `typed` must be an address of this chain with its checksum; of vendors, whose addresses
    come from chains, only those of EVM and Solana are held against it.
    """
    chain = known_chain(chain) or chain
    value = canonical(text_of(address), form=FORM_OF.get(chain, ""), typed=typed)
    if not 0 < len(chain) <= 56 or text_of(chain) != chain:
        raise ValueError(message("is an address on no chain"))
    return namespace_of(chain), value


def pool_on(chain: str, address: object) -> str:
    """The address or id of a pool in its one writing: some are hashes, so that it need be no address.

    Where one contract keeps all pools, vendors call a pool by its id, by the contract and the id, or by the
    address that begins the id. Some put the network before it, or its tokens behind it.
    """
    text = text_of(address)
    form = FORM_OF.get(known_chain(chain) or chain, "")
    name = written(text, form=form) or without_case(text)
    if form == "evm":
        return _evm_pool(name)
    if form == "solana":
        return next((each for each in NO_BASE58.split(name) if is_solana_address(each)), name)
    return name


def _evm_pool(name: str) -> str:
    """The first id of 32 bytes in it, else the first address; the name itself where there is none."""
    found = [each.lower() for each in HEX_ID.findall(name)]
    ids = [f"0x{each}" for each in found if len(each) == ID_DIGITS] or [f"0x{each}" for each in found]
    of_vault = POOL_OF_VAULT.fullmatch(ids[0]) if ids else None
    return of_vault[1] if of_vault else next(iter(ids), name)
