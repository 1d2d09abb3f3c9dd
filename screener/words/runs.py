"""Refresh runs in words, the same on a page and in a shell: how far, in which state, how fast."""

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assets.models import RefreshRun
from assets.sourcing.contract import Rate
from assets.sourcing.progress import READING, STORING
from screener.words.findings import family_name
from screener.words.numbers import decimals
from screener.words.sources import provider_title

if TYPE_CHECKING:  # Words ask no database.
    from assets.services.refreshing.activity import Progress
    from assets.services.watching import Watched

ROWS_DONE: Final = {
    READING: gettext_lazy("Rows read: %(done)s of %(total)s"),
    STORING: gettext_lazy("Rows stored: %(done)s of %(total)s"),
}


def run_title(run: RefreshRun) -> str:
    """As in "CoinGecko · Listing"."""
    return f"{provider_title(run.provider)} · {family_name(run.family)}"


def run_state(run: RefreshRun) -> str:
    """One whose calls have all ended still has facts to be judged."""
    if run.state == RefreshRun.State.RUNNING and run.steps_total and run.steps_ended >= run.steps_total:
        return _("scoring")
    return str(run.get_state_display())


def run_progress(run: RefreshRun) -> str:
    """As in "3 of 8 calls found so far": answers lead to further calls for as long as a run goes on."""
    counts = {"done": decimals(run.steps_ended, 0), "total": decimals(run.steps_total, 0)}
    if run.is_over:
        text = ngettext("%(done)s of %(total)s call", "%(done)s of %(total)s calls", run.steps_total)
    else:
        text = ngettext(
            "%(done)s of %(total)s call found so far",
            "%(done)s of %(total)s calls found so far",
            run.steps_total,
        )
    return text % counts


def run_failed(run: RefreshRun) -> str:
    """How many calls failed for good; "" where none did."""
    if not run.steps_failed:
        return ""
    return ngettext("%(n)s failed", "%(n)s failed", run.steps_failed) % {"n": decimals(run.steps_failed, 0)}


def rows_done(far: "Watched") -> str:
    """How far a sheet is, as in "Rows read: 1,500 of 50,000"."""
    return str(ROWS_DONE[far.stage]) % {"done": decimals(far.done, 0), "total": decimals(far.total, 0)}


def run_pace(progress: "Progress") -> str:
    """Calls a minute of the run, beside what the provider lets us ask; "" until a pace is known."""
    if progress.steps_a_minute is None:
        return ""
    pace = decimals(progress.steps_a_minute, 0 if progress.steps_a_minute >= 10 else 1)
    if progress.most_a_minute is None:
        return _("%(pace)s a minute") % {"pace": pace}
    most = decimals(progress.most_a_minute, 0 if progress.most_a_minute >= 10 else 1)
    return _("%(pace)s a minute of %(most)s") % {"pace": pace, "most": most}


def rate_in_words(rate: Rate) -> str:
    """As in "30 a minute"."""
    calls = decimals(rate.calls, 0)
    for seconds, text in (
        (1.0, _("%(calls)s a second")),
        (60.0, _("%(calls)s a minute")),
        (3_600.0, _("%(calls)s an hour")),
        (86_400.0, _("%(calls)s a day")),
    ):
        if rate.per_s == seconds:
            return text % {"calls": calls}
    return _("%(calls)s in %(seconds)s s") % {"calls": calls, "seconds": decimals(rate.per_s, 0)}
