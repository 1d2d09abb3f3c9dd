"""A provider with nothing in it, for tests of what all providers share."""

from typing import ClassVar

from assets.sourcing.contract import Need, Parsed, Provider, Rate, RawObservation, Request
from assets.sourcing.rows import Identifier

ASKED = Request(family="market", path="/coins", params={"page": "1"})


class Vendor(Provider):
    name = "vendor"
    title = "Vendor"
    website = "https://vendor.example"
    default_url = "https://api.vendor.example/v1"
    rate = Rate(calls=1000, per_s=1)
    families: ClassVar[tuple[str, ...]] = ("market",)
    namespaces = ("vendor",)

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        return (ASKED,)

    def parse(self, raw: RawObservation) -> Parsed:
        return Parsed()

    def headers(self) -> dict[str, str]:
        return {"x-key": self.key} if self.key else {}
