"""Progress of a sheet that is being read or stored: how many lines and rows are done, and the way to stop it.

The file is read within the request that brought it. It says in the cache how far it is; the page that waits
for its answer asks for that, and leaves there the wish to stop. What is stopped is rolled back as a whole.
"""

import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

import redis
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from assets.sourcing.progress import READING, STORING, watched_by
from screener.views.access import PersonalRequest, staff_only
from screener.words.numbers import decimals

WATCH: Final = re.compile(r"[\w-]{22}")
SAID_EVERY_S: Final = 0.4
KEPT_FOR_S: Final = 600

TEXTS: Final = {
    READING: gettext_lazy("Rows read: %(done)s of %(total)s"),
    STORING: gettext_lazy("Rows stored: %(done)s of %(total)s"),
}


class ImportStoppedError(Exception):
    """Who waits for the work wishes it to end; nothing of it is kept."""


def new_watch() -> str:
    """The name under which a page asks how far its form is."""
    return secrets.token_urlsafe(16)


@contextmanager
def watched(request: PersonalRequest) -> Iterator[None]:
    """Whoever posted this form can see how far it is, and stop it: then `ImportStoppedError`."""
    key = _key(request, request.POST.get("watch", ""))
    if key is None:
        yield
        return
    said_at = 0.0
    with suppress(redis.RedisError, OSError):
        cache.delete_many([key, f"{key}:stop"])  # of an earlier try from the same page

    def say(stage: str, done: int, total: int) -> None:
        nonlocal said_at
        if time.monotonic() - said_at < SAID_EVERY_S and done < total:
            return
        said_at = time.monotonic()
        with suppress(redis.RedisError, OSError):  # Without the cache nobody can watch; the work goes on.
            if cache.get(f"{key}:stop"):
                raise ImportStoppedError
            cache.set(key, {"stage": stage, "done": done, "total": total}, KEPT_FOR_S)

    with watched_by(say):
        yield


@require_GET
@staff_only
def import_progress(request: PersonalRequest) -> HttpResponse:
    """As JSON: `done` and `total`, and both in a sentence; nothing before the first line is read."""
    key = _key(request, request.GET.get("watch", ""))
    far = cache.get(key) if key else None
    if not (isinstance(far, dict) and far.get("stage") in TEXTS):
        return JsonResponse({})
    counts = {"done": decimals(far["done"], 0), "total": decimals(far["total"], 0)}
    text = str(TEXTS[far["stage"]]) % counts
    return JsonResponse({"done": far["done"], "total": far["total"], "text": text})


@require_POST
@staff_only
def import_stop(request: PersonalRequest) -> HttpResponse:
    """Ask the work to end at its next report; its own answer says that it did."""
    key = _key(request, request.POST.get("watch", ""))
    if key:
        cache.set(f"{key}:stop", "wished", KEPT_FOR_S)
    return JsonResponse({"text": _("Stopping…")})


def _key(request: PersonalRequest, watch: str) -> str | None:
    """Nobody sees or stops what another person imports."""
    return f"import:{request.user.pk}:{watch}" if WATCH.fullmatch(watch) else None
