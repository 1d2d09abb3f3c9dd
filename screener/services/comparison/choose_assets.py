"""Selection of the assets that an address names to be compared, and of what in it can't be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from assets.models import Asset

FEWEST: Final = 2
MOST: Final = 5
MOST_READ: Final = 50
"""How many words of an address are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """`assets` in the order asked for, each once; `beyond` are those that no longer fit beside them."""

    assets: tuple[Asset, ...]
    beyond: tuple[Asset, ...]
    unknown: tuple[str, ...]
    repeated: tuple[Asset, ...]

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(each.slug for each in (*self.assets, *self.beyond))


def choose_assets(slugs: Iterable[str]) -> Choice:
    """The assets of these slugs. What can't be shown stands apart, never a reason to show none."""
    asked = [stripped for each in slugs if (stripped := each.strip())][:MOST_READ]
    once = tuple(dict.fromkeys(asked))
    readable = [each for each in once if each.isprintable()]
    found = Asset.objects.addressed_by(readable) if readable else {}
    known = tuple(dict.fromkeys(found[each] for each in once if each in found))
    return Choice(
        assets=known[:MOST],
        beyond=known[MOST:],
        unknown=tuple(each for each in once if each not in found),
        repeated=tuple(each for each in known if asked.count(each.slug) > 1),
    )
