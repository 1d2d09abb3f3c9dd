"""Saved screens and column sets: keeping them under a name, copying them, choosing the default."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse

from screener.models import ColumnSet, SavedScreen
from screener.models.owned import Person
from screener.screens.columns import SHOWN
from screener.screens.problems import Problem
from screener.screens.screen import Screen, read_screen

# Reading --------------------------------------------------------------------------


def screens_of(user: Person) -> list[SavedScreen]:
    """This person's screens by name, in one query."""
    return list(SavedScreen.objects.of(user).defer("seen_ids")) if user.is_authenticated else []


def default_among(saved: Iterable[SavedScreen]) -> SavedScreen | None:
    """Of a person's screens the one that their screener opens with."""
    return next((each for each in saved if each.is_default), None)


def column_sets_of(user: Person) -> list[ColumnSet]:
    """This person's sets of columns by name, in one query."""
    return list(ColumnSet.objects.of(user)) if user.is_authenticated else []


def address_of(words: Sequence[tuple[str, str]], *, path: str = "") -> str:
    """The page of the screen with these words, or that of another table, at its `path`."""
    path = path or reverse("screener")
    return f"{path}?{urlencode(words)}" if words else path


def words_of(saved: SavedScreen) -> list[tuple[str, str]]:
    """The words of the screen's address, as they were saved."""
    params = [("q", saved.query), ("sort", saved.sort), ("columns", ",".join(saved.columns))]
    return [(word, text) for word, text in params if text]


def read_saved(saved: SavedScreen) -> tuple[Screen, tuple[Problem, ...]]:
    """The screen as it is understood today; a column that it names may have gone since."""
    return read_screen({word: (text,) for word, text in words_of(saved)})


def lacks_its_question(problems: Iterable[Problem]) -> bool:
    """Whether the question itself can no longer be read: without it a screen would mean every asset."""
    return any(each.key == "q" for each in problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedState:
    """The saved screen that one came from; `is_changed`: question, order or columns are others by now."""

    saved: SavedScreen
    is_changed: bool


def saved_state(screen: Screen, *, user: Person) -> SavedState | None:
    """In one query; None for a screen that came from none of this person's own."""
    if screen.saved_id is None or not user.is_authenticated:
        return None
    saved = SavedScreen.objects.of(user).defer("seen_ids").filter(pk=screen.saved_id).first()
    if saved is None:
        return None
    kept, problems = read_saved(saved)
    was, now = ((each.query, each.sort, each.columns) for each in (kept, screen))
    return SavedState(saved=saved, is_changed=bool(problems) or was != now)


# Screens --------------------------------------------------------------------------


def save_screen(
    *, user: AbstractBaseUser, name: str, screen: Screen, description: str = "", replace: bool = False
) -> SavedScreen:
    """Keep a screen under a name; `replace` writes over the one that has the name already."""
    named = SavedScreen.objects.of(user).named(name) if replace else None
    saved = named or SavedScreen(owner_id=user.pk)
    return edit_screen(saved=saved, name=name, description=description, screen=screen)


def edit_screen(*, saved: SavedScreen, name: str, description: str, screen: Screen) -> SavedScreen:
    """Under another question nothing was seen yet."""
    if saved.query != screen.query:
        saved.seen_at = saved.seen_count = saved.seen_ids = None
    saved.name, saved.description = name, description
    saved.query, saved.sort = screen.query, screen.sort
    saved.columns = [] if screen.columns == SHOWN else list(screen.columns)
    saved.save_named()
    return saved


def rename_screen(*, saved: SavedScreen, name: str) -> None:
    saved.name = name
    saved.save_named()


def copy_screen(*, saved: SavedScreen, user: AbstractBaseUser) -> SavedScreen:
    """The same screen as one of this person's own, under a name that is still free."""
    copy = SavedScreen(
        owner_id=user.pk,
        name=saved.name,
        description=saved.description,
        query=saved.query,
        sort=saved.sort,
        columns=saved.columns,
    )
    copy.save_under_free_name()
    return copy


def set_default(*, saved: SavedScreen, chosen: bool) -> None:
    """Have the screener open with this screen, in place of the one it did; or with none."""
    with transaction.atomic():
        SavedScreen.objects.filter(owner_id=saved.owner_id, is_default=True).update(is_default=False)
        saved.is_default = chosen
        saved.save(update_fields=["is_default"])


# Column sets ----------------------------------------------------------------------


def save_columns(
    *, user: AbstractBaseUser, name: str, columns: Sequence[str], replace: bool = False
) -> ColumnSet:
    """Keep columns under a name; `replace` writes over the set that has the name already."""
    named = ColumnSet.objects.of(user).named(name) if replace else None
    kept = named or ColumnSet(owner_id=user.pk)
    kept.name, kept.columns = name, list(columns)
    kept.save_named()
    return kept
