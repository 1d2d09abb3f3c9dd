"""A past day in the address of an asset's pages: `?as_of=2026-03-02` shows what was known at its end."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from assets.models import Asset

AS_OF: Final = "as_of"
FIRST_DAY: Final = date(1970, 1, 1)


class PastDayError(Exception):
    """The address names a day that can't be shown; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDay:
    """`moment` is the last of the day, UTC."""

    day: date

    @property
    def moment(self) -> datetime:
        midnight = datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC)
        return midnight + timedelta(days=1) - timedelta(microseconds=1)


def past_day(request: HttpRequest) -> PastDay | None:
    """None where no day is asked for, and for today. `PastDayError` for what is no day, or lies ahead."""
    typed = request.GET.get(AS_OF, "")
    if not typed:
        return None
    try:
        day = parse_date(typed)
    except ValueError:
        day = None
    if day is None or day < FIRST_DAY:
        raise PastDayError(_("This is not a day. Write it as year, month and day: 2026-03-02."))
    today = timezone.now().astimezone(UTC).date()
    if day > today:
        raise PastDayError(_("This day lies ahead. What was known can be shown for past days only."))
    return None if day == today else PastDay(day=day)


def refused_day(request: HttpRequest, asset: Asset, error: PastDayError) -> HttpResponse:
    context = {"asset": asset, "problem": str(error)}
    return render(request, "dossier/refused_day.html", context, status=400)
