"""Labels that can stand behind a colon in a query: of the categories, tags, the user's watchlists."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from screener.screens.columns import CATEGORIES
from screener.screens.conditions import ANY
from screener.services.desk.watchlists import Person, assets_by_watchlist
from screener.universe.live import UNIVERSE

QUICKLY_COUNTED: Final = 50_000
"""Of more assets the tags take a tenth of a second or longer."""


def screen_labels(user: Person, *, asked: str) -> Mapping[str, Sequence[str]]:
    """By word of the query the labels that would find something, the commonest first.

    Watchlists are looked up only where the text that is typed speaks of them, and so are tags of a market
    in which it takes long to count them.
    """
    table = UNIVERSE.table()
    labels: dict[str, Sequence[str]] = {}
    for category in CATEGORIES:
        coded = table.categories[category.key]
        counts = np.bincount(coded.codes, minlength=len(coded.labels))
        order = np.argsort(-counts, kind="stable").tolist()
        labels[category.key] = [coded.labels[place] for place in order if coded.labels[place]]
    labels["tag"] = table.tag_labels if "tag" in asked.casefold() or len(table) <= QUICKLY_COUNTED else ()
    labels["watch"] = (ANY, *assets_by_watchlist(user)) if "watch" in asked.casefold() else ()
    return labels
