"""What can stand behind a colon in a query: the labels of the categories, tags, the reader's watchlists."""

from collections.abc import Mapping, Sequence

import numpy as np

from screener.screens.columns import CATEGORIES
from screener.screens.conditions import ANY
from screener.services.desk.watchlists import Person, assets_by_watchlist
from screener.universe.live import UNIVERSE


def screen_labels(reader: Person, *, asked: str) -> Mapping[str, Sequence[str]]:
    """By word of the query the labels that would find something, the commonest first.

    Tags and watchlists are looked up only where the text that is typed speaks of them.
    """
    table = UNIVERSE.table()
    told: dict[str, Sequence[str]] = {}
    for category in CATEGORIES:
        coded = table.categories[category.key]
        counts = np.bincount(coded.codes, minlength=len(coded.labels))
        order = np.argsort(-counts, kind="stable").tolist()
        told[category.key] = [coded.labels[place] for place in order if coded.labels[place]]
    told["tag"] = table.tag_labels if "tag" in asked.casefold() else ()
    told["watch"] = (ANY, *assets_by_watchlist(reader)) if "watch" in asked.casefold() else ()
    return told
