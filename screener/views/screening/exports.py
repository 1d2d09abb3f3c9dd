"""Export of the whole result of a screen as a file. What can't be understood is a page, never half a file."""

from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from screener.admission.clients import address_of as network_of
from screener.admission.downloads import begin_download
from screener.admission.lanes import EXPENSIVE
from screener.checklist.types import phrase
from screener.exports import FORMATS, Export, Format
from screener.exports.spool import Spool, TooLargeError
from screener.models import Watchlist
from screener.screens.problems import Problem
from screener.screens.screen import SCREENER, Screen, read_screen
from screener.services.screening.export_screen import export_screen, export_watchlist
from screener.services.screening.run_watchlist import usual_of
from screener.services.screening.screens import address_of
from screener.views.chosen_assets import chosen_ids
from screener.views.readers_position import own_position, tiers_of_reader
from screener.views.row_ids import row_id
from screener.words.problems import in_words

MOST_CELLS: Final = {"csv": 100_000_000, "xlsx": 1_500_000, "parquet": 100_000_000}
"""A cell of a workbook takes a microsecond and a half, and nobody else writes a file meanwhile."""


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """`?format=csv|xlsx|parquet` and the words of the screen; without a format it is CSV.

    With `chosen=yes` it is the assets that the reader has ticked, in the columns and order of the screen.
    `watchlist` is a list of the reader's own, whose table is exported in place of a screen.
    """
    params = {word: request.GET.getlist(word) for word in request.GET}
    only = chosen_ids(request) if params.pop("chosen", None) else None
    name = request.GET.get("format", "csv")
    watchlist = _own_watchlist(request)
    screen, problems = read_screen(params, usual_of(watchlist) if watchlist else SCREENER)
    if name not in FORMATS:
        text = phrase("There is no format {value}; there is csv, xlsx and parquet.")
        problems = (*problems, Problem(key="format", text=text, values={"value": name[:40]}))
    if problems:
        return _refused(request, screen, problems=problems)
    position, tiers = own_position(request), tiers_of_reader(request)
    site = request.build_absolute_uri("/").rstrip("/")
    contents = (
        export_watchlist(screen, watchlist=watchlist, position=position, tiers=tiers, site=site)
        if watchlist and only is None
        else export_screen(screen, user=request.user, position=position, tiers=tiers, site=site, only=only)
    )
    file_format = FORMATS[name]
    if not file_format.has_room_for(contents):
        return _refused(request, screen, too_long=contents, file_format=file_format)
    if (cells := contents.rows * len(contents.fields)) > MOST_CELLS[name]:
        text = phrase(
            "A file of this format has at most {most} cells here, and this one would have {count}. "
            "Choose fewer columns or fewer assets, or CSV."
        )
        counts = {"most": MOST_CELLS[name], "count": cells}
        return _refused(request, screen, problems=(Problem(key="format", text=text, counts=counts),))
    try:
        spool = _written(request, contents, file_format)
    except TooLargeError:
        text = phrase("The file would have more than 1 GB. Choose fewer columns or fewer assets.")
        return _refused(request, screen, problems=(Problem(key="format", text=text),))
    return StreamingHttpResponse(
        spool,
        content_type=file_format.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{contents.file_name(name)}"',
            "Content-Length": str(spool.size),
            "Cache-Control": "private, no-store",
        },
    )


def _own_watchlist(request: HttpRequest) -> Watchlist | None:
    """The list that the address names; 404 for anybody else's."""
    if "watchlist" not in request.GET:
        return None
    return get_object_or_404(Watchlist.objects.of(request.user), pk=row_id(request.GET["watchlist"]))


def _written(request: HttpRequest, contents: Export, file_format: Format) -> Spool:
    """One file is written at a time; `BusyError` where others wait, or this reader has a download already."""
    reader = str(request.user.pk or network_of(request.META))
    end = begin_download(reader)
    try:
        with EXPENSIVE.admitted(reader):
            spool = Spool(file_format.write(contents))
    except BaseException:
        end()
        raise
    spool.on_close = end
    return spool


def _refused(
    request: HttpRequest,
    screen: Screen,
    *,
    problems: tuple[Problem, ...] = (),
    too_long: Export | None = None,
    file_format: Format | None = None,
) -> HttpResponse:
    words = [pair for pair in screen.to_params() if pair[0] != "page"]
    of_list = [("watchlist", request.GET["watchlist"])] if "watchlist" in request.GET else []
    others = [each for each in FORMATS.values() if too_long and each.has_room_for(too_long)]
    context = {
        "problems": [in_words(problem) for problem in problems],
        "too_long": too_long,
        "file_format": file_format,
        "screener": address_of(words, path=screen.usual.path),
        "others": [
            (each.name.upper(), f"{reverse('export')}?{urlencode([('format', each.name), *words, *of_list])}")
            for each in others
        ],
    }
    return render(request, "screening/exports/refused.html", context, status=400)
