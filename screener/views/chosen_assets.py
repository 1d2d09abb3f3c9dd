"""Chosen assets: what a reader has ticked, by page after page, kept in a cookie of the browser."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse

from screener.views.row_ids import row_id

CHOSEN_COOKIE: Final = "chosen"
MOST_CHOSEN: Final = 50
"""As many as one plan of fetching looks at; as numbers they fit into a cookie with room to spare."""

KEPT_S: Final = 30 * 86_400
LONGEST_TEXT: Final = MOST_CHOSEN * 20
"""Characters that so many row numbers can have."""


def chosen_ids(request: HttpRequest) -> tuple[int, ...]:
    """The ids of the chosen assets, in the order in which they were ticked; what makes no sense is none."""
    return read_ids(request.COOKIES.get(CHOSEN_COOKIE, ""))


def read_ids(text: str) -> tuple[int, ...]:
    """Row ids between points, each once, at most `MOST_CHOSEN`."""
    numbers = (row_id(each) for each in text[:LONGEST_TEXT].split("."))
    return tuple(dict.fromkeys(each for each in numbers if each is not None))[:MOST_CHOSEN]


def written_ids(ids: Iterable[int]) -> str:
    """As `read_ids` reads them."""
    return ".".join(map(str, ids))


def keep_chosen(response: HttpResponse, request: HttpRequest, ids: Sequence[int]) -> None:
    """Have the browser keep these; without any it forgets the cookie."""
    if not ids:
        response.delete_cookie(CHOSEN_COOKIE)
        return
    response.set_cookie(
        CHOSEN_COOKIE,
        written_ids(ids),
        max_age=KEPT_S,
        samesite="Lax",
        httponly=True,
        secure=request.is_secure(),
    )
