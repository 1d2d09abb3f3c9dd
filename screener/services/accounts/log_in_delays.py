"""Log-in delays: each failed attempt makes the next one from the same source wait longer; nothing is locked
for good.

Sources are OWASP's "device cookies"
(owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies). A browser that has logged in
to the account before is counted by itself, so that no stranger can keep its owner out. All others are counted
by address and account, by address, and by account: together at most `ACCOUNT.free` guesses an hour, and
none until the hour is over, so that two hours side by side stay within the 100 of ASVS 2.2.1. Kept in the
database, which a log-in needs anyway: it holds with the broker gone.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from screener.models import FailedLogIns


@dataclass(frozen=True, slots=True)
class Patience:
    """`free` failures cost nothing; each one more doubles the wait from `first_s` up to `longest_s`.

    A source is forgotten `forget_s` after its last failure, or after its first where `by_window`.
    """

    name: str
    free: int
    first_s: int
    longest_s: int
    forget_s: int
    by_window: bool = False

    def wait_s(self, failures: int) -> int:
        beyond = failures - self.free
        return 0 if beyond < 0 else min(self.first_s * 2 ** min(beyond, 30), self.longest_s)


A_MINUTE: Final = timedelta(minutes=1)
"""What has just expired is left alone: an attempt beside this one may be counting on it."""
PAIR: Final = Patience("pair", free=5, first_s=2, longest_s=900, forget_s=7_200)
BROWSER: Final = Patience("browser", free=5, first_s=2, longest_s=900, forget_s=7_200)
ADDRESS: Final = Patience("address", free=20, first_s=4, longest_s=300, forget_s=3_600)
ACCOUNT: Final = Patience("account", free=50, first_s=3_600, longest_s=3_600, forget_s=3_600, by_window=True)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an attempt comes from, as one of the ways to count it."""

    patience: Patience
    key: str


def sources_of(*, account: str, address: str, browser: str | None) -> tuple[Source, ...]:
    """How an attempt counts: by the browser alone where it is known to the account, and else three times."""
    if browser:
        return (_source(BROWSER, account, browser),)
    return (_source(PAIR, account, address), _source(ADDRESS, address), _source(ACCOUNT, account))


def wait_s(sources: Sequence[Source], *, now: datetime) -> int:
    """Seconds until the next attempt is looked at; 0: it is, and counts as failed until `succeeded`.

    Counted before the password is looked at: a hundred attempts at once are a hundred.
    """
    FailedLogIns.objects.filter(forget_at__lte=now - A_MINUTE).delete()
    with transaction.atomic():
        rows = _locked(sources, now=now)
        for each in sources:
            _forget(rows[each.key], each.patience, now=now)
        waits = [(rows[each.key].retry_at - now).total_seconds() for each in sources]
        if max(waits) > 0:
            return int(max(waits)) + 1
        for each in sources:
            _count(rows[each.key], each.patience, now=now)
    return 0


def succeeded(sources: Iterable[Source], *, now: datetime) -> None:
    """Take the attempt back. The source of one account starts anew; an address does not, or whoever has an
    account could guess at others between two log-ins of their own."""
    for each in sources:
        rows = FailedLogIns.objects.filter(key=each.key)
        if each.patience in (PAIR, BROWSER):
            rows.delete()
        else:
            with transaction.atomic():
                for row in rows.select_for_update():
                    row.failures, row.retry_at = max(row.failures - 1, 0), now
                    row.save(update_fields=["failures", "retry_at"])


def _source(patience: Patience, *parts: str) -> Source:
    text = "\0".join((patience.name, *parts))
    return Source(patience, hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest())


def _locked(sources: Sequence[Source], *, now: datetime) -> dict[str, FailedLogIns]:
    """The row of each source, made where there is none, in one order: no two attempts block each other."""
    keys = sorted(each.key for each in sources)
    forget_s = {each.key: each.patience.forget_s for each in sources}
    FailedLogIns.objects.bulk_create(
        [
            FailedLogIns(key=key, retry_at=now, forget_at=now + timedelta(seconds=forget_s[key]))
            for key in keys
        ],
        ignore_conflicts=True,
    )
    rows = FailedLogIns.objects.select_for_update().filter(key__in=keys).order_by("key")
    return {row.key: row for row in rows}


def _forget(row: FailedLogIns, patience: Patience, *, now: datetime) -> None:
    """What is past counts no more, nor what a clock that was set back has left in the future."""
    forget_after = timedelta(seconds=patience.forget_s)
    if not now < row.forget_at <= now + forget_after or row.retry_at > row.forget_at:
        row.failures, row.retry_at, row.forget_at = 0, now, now + forget_after


def _count(row: FailedLogIns, patience: Patience, *, now: datetime) -> None:
    row.failures += 1
    wait = patience.wait_s(row.failures)
    if wait:
        row.retry_at = row.forget_at if patience.by_window else now + timedelta(seconds=wait)
    if not patience.by_window:
        row.forget_at = now + timedelta(seconds=patience.forget_s)
    row.save(update_fields=["failures", "retry_at", "forget_at"])
