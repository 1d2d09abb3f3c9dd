"""Question to the calendar: its days, filter and view, as words of the address."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from assets.metrics.families import KINDS
from screener.services.calendar.dated_event import Span
from screener.services.calendar.event_kinds import KIND_OF
from screener.services.calendar.read_calendar import CalendarFilter
from screener.views.row_ids import row_id

MONTH_VIEW: Final = "month"
LIST_VIEW: Final = "list"
VIEWS: Final = (MONTH_VIEW, LIST_VIEW)
FILTER_WORDS: Final = ("view", "kind", "assets", "watchlist", "sandbox")
"""What can be kept; days can't."""
FIRST_YEAR, LAST_YEAR = 2000, 2099
LONGEST_WORD: Final = 40
ALL: Final = CalendarFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarQuestion:
    """`month` is its first day; `day` is one day alone. `watchlist` is the number of a list."""

    month: date
    day: date | None = None
    view: str = MONTH_VIEW
    shown: CalendarFilter = ALL
    watchlist: int | None = None

    @property
    def span(self) -> Span:
        if self.day:
            return Span(self.day, self.day)
        return Span(self.month, self.month.replace(day=monthrange(self.month.year, self.month.month)[1]))

    @property
    def filter_words(self) -> list[tuple[str, str]]:
        words = [("view", self.view), *(("kind", each) for each in self.shown.kinds)]
        words += [("assets", self.shown.asset_kind)] if self.shown.asset_kind else []
        words += [("watchlist", str(self.watchlist))] if self.watchlist is not None else []
        return words + ([("sandbox", "yes")] if self.shown.with_sandbox else [])

    @property
    def words(self) -> list[tuple[str, str]]:
        days = ("day", self.day.isoformat()) if self.day else ("month", f"{self.month:%Y-%m}")
        return [days, *self.filter_words]

    @property
    def address(self) -> str:
        return f"?{urlencode(self.words)}"

    def on(self, day: date) -> "CalendarQuestion":
        return replace(self, day=day, month=day.replace(day=1))

    def in_month(self, month: date) -> "CalendarQuestion":
        return replace(self, day=None, month=month)

    def as_view(self, view: str) -> "CalendarQuestion":
        return replace(self, day=None, view=view)


def read_question(words: QueryDict, *, today: date) -> tuple[CalendarQuestion, list[str]]:
    """What the words ask; beside it a sentence for each that can't be read, which counts as if not there."""
    problems: list[str] = []
    month, day = _month(words, today, problems), _day(words, problems)
    kinds = _known(words.getlist("kind"), KIND_OF, _("There is no kind of event “%(word)s”."), problems)
    assets = _known(words.getlist("assets"), KINDS, _("There is no kind of asset “%(word)s”."), problems)
    views = _known(words.getlist("view"), VIEWS, _("There is no view “%(word)s”."), problems)
    question = CalendarQuestion(
        month=day.replace(day=1) if day else month,
        day=day,
        view=views[-1] if views else MONTH_VIEW,
        shown=CalendarFilter(
            kinds=tuple(each for each in KIND_OF if each in kinds),
            asset_kind=assets[-1] if assets else "",
            with_sandbox=words.get("sandbox") == "yes",
        ),
        watchlist=row_id(words.get("watchlist", "")),
    )
    return question, problems


def _month(words: QueryDict, today: date, problems: list[str]) -> date:
    typed = words.get("month", "")
    found = _date(f"{typed}-01") if len(typed) == len("2026-12") else None
    if typed and found is None:
        text = _("“%(word)s” is no month from %(first)s to %(last)s, written like 2026-12.")
        problems.append(text % _of(typed))
    return found or today.replace(day=1)


def _day(words: QueryDict, problems: list[str]) -> date | None:
    typed = words.get("day", "")
    found = _date(typed)
    if typed and found is None:
        text = _("“%(word)s” is no day from %(first)s to %(last)s, written like 2026-12-31.")
        problems.append(text % _of(typed))
    return found


def _date(text: str) -> date | None:
    try:
        found = parse_date(text) if len(text) == len("2026-12-31") else None
    except ValueError:
        return None
    return found if found and FIRST_YEAR <= found.year <= LAST_YEAR else None


def _of(typed: str) -> dict[str, object]:
    return {"word": typed[:LONGEST_WORD], "first": FIRST_YEAR, "last": LAST_YEAR}


def _known(typed: Iterable[str], known: Iterable[str], problem: str, problems: list[str]) -> list[str]:
    """Those that there are; an empty word asks for nothing. One sentence however many there are not."""
    names = {*known}
    strangers = [each for each in typed if each and each not in names]
    if strangers:
        problems.append(problem % {"word": strangers[0][:LONGEST_WORD]})
    return [each for each in typed if each in names]
