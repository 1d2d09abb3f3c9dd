"""Progress of a sheet that is being read for its check: how many lines are done, and the way to stop it.

The file is checked within the request that brought it; the page that waits for its answer asks here.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assets.services.watching import how_far, watched_as, wish_stop
from screener.views.access import PersonalRequest, staff_only
from screener.words.runs import rows_done

WATCH: Final = re.compile(r"[\w-]{22}")


def new_watch() -> str:
    """The name under which a page asks how far its form is."""
    return secrets.token_urlsafe(16)


@contextmanager
def watched(request: PersonalRequest) -> Iterator[None]:
    """Whoever posted this form can see how far it is, and stop it: then `StoppedError`."""
    name = _name(request, request.POST.get("watch", ""))
    if name is None:
        yield
        return
    with watched_as(name):
        yield


@require_GET
@staff_only
def import_progress(request: PersonalRequest) -> HttpResponse:
    """As JSON: `done` and `total`, and both in a sentence; nothing before the first line is read."""
    name = _name(request, request.GET.get("watch", ""))
    far = how_far(name) if name else None
    if far is None:
        return JsonResponse({})
    return JsonResponse({"done": far.done, "total": far.total, "text": rows_done(far)})


@require_POST
@staff_only
def import_stop(request: PersonalRequest) -> HttpResponse:
    """Ask the work to end at its next report; its own answer says that it did."""
    name = _name(request, request.POST.get("watch", ""))
    if name:
        wish_stop(name)
    return JsonResponse({"text": _("Stopping…")})


def _name(request: PersonalRequest, watch: str) -> str | None:
    """Nobody sees or stops what another person checks."""
    return f"{request.user.pk}:{watch}" if WATCH.fullmatch(watch) else None
