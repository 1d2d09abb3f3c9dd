"""Two to five assets side by side. The address names them, and is the page."""

from collections.abc import Iterable, Sequence
from functools import partial
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from assets.models import Asset
from screener.screens.position import PositionSize
from screener.services.comparison.choose_assets import FEWEST, MOST, Choice, choose_assets
from screener.services.comparison.compare_assets import compare_assets
from screener.services.comparison.compare_prices import compare_prices
from screener.services.desk.asset_search import find_assets
from screener.views.access import HtmxRequest
from screener.views.fragments import fragment_or_page
from screener.views.readers_position import (
    WORD,
    position_in_address,
    position_of_reader,
    tiers_of_reader,
)
from screener.words.positions import position_in_words

DIFFERENCES = "differences"
LONGEST_WORDS = 100
"""Of what was typed, so much is looked for and shown again."""


@require_GET
def compare(request: HtmxRequest) -> HttpResponse:
    """The table; with `add`, what these words find: one asset joins the others, of several one chooses."""
    choice = choose_assets(request.GET.getlist("asset"))
    only = DIFFERENCES if request.GET.get("only") == DIFFERENCES else ""
    asked_size = position_in_address(request)
    address = partial(_address, only=only, position=asked_size)
    words = request.GET.get("add", "").strip()[:LONGEST_WORDS]
    is_full = len(choice.slugs) >= MOST
    others = Asset.objects.exclude(slug__in=choice.slugs)
    found = list(find_assets(words=words, among=others)) if words and not is_full else []
    if len(found) == 1:
        return redirect(address([*choice.slugs, found[0].slug]))
    now, position = timezone.now(), position_of_reader(request)
    tiers = tiers_of_reader(request)
    table = compare_assets(choice.assets, now=now, position=position, tiers=tiers) if choice.assets else None
    context = {
        "table": table.differences() if table and only else table,
        "position": position_in_words(position),
        "prices": compare_prices(choice.assets, now=now) if len(choice.assets) >= FEWEST else None,
        "chosen": [(each, address(_without(choice, each))) for each in choice.assets],
        "problems": _problems(choice, words=words if is_full else ""),
        "slugs": choice.slugs,
        "only": only,
        "asked_size": str(asked_size or ""),
        "other_view": address(choice.slugs, only="" if only else DIFFERENCES),
        "is_full": is_full,
        "words": words,
        "candidates": [(each, address([*choice.slugs, each.slug])) for each in found],
    }
    return fragment_or_page(request, "comparison/page.html", context, fragment="#comparison")


def _address(slugs: Iterable[str], *, only: str, position: PositionSize | None) -> str:
    """Without a size the page is for each reader's own."""
    pairs = [("asset", each) for each in slugs]
    pairs += [("only", only)] if only else []
    pairs += [(WORD, str(position))] if position else []
    return f"{reverse('compare')}?{urlencode(pairs)}" if pairs else reverse("compare")


def _without(choice: Choice, asset: Asset) -> list[str]:
    return [each for each in choice.slugs if each != asset.slug]


def _problems(choice: Choice, *, words: str) -> list[str]:
    """What of the address is not shown, and what can be done; `words` are those of an asset too many."""
    problems = []
    if choice.unknown:
        unknown = _listed(f"“{Truncator(each).chars(60)}”" for each in choice.unknown)
        problems.append(
            _("No asset has the address %(names)s. Look for it by name or symbol.") % {"names": unknown}
        )
    if choice.repeated:
        problems.append(
            _("%(names)s was named twice and is shown once.") % {"names": _named(choice.repeated)}
        )
    if choice.beyond:
        left_out = ngettext(
            "%(names)s is left out: five assets fit beside each other. Remove one to see it.",
            "%(names)s are left out: five assets fit beside each other. Remove some to see them.",
            len(choice.beyond),
        )
        problems.append(left_out % {"names": _named(choice.beyond)})
    if words:
        problems.append(
            _("Five assets fit beside each other. Remove one before you add “%(words)s”.") % {"words": words}
        )
    if len(choice.assets) == FEWEST - 1:
        problems.append(_("One asset alone has nothing to be compared with. Add another."))
    return problems


def _named(assets: Sequence[Asset]) -> str:
    return _listed(str(each) for each in assets)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
