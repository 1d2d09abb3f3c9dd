"""Bodies in which something is not as it should be."""

import json

from hypothesis import event
from hypothesis import strategies as st

from assets.sourcing.contract import Provider, RefusedError, Request, TransientError, UnreadableError
from tests.assets.providers.answers import read

STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**40), 10**40),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        [
            "NaN",
            "-1",
            "1e400",
            "Infinity",
            "\x00",
            "\ud800",
            "javascript:alert(1)",
            "x" * 600,
            -987654321,
            1e308,
        ]
    ),
    st.just([]),
    st.just({}),
    st.just([[None]]),
    st.just({"usd": -1, "h24": "NaN", "id": 5}),
)


def mutated(data, provider: Provider, request: Request, body: bytes) -> None:
    """Change, drop or rename something in the body, or cut it: reading may fail, but only as we foresaw."""
    payload = json.loads(body)
    path = data.draw(st.sampled_from(list(_paths(payload))))
    holder = payload
    for step in path[:-1]:
        holder = holder[step]
    change = data.draw(st.sampled_from(["replace", "drop", "rename"]))
    if change == "replace":
        holder[path[-1]] = data.draw(STRANGE)
    elif change == "rename" and isinstance(holder, dict):
        holder[data.draw(st.sampled_from(["", "\x00", "\ud800", "id", "x" * 300]))] = holder.pop(path[-1])
    else:
        del holder[path[-1]]
    changed = json.dumps(payload).encode()
    if data.draw(st.integers(0, 9)) == 0:
        changed = changed[: data.draw(st.integers(0, len(changed)))]
    try:
        read(provider, request, changed)
    except (UnreadableError, RefusedError, TransientError) as error:
        event(type(error).__name__)


def _paths(value, path=()):
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in items:
        yield from _paths(child, (*path, key))


PIECES = st.sampled_from(
    [
        "",
        "|",
        "||||",
        "\x00",
        "\ud800",
        "NaN",
        "-1",
        "Y",
        "N",
        "<",
        "&lt;",
        "]]>",
        "x" * 300,
        "9" * 40,
        "\u200b",
    ]
)


def damaged(data, provider: Provider, request: Request, body: bytes) -> None:
    """The same of a body that is no JSON: cut it, drop or repeat a line, or replace some letters."""
    text = body.decode()
    how = data.draw(st.sampled_from(["cut", "drop", "repeat", "replace"]))
    if how == "cut":
        text = text[: data.draw(st.integers(0, len(text)))]
    elif how == "replace":
        start = data.draw(st.integers(0, len(text)))
        text = text[:start] + data.draw(PIECES) + text[start + data.draw(st.integers(0, 12)) :]
    else:
        parts = text.splitlines(keepends=True)
        place = data.draw(st.integers(0, len(parts) - 1))
        parts[place] = "" if how == "drop" else parts[place] * 2
        text = "".join(parts)
    try:
        read(provider, request, text.encode(errors="surrogatepass"))
    except (UnreadableError, RefusedError, TransientError) as error:
        event(type(error).__name__)
