"""Chosen assets: reading those that were ticked."""

from collections.abc import Iterable, Sequence

from assets.models import Asset


def chosen_assets(ids: Sequence[int]) -> list[Asset]:
    """The assets of these ids in their order, in one query; those that are gone are left out."""
    found = Asset.objects.in_bulk(ids) if ids else {}
    return [found[each] for each in ids if each in found]


def assets_at(slugs: Iterable[str]) -> list[Asset]:
    """The assets of these addresses in their order, each once, in one query."""
    readable = [each for each in dict.fromkeys(slugs) if each and each.isprintable()]
    found = Asset.objects.addressed_by(readable) if readable else {}
    return list(dict.fromkeys(found[each] for each in readable if each in found))
