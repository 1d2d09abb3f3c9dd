"""Asset search: the assets that a person's words find, by name, symbol or address."""

from typing import Final

from django.db.models import Case, Q, QuerySet, When

from assets.models import Asset
from screener.services.desk.search_words import search_words

MOST_SUGGESTED: Final = 8


def find_assets(*, words: str, among: QuerySet[Asset]) -> QuerySet[Asset]:
    """A few of these that answer to every word, those of exactly this symbol first."""
    asked = search_words(words)
    if not asked:
        return Asset.objects.none()
    for word in asked:
        among = among.filter(Q(name__icontains=word) | Q(symbol__iexact=word) | Q(slug=word))
    of_this_symbol = Case(When(symbol__iexact=" ".join(asked), then=0), default=1)
    return among.order_by(of_this_symbol, "name", "pk")[:MOST_SUGGESTED]
