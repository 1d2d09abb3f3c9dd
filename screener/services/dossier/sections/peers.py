"""Peers: where the asset stands in its sector and size tier, and whether it is cheap or expensive there."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.peers import FEWEST, PeerGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class PeersSection:
    """`group` is None while the asset is not scored; `address` is the screen of its peers and itself."""

    group: PeerGroup | None
    address: str = ""
    fewest: int = FEWEST


def read_peers(facts: DossierFacts) -> PeersSection:
    group = facts.peer_group
    if group is None or not group.is_known:
        return PeersSection(group=group)
    sandbox = {"sandbox": "yes"} if facts.asset.fictional else {}
    asked = urlencode({"kind": group.kind, "sector": group.sector, "tier": group.tier, **sandbox})
    return PeersSection(group=group, address=f"{reverse('screener')}?{asked}")
