import pytest

from assets.identity.pool_types import BY_EXCHANGE, BY_LABEL, BY_VERSION, pool_type_of
from assets.metrics.pools import POOL_TYPES


@pytest.mark.parametrize(
    ("exchange", "labels", "expected"),
    [
        ("uniswap_v2", [], "constant_product"),
        ("uniswap-v2-base", [], "constant_product"),
        ("UniswapV2", [], "constant_product"),
        ("Uniswap V3 (Ethereum)", [], "concentrated"),
        ("uniswap_v3", [], "concentrated"),
        ("uniswap", ["v2"], "constant_product"),
        ("uniswap", ["v3"], "concentrated"),
        ("uniswap", ["v4"], "concentrated"),
        ("uniswap", [], ""),  # which of its versions?
        ("pancakeswap-v3-solana", [], "concentrated"),
        ("pancakeswap", ["v3"], "concentrated"),
        ("sushiswap", [], "constant_product"),
        ("sushiswap-v3-base", [], "concentrated"),
        ("raydium", [], "constant_product"),
        ("raydium", ["CPMM"], "constant_product"),
        ("raydium", ["CLMM"], "concentrated"),
        ("raydium", ["", "Concentrated"], "concentrated"),
        ("raydium-clmm", [], "concentrated"),
        ("raydium-launchlab", [], "bonding_curve"),
        ("orca", ["wp"], "concentrated"),
        ("meteora", ["DLMM"], "concentrated"),
        ("meteora", ["DYN"], "constant_product"),
        ("meteora-damm-v2", [], "concentrated"),
        ("meteora-dbc", [], "bonding_curve"),
        ("pump-fun", [], "bonding_curve"),
        ("Pump.fun", [], "bonding_curve"),
        ("pumpfun", ["v2"], "bonding_curve"),
        ("pumpswap", [], "constant_product"),
        ("launchlab", [], "bonding_curve"),
        ("curve", [], "stable"),
        ("some-stableswap", [], "stable"),
        ("balancer_ethereum", [], "weighted"),
        ("balancer-v3-base", [], "weighted"),
        ("aerodrome-slipstream-2", [], "concentrated"),
        ("newswap-dbc", [], "bonding_curve"),
        ("somecat-fun", [], "bonding_curve"),
        ("some-pump", [], "bonding_curve"),
        ("brand-new-swap", [], ""),
        ("brand-new-swap", ["v2"], "constant_product"),
        ("brand-new-swap-v2", ["v3"], "concentrated"),
        ("balancer", ["v2"], "weighted"),  # a version of Balancer's own, not of Uniswap's
        ("balancer", ["v3"], "weighted"),
        ("curve", ["v2"], "stable"),
        ("maverick", ["v2"], "concentrated"),
        ("camelot", ["v3"], "concentrated"),
        ("velodrome", ["Slipstream"], "concentrated"),
        ("aerodrome", ["v2", "slipstream"], "concentrated"),
        ("thena", ["Stable"], "stable"),
        ("dodo", ["v2"], ""),  # priced by an oracle
        ("lifinity-v2", [], ""),
        ("", [], ""),
    ],
)
def test_the_type_of_a_pool_by_its_exchange_and_what_is_told_of_itself(exchange, labels, expected):
    assert pool_type_of(exchange, labels) == expected


def test_every_type_is_one_of_ours():
    assert {*BY_EXCHANGE.values(), *BY_LABEL.values(), *BY_VERSION.values()} <= {*POOL_TYPES, ""}
