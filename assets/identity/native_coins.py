"""Native coin: the currency that a chain itself issues, by hand, under the ids of registers of coins.

It has no contract: nobody deployed it, owns it, taxes it or stops its transfers, whatever wrapped copies of
it other chains hold. Not here are coins that pay for the transactions of a chain and were issued by a
contract on another one (MATIC and MNT on Ethereum): their contract answers for them.

The ids: https://api.coingecko.com/api/v3/coins/list, https://api.coinpaprika.com/v1/coins and
https://api.llama.fi/v2/chains.
"""

from typing import Final

IDS: Final[tuple[tuple[str, str], ...]] = (
    ("algorand", "algo-algorand"),
    ("aptos", "apt-aptos"),
    ("arweave", "ar-arweave"),
    ("avalanche-2", "avax-avalanche"),
    ("binancecoin", "bnb-binance-coin"),
    ("bitcoin", "btc-bitcoin"),
    ("bitcoin-cash", "bch-bitcoin-cash"),
    ("bitcoin-cash-sv", "bsv-bitcoin-sv"),
    ("bitcoin-gold", "btg-bitcoin-gold"),
    ("cardano", "ada-cardano"),
    ("casper-network", ""),
    ("celo", "celo-celo"),
    ("chia", ""),
    ("conflux-token", ""),
    ("cosmos", "atom-cosmos"),
    ("dash", "dash-dash"),
    ("decred", "dcr-decred"),
    ("digibyte", "dgb-digibyte"),
    ("dogecoin", "doge-dogecoin"),
    ("ecash", ""),
    ("elrond-erd-2", ""),
    ("eos", "eos-eos"),
    ("ethereum", "eth-ethereum"),
    ("ethereum-classic", "etc-ethereum-classic"),
    ("ethereum-pow-iou", ""),
    ("fantom", "ftm-fantom"),
    ("filecoin", "fil-filecoin"),
    ("flare-networks", "flr-flare-network"),
    ("flow", "flow-flow"),
    ("harmony", "one-harmony"),
    ("hedera-hashgraph", "hbar-hedera-hashgraph"),
    ("hive", "hive-hive"),
    ("icon", "icx-icon"),
    ("injective-protocol", "inj-injective-protocol"),
    ("internet-computer", "icp-internet-computer"),
    ("iota", "miota-iota"),
    ("kadena", "kda-kadena"),
    ("kaspa", "kas-kaspa"),
    ("kava", "kava-kava"),
    ("klay-token", "klay-klaytn"),
    ("kusama", "ksm-kusama"),
    ("litecoin", "ltc-litecoin"),
    ("mina-protocol", "mina-mina-protocol"),
    ("monero", "xmr-monero"),
    ("moonbeam", "glmr-moonbeam"),
    ("moonriver", "movr-moonriver"),
    ("near", "near-near-protocol"),
    ("nem", "xem-nem"),
    ("neo", "neo-neo"),
    ("oec-token", ""),
    ("ontology", "ont-ontology"),
    ("osmosis", "osmo-osmosis"),
    ("polkadot", "dot-polkadot"),
    ("qtum", "qtum-qtum"),
    ("ravencoin", "rvn-ravencoin"),
    ("ripple", "xrp-xrp"),
    ("siacoin", "sc-siacoin"),
    ("solana", "sol-solana"),
    ("stellar", "xlm-stellar"),
    ("sui", "sui-sui"),
    ("terra-luna", "lunc-terra-luna-classic"),
    ("tezos", "xtz-tezos"),
    ("the-open-network", "toncoin-the-open-network"),
    ("theta-token", "theta-theta-token"),
    ("thorchain", "rune-thorchain"),
    ("tron", "trx-tron"),
    ("vechain", "vet-vechain"),
    ("waves", "waves-waves"),
    ("xdai", ""),
    ("zcash", "zec-zcash"),
    ("zencash", "zen-horizen"),
)
"""(CoinGecko's id, CoinPaprika's), "" where it is not known."""

BY_COINGECKO: Final = frozenset(coingecko for coingecko, _coinpaprika in IDS)
TO_COINPAPRIKA: Final = {coingecko: coinpaprika for coingecko, coinpaprika in IDS if coinpaprika}
FROM_COINPAPRIKA: Final = {coinpaprika: coingecko for coingecko, coinpaprika in TO_COINPAPRIKA.items()}

NAMED_ALIKE: Final = (
    *("algorand", "aptos", "bitcoin", "cardano", "celo", "dogecoin", "ethereum", "fantom"),
    *("litecoin", "near", "solana", "stellar", "sui", "tezos", "tron"),
)
OF_DEFILLAMA_CHAIN: Final = dict(zip(NAMED_ALIKE, NAMED_ALIKE, strict=True)) | {
    "avalanche": "avalanche-2",
    "bsc": "binancecoin",
    "ton": "the-open-network",
}
"""CoinGecko's id of the coin in which a chain's fees are paid, by its name in DefiLlama's addresses."""
