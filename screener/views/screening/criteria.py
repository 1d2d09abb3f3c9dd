"""All criteria of the checklist as filters of a screen, with how many of its assets have each answer."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from screener.screens.screen import read_screen
from screener.services.screening.criteria_counts import criteria_counts
from screener.views.access import HtmxRequest
from screener.views.fragments import fragment_or_page
from screener.views.readers_position import own_position, tiers_of_reader
from screener.views.screening.criteria_panel import criteria_by_dimension
from screener.views.screening.screen_table import address_of


@require_GET
def criteria(request: HtmxRequest) -> HttpResponse:
    """Of the screen whose words stand in the address; words that make no sense are left out."""
    screen, _problems = read_screen({key: request.GET.getlist(key) for key in request.GET})
    counts = criteria_counts(
        screen, user=request.user, position=own_position(request), tiers=tiers_of_reader(request)
    )
    context = {
        "groups": criteria_by_dimension(screen, counts),
        "query": screen.query,
        "screener": address_of(screen),
    }
    return fragment_or_page(
        request, "screening/criteria/page.html", context, fragment="screening/criteria/_criteria.html"
    )
