"""Contract permissions of the sandbox: what each contract allows, and to whom."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from assets.metrics.families import CONTRACT_FLAGS
from assets.sandbox.invented import Invented
from assets.sandbox.names import address_of
from assets.sandbox.ownership import LARGE
from assets.sandbox.trading import drawn_pools
from assets.sourcing.rows import ContractRow

HARMLESS: Final[dict[str, Any]] = {
    "verified_source": True,
    "mint_authority": "none",
    "freeze_authority": "none",
    "owner_authority": "none",
    **dict.fromkeys((each for each in CONTRACT_FLAGS if each != "counterfeit"), False),
    "buy_tax_share": 0.0,
    "sell_tax_share": 0.0,
}
"""Whether it is an imitation nobody says."""

PERMISSIONS: Final[Mapping[str, Mapping[str, Any]]] = {
    "renounced": HARMLESS,
    "governed": HARMLESS | {"mint_authority": "dao", "owner_authority": "dao"},
    "timelocked": HARMLESS
    | {"mint_authority": "timelock", "owner_authority": "timelock", "proxy": True, "pausable": True},
    "mintable": HARMLESS | {"mint_authority": "wallet", "owner_authority": "wallet", "pausable": True},
    "taxed": HARMLESS
    | {
        "owner_authority": "wallet",
        "blacklist": True,
        "tax_mutable": True,
        "buy_tax_share": 0.05,
        "sell_tax_share": 0.12,
    },
    "honeypot": HARMLESS
    | {
        "owner_authority": "wallet",
        "blacklist": True,
        "honeypot": True,
        "hidden_owner": True,
        "balance_mutable": True,
        "tax_mutable": True,
        "sell_tax_share": 1.0,
    },
    "unverified": {"verified_source": False},
}
"""Of a contract whose source nobody has seen nothing else is known."""

USUAL: Final = ("renounced", "renounced", "governed", "timelocked")
EARLIER_TOKENS: Final = {"honeypot": 14, "taxed": 5, "unverified": 3}
RUGS: Final = {"honeypot": 3}
CONTROLLERS: Final = {"dao": "GOVERNOR", "timelock": "TIMELOCK"}
LARGEST_CREATOR_SHARE: Final = 0.005
"""Of what the large holders leave: too little to stand among them."""


def contract(asset: Invented, now: datetime) -> Iterator[ContractRow]:
    traits, dice = asset.archetype, asset.draw("contract")
    kind = dice.choice(USUAL) if traits.contract == "usual" else traits.contract
    allowed = PERMISSIONS[kind]
    creator, creator_share = _creator(asset)
    age_days = max(each.age_days for each in drawn_pools(asset)) + dice.randint(1, 30)
    yield ContractRow(
        asset=asset.ref,
        as_of=now,
        owner_address=_owner_address(asset, allowed.get("owner_authority", ""), creator),
        creator_address=creator,
        creator_share=creator_share,
        creator_earlier_tokens=EARLIER_TOKENS.get(kind, 0),
        creator_rugs=RUGS.get(kind, 0),
        deployed_at=now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=age_days),
        **allowed,
    )


def _creator(asset: Invented) -> tuple[str, float]:
    """Where insiders hold most, the creator is the first of them; else it kept next to nothing."""
    large = LARGE[asset.archetype.owners]
    (first, share), left = large[0], 1 - sum(share for _kind, share in large)
    if first == "insider":
        return address_of(asset.index, "HOLD00"), share
    kept = left * asset.draw("creator").uniform(0, LARGEST_CREATOR_SHARE)
    return address_of(asset.index, "MAKE00"), round(kept, 6)


def _owner_address(asset: Invented, authority: str, creator: str) -> str:
    if authority == "wallet":
        return creator
    return address_of(asset.index, CONTROLLERS[authority]) if authority in CONTROLLERS else ""
