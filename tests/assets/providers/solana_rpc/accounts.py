"""Invented accounts of Solana, as a node gives them."""

import base64
import hashlib
import json

from assets.identity.checksums import base58_bytes, base58_text
from assets.identity.token_programs import CLASSIC_PROGRAM, PROGRAM_2022
from assets.providers.solana_rpc.addresses import PUMP_FUN, PUMP_SWAP, WRAPPED_SOL
from assets.providers.solana_rpc.layouts import CURVE

SYSTEM = "11111111111111111111111111111111"


def key(name):
    """An address that a name stands for."""
    return base58_text(hashlib.sha256(name.encode()).digest())


def number(value, size=8):
    return value.to_bytes(size, "little")


def parsed(kind, info, program=CLASSIC_PROGRAM):
    data = {"parsed": {"info": info, "type": kind}, "program": "spl-token", "space": 82}
    return {"data": data, "executable": False, "lamports": 1_461_600, "owner": program, "space": 82}


def mint(*, supply=10**15, decimals=6, mint_authority=None, freeze_authority=None, extensions=None):
    info = {
        "decimals": decimals,
        "freezeAuthority": freeze_authority,
        "isInitialized": True,
        "mintAuthority": mint_authority,
        "supply": str(supply),
    }
    if extensions is None:
        return parsed("mint", info)
    listed = [{"extension": name, "state": state} for name, state in extensions.items()]
    return parsed("mint", info | {"extensions": listed}, PROGRAM_2022)


def held(of, owner, units, decimals=6):
    """A token account."""
    amount = {"amount": str(units), "decimals": decimals, "uiAmount": units / 10**decimals}
    return parsed("account", {"mint": of, "owner": owner, "state": "initialized", "tokenAmount": amount})


def raw(owner, data):
    return {"data": [base64.b64encode(data).decode(), "base64"], "executable": False, "owner": owner}


def curve(*, virtual=(1_000, 32), real=(720, 2), complete=False, creator="creator", mayhem=False, quote=None):
    """In millions of tokens and in SOL."""
    told = (*virtual, *real)
    units = [round(each * 10**places) for each, places in zip(told, (12, 9, 12, 9), strict=True)]
    data = CURVE + b"".join(map(number, [*units, 10**15])) + bytes([complete])
    data += base58_bytes(key(creator)) + bytes([mayhem, 0])
    return raw(PUMP_FUN, data + (base58_bytes(quote) if quote else bytes(32)))


def pump_swap_pool(base, *, quote=WRAPPED_SOL, lp_supply=4_000, name="pool"):
    parts = (key("creator"), base, quote, *(key(f"{name} {each}") for each in ("shares", "base", "quote")))
    data = bytes.fromhex("f19a6d0411b16dbc") + bytes(3) + b"".join(map(base58_bytes, parts))
    return raw(PUMP_SWAP, data + number(lp_supply) + base58_bytes(key("creator")))


def answer(accounts, slot=450_000_000):
    context = {"apiVersion": "4.3.0", "slot": slot}
    return json.dumps({"jsonrpc": "2.0", "id": 1, "result": {"context": context, "value": accounts}}).encode()


def refusal(code, text):
    return json.dumps({"jsonrpc": "2.0", "error": {"code": code, "message": text}, "id": 1}).encode()
