"""An invented token of a pool on Base about which every keyless source has something, as their answers."""

from datetime import timedelta

CHAIN_ID = 8453
TOKEN, POOL, WETH = "0x" + "7a" * 20, "0x" + "7b" * 20, "0x4200000000000000000000000000000000000006"
DEPLOYER, MADE_BY = "0x" + "7c" * 20, "0x" + "7d" * 32
UNIT = 10**18
SUPPLY = 1_000_000
WALLETS, PROVIDERS = 40, 12
GECKO = f"/networks/base/tokens/{TOKEN}"
EXPLORER = f"/{CHAIN_ID}/api/v2"


def stamp(moment):
    return f"{moment:%Y-%m-%dT%H:%M:%S.000000Z}"


def wallet(number):
    return f"0x5a{number:038x}"


def pool(now):
    """80,000 dollars: 4 % of the supply on one side, as much in ether on the other."""
    sides = {"base_token": TOKEN, "quote_token": WETH}
    return {
        "id": f"base_{POOL}",
        "type": "pool",
        "attributes": {
            "address": POOL,
            "name": "QUILL / WETH",
            "base_token_price_usd": "1.0",
            "quote_token_price_usd": "3000.0",
            "pool_created_at": f"{now - timedelta(days=199):%Y-%m-%dT%H:%M:%SZ}",
            "fdv_usd": "1000000",
            "market_cap_usd": None,
            "transactions": {"h24": {"buys": 400, "sells": 380, "buyers": 210, "sellers": 190}},
            "volume_usd": {"h24": "30000.0"},
            "reserve_in_usd": "80000.0",
        },
        "relationships": {
            **{side: {"data": {"id": f"base_{each}", "type": "token"}} for side, each in sides.items()},
            "dex": {"data": {"id": "uniswap-v2-base", "type": "dex"}},
        },
    }


def market():
    attributes = {
        "address": TOKEN,
        "name": "Quill",
        "symbol": "QUILL",
        "coingecko_coin_id": None,
        "normalized_total_supply": f"{SUPPLY}.0",
        "price_usd": "1.0",
        "fdv_usd": "1000000.0",
        "volume_usd": {"h24": "30000.0"},
        "market_cap_usd": None,
    }
    return {"data": {"id": f"base_{TOKEN}", "type": "token", "attributes": attributes}}


def info():
    attributes = {
        "address": TOKEN,
        "name": "Quill",
        "symbol": "QUILL",
        "coingecko_coin_id": None,
        "websites": ["https://quill.example"],
        "telegram_handle": "quill",
        "twitter_handle": "quill",
        "holders": None,
    }
    return {"data": {"id": f"base_{TOKEN}", "type": "token", "attributes": attributes}}


FLAGS = (
    *("is_proxy", "transfer_pausable", "is_blacklisted", "is_whitelisted", "is_honeypot", "hidden_owner"),
    *("can_take_back_ownership", "owner_change_balance", "slippage_modifiable"),
    *("personal_slippage_modifiable", "cannot_buy", "cannot_sell_all", "is_anti_whale"),
    *("anti_whale_modifiable", "trading_cooldown", "external_call", "selfdestruct", "is_mintable"),
)


def security():
    fields = dict.fromkeys(FLAGS, "0") | {
        "token_name": "Quill",
        "token_symbol": "QUILL",
        "total_supply": f"{SUPPLY}",
        "is_open_source": "1",
        "owner_address": "",
        "creator_address": DEPLOYER,
        "creator_percent": "0.01",
        "honeypot_with_same_creator": "0",
        "buy_tax": "0",
        "sell_tax": "0",
        "transfer_tax": "0",
    }
    return {"code": 1, "message": "OK", "result": {TOKEN: fields}}


def token_at_explorer(address, units, holders):
    return {
        "address_hash": address,
        "decimals": "18",
        "holders_count": f"{holders}",
        "name": "Quill",
        "symbol": "QUILL",
        "total_supply": f"{units * UNIT}",
        "type": "ERC-20",
        "reputation": "ok",
    }


def held(address, units, *, is_contract=False, name=None):
    return {
        "address": {
            "hash": address,
            "is_contract": is_contract,
            "is_verified": is_contract,
            "name": name,
            "metadata": None,
        },
        "token_id": None,
        "value": f"{units}",
    }


def listed(items):
    return {"items": items, "next_page_params": None}


def transfers(now):
    """One a day back to the ninety-fifth, and forty of a day in the last month, each by another sender."""
    each_day = [(day, number) for day in range(1, 96) for number in range(40 if day <= 29 else 1)]
    return listed(
        [
            {
                "transaction_hash": f"0x{place:064x}",
                "timestamp": stamp(now - timedelta(days=day)),
                "from": {"hash": wallet(10_000 + 40 * day + number)},
                "to": {"hash": wallet(1)},
                "token": {"address_hash": TOKEN, "decimals": "18"},
                "total": {"decimals": "18", "value": "5"},
            }
            for place, (day, number) in enumerate(each_day)
        ]
    )


def creation(now):
    return {
        "hash": MADE_BY,
        "timestamp": stamp(now - timedelta(days=200)),
        "status": "ok",
        "method": None,
        "from": {"hash": DEPLOYER},
        "to": None,
        "created_contract": {"hash": TOKEN},
    }


def answers(now):
    """By path what is there; everything else is not."""
    owners = [held(wallet(number + 1), 24_000 * UNIT) for number in range(WALLETS)]
    in_pool = held(POOL, 40_000 * UNIT, is_contract=True, name="UniswapV2Pair")
    shares = [held(wallet(number + 101), UNIT) for number in range(PROVIDERS)]
    contract = {
        "hash": TOKEN,
        "is_contract": True,
        "is_scam": False,
        "is_verified": True,
        "implementations": [],
        "proxy_type": None,
        "creator_address_hash": DEPLOYER,
        "creation_transaction_hash": MADE_BY,
        "creation_status": "success",
    }
    return {
        f"{GECKO}/pools": {"data": [pool(now)], "included": []},
        GECKO: market(),
        f"{GECKO}/info": info(),
        f"/api/v1/token_security/{CHAIN_ID}": security(),
        f"{EXPLORER}/tokens/{TOKEN}": token_at_explorer(TOKEN, SUPPLY, WALLETS + 1),
        f"{EXPLORER}/tokens/{TOKEN}/holders": listed([in_pool, *owners]),
        f"{EXPLORER}/tokens/{TOKEN}/transfers": transfers(now),
        f"{EXPLORER}/addresses/{TOKEN}": contract,
        f"{EXPLORER}/transactions/{MADE_BY}": creation(now),
        f"{EXPLORER}/addresses/{DEPLOYER}/transactions": listed([creation(now)]),
        f"{EXPLORER}/tokens/{POOL}": token_at_explorer(POOL, PROVIDERS, PROVIDERS),
        f"{EXPLORER}/tokens/{POOL}/holders": listed(shares),
    }
