"""Attacks on availability: what a stranger, or a reader who is logged in, can ask that costs the most."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Final
from urllib.parse import quote, urlencode

from screener.benches.bombs import far_rows, many_cells, merged_cells, shared_strings
from screener.benches.page_attacks import PAGES, page_asked
from screener.benches.strangers import Asked, get, post
from screener.screens.columns import COLUMNS

TOKEN: Final = "a" * 32
"""Of the protection against forged requests: a cookie and a field that say the same."""

FORM: Final = "application/x-www-form-urlencoded"
BOUNDARY: Final = "assay-bench"
HUGE_BYTES: Final = 800_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """`asked` makes the n-th request, with the cookies of a reader; `at_once` ask at the same time."""

    name: str
    asked: Callable[[int, str], Asked]
    at_once: int = 10


def _changed(number: int, _cookies: str) -> Asked:
    """As many changes as fit into a query, over days that nobody has asked for."""
    keys, length = [each.key for each in COLUMNS], 0
    parts: list[str] = []
    for place in count():
        part = f"changed:{keys[place % len(keys)]} {1 + (number * 97 + place) % 365}d > -99999"
        length += len(part) + 1
        if length > 2_000:
            return _query(" ".join(parts))
        parts.append(part)
    raise AssertionError("unreachable")


def _few_changes(number: int, _cookies: str) -> Asked:
    """What is allowed, anew each time."""
    return _query(
        f"changed:score {1 + number % 365}d > -99999 changed:market_cap {1 + number % 365}d > -99999"
    )


def _export(format_name: str, number: int, *, stalled: bool = False, columns: int | None = None) -> Asked:
    words = {
        "format": format_name,
        "columns": ",".join(each.key for each in COLUMNS[:columns]),
        "q": f"score > -{number}",
    }
    asked = get(f"/screen/export/?{urlencode(words)}")
    return Asked(head=asked.head, stalled=stalled)


def _query(text: str, **more: str) -> Asked:
    return get(f"/?{urlencode({'q': text, **more})}")


def _words(number: int, size: int) -> str:
    return " ".join(chr(97 + (number + place) % 26) for place in range(size))


def _labels(number: int, _cookies: str) -> Asked:
    return _query("tag:" + ",".join(f"t{number}{place}" for place in range(280)))


def _percentiles(number: int, _cookies: str) -> Asked:
    keys = [each.key for each in COLUMNS]
    return _query(
        " or ".join(f"pct({keys[(number + place) % len(keys)]})>{place}" for place in range(70))[:1_990]
    )


def _nested(number: int, _cookies: str) -> Asked:
    return _query("not (" * 24 + f"score > {number}" + ")" * 24)


def _strange_words(number: int, _cookies: str) -> Asked:
    return get("/?" + "&".join(f"market_cap_mux{number}{place}=1" for place in range(900)))


def _multipart(fields: Mapping[str, str], body: bytes, *, name: str) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    ]
    file = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return "".join((*parts, file)).encode() + body + f"\r\n--{BOUNDARY}--\r\n".encode()


def _huge(address: str) -> Callable[[int, str], Asked]:
    def asked(_number: int, cookies: str) -> Asked:
        begin = _multipart({"csrfmiddlewaretoken": TOKEN}, b"", name="huge")[: -len(BOUNDARY) - 8]
        return post(
            address,
            begin,
            f"multipart/form-data; boundary={BOUNDARY}",
            cookies=f"csrftoken={TOKEN}; {cookies}",
            length=HUGE_BYTES,
        )

    return asked


def _silent_body(_number: int, _cookies: str) -> Asked:
    asked = post("/theme/", b"theme=dark", FORM, cookies=f"csrftoken={TOKEN}")
    return Asked(head=asked.head, silent=True)


def _sheet(bomb: Callable[[], bytes]) -> Callable[[int, str], Asked]:
    body = bomb()
    fields = {"csrfmiddlewaretoken": TOKEN, "sheet": "prices", "evidence_url": "https://example.org/"}

    def asked(_number: int, cookies: str) -> Asked:
        form = _multipart(fields, body, name="prices.xlsx")
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return post("/data/import/check/", form, kind, cookies=f"csrftoken={TOKEN}; {cookies}")

    return asked


def _sessions(number: int, _cookies: str) -> Asked:
    """One address with a session of its own for each request."""
    asked = _query(f"score > {number % 100} market_cap < {number}m")
    return replace(asked, head=f"{asked.head}Cookie: sessionid={number:032d}\r\n")


def _many_cookies(number: int, _cookies: str) -> Asked:
    return get("/", cookies="; ".join(f"c{number}{place}={place}" for place in range(5_000)))


def _many_ranges(_number: int, _cookies: str) -> Asked:
    asked = get("/static/css/components.css")
    ranges = ",".join(f"{place}-" for place in range(1_200))
    return replace(asked, head=f"{asked.head}Range: bytes={ranges}\r\n")


def _pipelined(number: int, _cookies: str) -> Asked:
    """Several questions on one connection before the first is answered; the last one ends it."""
    last = _query(f"score > {number}")
    first = last.head.replace("Connection: close\r\n", "") + "\r\n"
    return replace(last, head=first * 3 + last.head)


def _slow_head(_number: int, _cookies: str) -> Asked:
    return replace(get("/"), dribbles=True)


def _every_sort(number: int, _cookies: str) -> Asked:
    keys = [("-" if place % 2 else "") + each.key for place, each in enumerate(COLUMNS)]
    return _query(f"score > -{number}", sort=",".join(keys), columns=",".join(each.key for each in COLUMNS))


def _one_sort(number: int, _cookies: str) -> Asked:
    """What is allowed, by another column each time."""
    columns = ",".join(each.key for each in COLUMNS[:30])
    return _query(f"score > -{number}", sort=COLUMNS[number % len(COLUMNS)].key, columns=columns)


def _log_in(number: int, _cookies: str) -> Asked:
    return _form("/accounts/login/", login=f"reader{number % 7}", password=f"wrong {number}")(number, "")


def _small_upload(number: int, cookies: str) -> Asked:
    fields = {"csrfmiddlewaretoken": TOKEN, "sheet": "prices", "evidence_url": "https://example.org/"}
    line = f"ethereum,0x{number:040x},2026-01-01,{'9' * 60}\n"
    form = _multipart(fields, b"chain,address,date,close_usd\n" + 10_000 * line.encode(), name="prices.csv")
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return post("/data/import/check/", form, kind, cookies=f"csrftoken={TOKEN}; {cookies}")


def _form(address: str, **fields: str) -> Callable[[int, str], Asked]:
    def asked(number: int, cookies: str) -> Asked:
        words = {name: text.replace("{n}", str(number)) for name, text in fields.items()}
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **words}).encode()
        return post(address, body, FORM, cookies=f"csrftoken={TOKEN}; {cookies}")

    return asked


ATTACKS: Final[Mapping[str, Attack]] = {
    each.name: each
    for each in (
        Attack(name="nothing", asked=lambda _number, _cookies: get("/healthz"), at_once=1),
        Attack(name="changed", asked=_changed),
        Attack(name="changed-few", asked=_few_changes),
        Attack(name="stalled-exports", asked=lambda n, _c: _export("csv", n, stalled=True), at_once=40),
        Attack(name="xlsx-exports", asked=lambda n, _c: _export("xlsx", n), at_once=8),
        Attack(name="xlsx-few-columns", asked=lambda n, _c: _export("xlsx", n, columns=18), at_once=8),
        Attack(name="parquet-exports", asked=lambda n, _c: _export("parquet", n), at_once=8),
        Attack(name="csv-exports", asked=lambda n, _c: _export("csv", n), at_once=8),
        Attack(name="asset-words", asked=lambda n, _c: get(f"/compare/?add={quote(_words(n, 50))}")),
        Attack(name="query-words", asked=lambda n, _c: _query(_words(n, 990))),
        Attack(name="query-labels", asked=_labels),
        Attack(name="query-percentiles", asked=_percentiles),
        Attack(name="query-nested", asked=_nested),
        Attack(name="strange-words", asked=_strange_words),
        Attack(name="completions", asked=lambda n, _c: get(f"/query/complete/?q={quote(_words(n, 990))}")),
        Attack(name="long-address", asked=lambda n, _c: get("/?q=" + "a" * 60_000 + str(n))),
        Attack(name="notes-words", asked=lambda n, c: get(f"/notes/?q={quote(_words(n, 2_000))}", cookies=c)),
        Attack(
            name="notes-few-words",
            asked=lambda n, c: get(f"/notes/?q={quote(_words(n, 7) + ' nowhere')}", cookies=c),
        ),
        Attack(name="note-history", asked=lambda _n, c: get("/notes/1/history/", cookies=c), at_once=4),
        Attack(name="markdown", asked=_form("/notes/preview/", body="[*" * 10_000), at_once=4),
        Attack(
            name="markdown-table",
            asked=_form("/notes/preview/", body="a|b\n-|-\n" + "|\n" * 4_900),
            at_once=4,
        ),
        Attack(name="markdown-quotes", asked=_form("/notes/preview/", body="> " * 5_000), at_once=4),
        Attack(name="wildcards", asked=lambda n, _c: get(f"/compare/?add={quote('%_' * 900 + str(n))}")),
        Attack(
            name="ligatures", asked=lambda n, c: get(f"/notes/?q={quote(chr(0xFDFA) * 500)}{n}", cookies=c)
        ),
        Attack(name="parentheses", asked=lambda n, _c: _query("(" * 950 + f"score>{n}" + ")" * 950)),
        Attack(name="every-sort", asked=_every_sort),
        Attack(name="one-sort", asked=_one_sort),
        Attack(name="far-page", asked=lambda n, _c: _query(f"score > {n}", page="9" * 4_000)),
        Attack(name="many-cookies", asked=_many_cookies),
        Attack(name="many-ranges", asked=_many_ranges),
        Attack(name="pipelined", asked=_pipelined),
        Attack(name="slow-heads", asked=_slow_head, at_once=200),
        Attack(name="sessions", asked=_sessions, at_once=60),
        Attack(name="log-ins", asked=_log_in, at_once=20),
        Attack(name="small-uploads", asked=_small_upload, at_once=4),
        Attack(name="huge-form", asked=_huge("/theme/"), at_once=2),
        Attack(name="huge-upload", asked=_huge("/data/import/check/"), at_once=2),
        Attack(name="silent-bodies", asked=_silent_body, at_once=100),
        Attack(name="sheet-cells", asked=_sheet(many_cells), at_once=2),
        Attack(name="sheet-strings", asked=_sheet(shared_strings), at_once=2),
        Attack(name="sheet-rows", asked=_sheet(far_rows), at_once=2),
        Attack(name="sheet-merges", asked=_sheet(merged_cells), at_once=2),
        Attack(name="pages", asked=lambda n, _c: _query(f"score > {n % 100} market_cap < {n}m"), at_once=60),
        Attack(name="readiness", asked=lambda _n, _c: get("/readyz"), at_once=30),
        *(Attack(name=name, asked=page_asked(name)) for name in PAGES),
    )
}
