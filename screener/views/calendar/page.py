"""Calendar page: the dated events of a month as a grid or a list, of one day as a list; and as a file."""

from calendar import Calendar as Weeks
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assets.metrics.report_deadlines import months_after
from assets.models import Asset
from screener.models import CalendarFeed, Watchlist
from screener.services.calendar.dated_event import DatedEvent
from screener.services.calendar.event_kinds import EVENT_KINDS
from screener.services.calendar.event_lines import single_lines
from screener.services.calendar.icalendar_file import icalendar_file
from screener.services.calendar.known_days import KnownDays, known_days
from screener.services.calendar.read_calendar import MOST_ASSETS, MOST_WATCHED, Calendar, read_calendar
from screener.services.desk.preferences import preference_with, set_calendar
from screener.universe.live import UNIVERSE
from screener.views.access import PersonalRequest, logged_in
from screener.views.calendar.question import (
    FILTER_WORDS,
    FIRST_YEAR,
    LAST_YEAR,
    LIST_VIEW,
    CalendarQuestion,
    read_question,
)
from screener.views.paging import page_of
from screener.words.calendar import kinds_title

IN_A_CELL: Final = 4
EVENTS_A_PAGE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A cell of the grid. `lines` are events with how many of the kind the asset has on that day, as of
    several pools; `more` is how many events they leave out, `address` the list of the day."""

    on: date
    is_of_month: bool
    is_today: bool
    lines: Sequence[tuple[DatedEvent, int]]
    more: int
    address: str


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """`month=2026-12` or `day=2026-12-31`, `view=month|list`, `kind`, `assets`, `watchlist`, `sandbox`."""
    now = timezone.now()
    question, problems = read_question(_words(request), today=now.astimezone(UTC).date())
    watchlist = _own_watchlist(request, question)
    answer = read_calendar(question.span, question.shown, now=now, watchlist=watchlist)
    as_list = question.view == LIST_VIEW or question.day is not None
    page = page_of(request, answer.events, size=EVENTS_A_PAGE) if as_list else None
    context = {
        "question": question,
        "problems": problems,
        "watchlist": watchlist,
        "answer": answer,
        "page": page,
        "by_day": _by_day(page) if page else [],
        "weeks": [] if as_list else _weeks(question, answer, today=now.astimezone(UTC).date()),
        "known": _known(question, answer, watchlist=watchlist, now_on=now.astimezone(UTC).date()),
        "most": MOST_ASSETS if watchlist is None else MOST_WATCHED,
        "is_kept": _kept_words(request) == question.filter_words,
        **_links(question, today=now.astimezone(UTC).date()),
        **_choices(request, question),
        **_feed(request, watchlist),
    }
    return render(request, "calendar/page.html", context, status=400 if problems else 200)


@require_GET
def calendar_file(request: HttpRequest) -> HttpResponse:
    """The events of the same words as an iCalendar file, once: a feed tells of changes, a file doesn't."""
    now = timezone.now()
    question, problems = read_question(request.GET, today=now.astimezone(UTC).date())
    if problems:
        return HttpResponse(" ".join(problems), status=400, content_type="text/plain; charset=utf-8")
    watchlist = _own_watchlist(request, question)
    answer = read_calendar(question.span, question.shown, now=now, watchlist=watchlist)
    days = question.day.isoformat() if question.day else f"{question.month:%Y-%m}"
    name = f"{watchlist.name if watchlist else _('Calendar')} {days}"
    lines = single_lines(answer.events, site=request.build_absolute_uri("/").rstrip("/"))
    response = HttpResponse(icalendar_file(name, lines), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="assay-{days}.ics"'
    return response


@require_POST
@logged_in
def keep_calendar(request: PersonalRequest) -> HttpResponse:
    """Open the calendar with this filter from now on; without one as it is."""
    if "forget" in request.POST:
        set_calendar(user=request.user, words=[])
        messages.success(request, _("The calendar opens without a filter again."))
        return redirect("calendar")
    question, problems = read_question(request.POST, today=timezone.now().astimezone(UTC).date())
    if problems:
        messages.warning(request, " ".join(problems))
        return redirect("calendar")
    _own_watchlist(request, question)
    set_calendar(user=request.user, words=question.filter_words)
    messages.success(request, _("The calendar opens with this filter from now on."))
    return redirect(reverse("calendar") + question.address)


# What is asked ------------------------------------------------------------------------


def _words(request: HttpRequest) -> QueryDict:
    """The words of the address; without any of a filter those that the reader keeps, as long as they hold."""
    if any(word in request.GET for word in FILTER_WORDS):
        return request.GET
    kept = _kept_words(request)
    words = request.GET.copy()
    for word, value in kept:
        words.appendlist(word, value)
    number = words.get("watchlist", "")
    if number and not Watchlist.objects.of(request.user).filter(pk=number).exists():
        del words["watchlist"]
    return words


def _kept_words(request: HttpRequest) -> list[tuple[str, str]]:
    kept = preference_with(request.user).calendar.get("words", [])
    return [(str(word), str(value)) for word, value in kept]


def _own_watchlist(request: HttpRequest, question: CalendarQuestion) -> Watchlist | None:
    if question.watchlist is None:
        return None
    return get_object_or_404(Watchlist.objects.of(request.user), pk=question.watchlist)


# What is shown ------------------------------------------------------------------------


def _weeks(question: CalendarQuestion, answer: Calendar, *, today: date) -> list[list[CalendarDay]]:
    events: dict[date, list[DatedEvent]] = defaultdict(list)
    for each in answer.events:
        events[each.on].append(each)
    month = question.month
    return [
        [_cell(question, day, events[day], today=today) for day in week]
        for week in Weeks().monthdatescalendar(month.year, month.month)
    ]


def _cell(question: CalendarQuestion, day: date, events: Sequence[DatedEvent], *, today: date) -> CalendarDay:
    of_asset: dict[tuple[str, int], list[DatedEvent]] = defaultdict(list)
    for each in events:
        of_asset[each.kind, each.asset.pk].append(each)
    lines = [(some[0], len(some)) for some in of_asset.values()][:IN_A_CELL]
    is_of_month = day.month == question.month.month
    return CalendarDay(
        on=day,
        is_of_month=is_of_month,
        is_today=is_of_month and day == today,
        lines=lines,
        more=len(events) - sum(count for _event, count in lines),
        address=question.on(day).address,
    )


def _by_day(page: Page[DatedEvent]) -> list[tuple[date, list[DatedEvent]]]:
    by_day: dict[date, list[DatedEvent]] = {}
    for each in page:
        by_day.setdefault(each.on, []).append(each)
    return list(by_day.items())


def _known(
    question: CalendarQuestion, answer: Calendar, *, watchlist: Watchlist | None, now_on: date
) -> KnownDays | None:
    """Where nothing is shown: whether anything is known at all, and the next day on which something is."""
    if answer.events:
        return None
    return known_days(
        question.shown, after=max(now_on, question.span.last), watchlist=watchlist, answer=answer
    )


def _links(question: CalendarQuestion, *, today: date) -> dict[str, Any]:
    month = question.month
    before, after = months_after(month, -1), months_after(month, 1)
    return {
        "today": today,
        "before": question.in_month(before).address if before.year >= FIRST_YEAR else "",
        "after": question.in_month(after).address if after.year <= LAST_YEAR else "",
        "this_month": question.in_month(today.replace(day=1)).address,
        "as_month": question.as_view("month").address,
        "as_list": question.as_view("list").address,
        "file": reverse("calendar_file") + question.address,
    }


def _choices(request: HttpRequest, question: CalendarQuestion) -> dict[str, Any]:
    """The fields of the filter."""
    return {
        "kinds": [
            (each.name, kinds_title(each.name), not question.shown.kinds or each.name in question.shown.kinds)
            for each in EVENT_KINDS
        ],
        "asset_kinds": [("", _("Tokens and companies")), *_asset_kinds()],
        "watchlists": list(Watchlist.objects.of(request.user).values_list("pk", "name")),
        "has_sandbox_choice": question.watchlist is None and UNIVERSE.table().is_mixed,
    }


def _asset_kinds() -> list[tuple[str, str]]:
    return [(Asset.Kind.TOKEN.value, _("Tokens")), (Asset.Kind.EQUITY.value, _("Companies"))]


def _feed(request: HttpRequest, watchlist: Watchlist | None) -> dict[str, Any]:
    """The address of the list's feed, where it has one."""
    feed = CalendarFeed.objects.filter(watchlist=watchlist).first() if watchlist else None
    if feed is None or feed.share_token is None:
        return {"feed_address": ""}
    path = reverse("calendar_feed", args=[feed.share_token])
    return {"feed_address": request.build_absolute_uri(path)}
