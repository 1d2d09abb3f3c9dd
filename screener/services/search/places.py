"""Places of the product that a search finds by their name or by what people call them: pages and actions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from screener.models.owned import Person

EVERYBODY, STRANGERS, READERS, STAFF = "everybody", "strangers", "readers", "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button of a form that stands in the header of every page, by the form's id."""

    form: str
    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A page by the name of its address, what it is `about` and an `anchor`, or a button.

    `called` is how else people name it.
    """

    title: str | Promise
    called: str | Promise = ""
    page: str = ""
    about: tuple[str, ...] = ()
    anchor: str = ""
    press: Press | None = None
    audience: str = EVERYBODY

    @property
    def address(self) -> str:
        return reverse(self.page, args=self.about) + self.anchor if self.page else ""


PAGES: Final = (
    Destination(title=_("Screener"), called=_("table assets start home"), page="screener"),
    Destination(title=_("Watchlists"), called=_("stars portfolio"), page="watchlists"),
    Destination(
        title=_("Saved screens"), called=_("screens filters shared"), page="screens", audience=READERS
    ),
    Destination(title=_("Column sets"), called=_("columns table"), page="column_sets", audience=READERS),
    Destination(title=_("Notes"), called=_("my notes comments"), page="notes", audience=READERS),
    Destination(title=_("Overrides"), called=_("my answers verdicts"), page="overrides", audience=READERS),
    Destination(
        title=_("Plans"), called=_("my positions orders stop ladder"), page="plans", audience=READERS
    ),
    Destination(title=_("Profiles"), called=_("weights limits"), page="profiles", audience=READERS),
    Destination(title=_("Position"), called=_("size money exit"), page="position"),
    Destination(title=_("Data"), called=_("providers sources runs refresh state"), page="data"),
    Destination(title=_("Failed calls"), called=_("errors failures data"), page="failures"),
    Destination(title=_("Checklist"), called=_("criteria thresholds score method"), page="checklist"),
    Destination(title=_("Validation"), called=_("evidence results accuracy"), page="validation"),
    Destination(title=_("Glossary"), called=_("terms meaning"), page="glossary"),
    Destination(title=_("Query help"), called=_("how to ask language syntax fields"), page="query_reference"),
    Destination(title=_("Sources and licences"), called=_("providers terms copyright about"), page="about"),
    Destination(title=_("What is kept about you"), called=_("privacy cookies"), page="privacy"),
    Destination(title=_("My data"), called=_("account export erase"), page="own_data", audience=READERS),
    Destination(
        title=_("Change password"), called=_("account"), page="account_change_password", audience=READERS
    ),
    Destination(title=_("Second factor"), called=_("account security"), page="mfa_index", audience=READERS),
    Destination(
        title=_("Sessions"), called=_("account security devices"), page="usersessions_list", audience=READERS
    ),
    Destination(title=_("Admin"), called=_("administration users"), page="admin:index", audience=STAFF),
)

ACTIONS: Final = (
    Destination(
        title=_("New screen"), called=_("save screen create filter"), page="screen_new", audience=READERS
    ),
    Destination(
        title=_("New watchlist"),
        called=_("create list add"),
        page="watchlists",
        anchor="#new-name",
        audience=READERS,
    ),
    Destination(title=_("New profile"), called=_("create weights"), page="profile_new", audience=READERS),
    Destination(title=_("Import"), called=_("upload CSV Excel file"), page="imports", audience=STAFF),
    Destination(
        title=_("Dark theme"),
        called=_("colours night appearance"),
        press=Press(form="theme-form", name="theme", value="dark"),
    ),
    Destination(
        title=_("Light theme"),
        called=_("colours day appearance"),
        press=Press(form="theme-form", name="theme", value="light"),
    ),
    Destination(title=_("Log in"), called=_("sign in account"), page="account_login", audience=STRANGERS),
    Destination(
        title=_("Log out"),
        called=_("sign out account"),
        press=Press(form="log-out-form"),
        audience=READERS,
    ),
)


def pages_called(words: Sequence[str], *, user: Person) -> list[Destination]:
    """The pages that this person may open, best first; all of them where no words are given."""
    return _called(PAGES, words, user)


def actions_called(words: Sequence[str], *, user: Person, on_page: str) -> list[Destination]:
    """What this person may do; `on_page` is the path from where they ask."""
    return _called((*_note(on_page), *ACTIONS, *_languages()), words, user)


def _called(places: Sequence[Destination], words: Sequence[str], user: Person) -> list[Destination]:
    """Those whose title begins so, then those with a word that does, then those that are called so."""
    allowed = [each for each in places if _may(user, each.audience)]
    ranked = [(rank, place) for place, each in enumerate(allowed) if (rank := _rank(each, words)) is not None]
    return [allowed[place] for _rank_, place in sorted(ranked)]


def _may(user: Person, audience: str) -> bool:
    is_reader = bool(user.is_authenticated)
    is_staff = isinstance(user, User) and user.is_staff
    return {EVERYBODY: True, STRANGERS: not is_reader, READERS: is_reader, STAFF: is_staff}[audience]


def _rank(place: Destination, words: Sequence[str]) -> int | None:
    title = str(place.title).casefold()
    if title.startswith(" ".join(words)):
        return 0
    for rank, text in enumerate((title, f"{title} {place.called}".casefold()), start=1):
        if all(any(each.startswith(word) for each in text.split()) for word in words):
            return rank
    return None


def _note(on_page: str) -> Iterator[Destination]:
    """On an asset's page a note is about that asset; elsewhere one chooses the asset first."""
    title, called = _("New note"), _("write comment")
    try:
        match = resolve(urlsplit(on_page).path)
    except Resolver404:
        match = None
    if match is not None and "slug" in match.kwargs and match.url_name in {"asset", "asset_notes"}:
        about = (match.kwargs["slug"],)
        yield Destination(title=title, called=called, page="asset_notes", about=about, audience=READERS)
    else:
        yield Destination(title=title, called=called, page="notes", audience=READERS)


def _languages() -> Iterator[Destination]:
    """Each language other than the page's, under its own name."""
    for code, name in settings.LANGUAGES:
        if code != get_language():
            press = Press(form="language-form", name="language", value=code)
            own_name = str(get_language_info(code)["name_local"]).capitalize()
            yield Destination(title=own_name, called=f"{name} {gettext('language')}", press=press)
