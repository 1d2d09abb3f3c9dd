"""Namesakes: the contract addresses of assets that a page could confuse by their names or tickers."""

from collections import Counter
from collections.abc import Sequence

from assets.models import AssetIdentifier
from screener.services.screening.run_screen import ScreenRow


def addresses_of_namesakes(rows: Sequence[ScreenRow]) -> dict[int, str]:
    """By asset its address, of those that share a name or a ticker on this page or are named like another.

    In one query, or in none where all names differ.
    """
    shared = Counter(word for row in rows for word in _words(row))
    ids = [
        row.asset_id
        for row in rows
        if row.categories["likeness"] or any(shared[word] > 1 for word in _words(row))
    ]
    if not ids:
        return {}
    named = AssetIdentifier.objects.valid().filter(asset_id__in=ids, namespace__startswith="address:")
    told = named.order_by("-pk").values_list("asset_id", "value")
    return dict(told)


def _words(row: ScreenRow) -> set[str]:
    """Its name and its ticker, each once."""
    return {word.casefold() for word in (row.name, row.symbol) if word}
