"""JSON:API documents (https://jsonapi.org/format/1.0/), read safely whatever is missing in them."""

from functools import cached_property
from typing import Any

from assets.sourcing.contract import UnreadableError


class Document:
    def __init__(self, body: object, *, of: str) -> None:
        self._body: dict[str, Any] = body if isinstance(body, dict) else {}
        self._of = of

    @property
    def items(self) -> list[Any]:
        """The resources of a list."""
        data = self._body.get("data")
        if not isinstance(data, list):
            raise UnreadableError(
                "%(provider)s sent something other than the list it promises.", provider=self._of
            )
        return data

    @property
    def item(self) -> dict[str, Any]:
        """The attributes of the one resource."""
        data = self._body.get("data")
        if not isinstance(data, dict):
            raise UnreadableError(
                "%(provider)s sent something other than the one thing it was asked for.", provider=self._of
            )
        return attributes(data)

    @cached_property
    def included(self) -> dict[str, dict[str, Any]]:
        """The attributes of what came along, by id."""
        items = self._body.get("included")
        return {
            item["id"]: attributes(item)
            for item in (items if isinstance(items, list) else ())
            if isinstance(item, dict) and isinstance(item.get("id"), str)
        }


def attributes(item: object) -> dict[str, Any]:
    found = item.get("attributes") if isinstance(item, dict) else None
    return found if isinstance(found, dict) else {}


def related(item: object, relation: str) -> str:
    """The id of a related resource, "" when it is missing."""
    found: object = item
    for key in ("relationships", relation, "data", "id"):
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""
