"""Search over all that a person may see: assets, their own screens, lists and notes, pages, actions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from screener.models import Note, SavedScreen, Watchlist
from screener.models.owned import Person
from screener.screens.presets import PRESETS, screen_of
from screener.services.desk.notes import notes_saying
from screener.services.desk.search_words import search_words
from screener.services.screening.screens import address_of
from screener.services.search.found_assets import FoundAsset, find_assets_by, prepare_to_find
from screener.services.search.places import Destination, Press, actions_called, pages_called

SHORT: Final = 8
"""Assets in the list under the field; of anything else half as many."""
LONG: Final = 50
"""Assets on the page of results."""
AROUND: Final = 40
"""Characters of a note that are shown on either side of what was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result: an address to open, or a button to press; `asset` where it is one."""

    title: str
    detail: str = ""
    address: str = ""
    press: Press | None = None
    asset: FoundAsset | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HitGroup:
    """Results of one sort; never empty."""

    key: str
    title: str | Promise
    hits: Sequence[Hit] = field(default_factory=tuple)


def search(typed: str, *, user: Person, on_page: str = "", most: int = SHORT) -> tuple[HitGroup, ...]:
    """What these words find for this person, at most so many assets; without words, where one can go."""
    words = words_of(typed)
    if not words:
        prepare_to_find()
    groups = (
        HitGroup(key="assets", title=gettext_lazy("Assets"), hits=list(_assets(words, most))),
        HitGroup(key="screens", title=gettext_lazy("Screens"), hits=list(_screens(words, user))[: most // 2]),
        HitGroup(
            key="watchlists",
            title=gettext_lazy("Watchlists"),
            hits=list(_watchlists(words, user))[: most // 2],
        ),
        HitGroup(key="notes", title=gettext_lazy("My notes"), hits=list(_notes(words, user, most // 2))),
        HitGroup(
            key="pages", title=gettext_lazy("Pages"), hits=_places(pages_called(words, user=user), most)
        ),
        HitGroup(
            key="actions",
            title=gettext_lazy("Actions"),
            hits=_places(actions_called(words, user=user, on_page=on_page), most),
        ),
    )
    return tuple(each for each in groups if each.hits)


def words_of(typed: str) -> tuple[str, ...]:
    """Folded words; a ticker may have the dollar sign before it with which people mark it."""
    bare = (each.casefold().lstrip("$") for each in search_words(typed))
    return tuple(each for each in bare if each)


def _assets(words: Sequence[str], most: int) -> Iterator[Hit]:
    for each in find_assets_by(words, most=most) if words else ():
        yield Hit(title=each.name, address=reverse("asset", args=[each.slug]), asset=each)


def _screens(words: Sequence[str], user: Person) -> Iterator[Hit]:
    """The person's own, then those to start from."""
    if not words:
        return
    for saved in SavedScreen.objects.of(user).only("name", "name_key", "query"):
        if _holds(saved.name_key, words):
            yield Hit(title=saved.name, detail=saved.query, address=reverse("saved_screen", args=[saved.pk]))
    for preset in PRESETS:
        title = _(preset.title)
        if _holds(title.casefold(), words):
            yield Hit(title=title, detail=preset.query, address=address_of(screen_of(preset).to_params()))


def _watchlists(words: Sequence[str], user: Person) -> Iterator[Hit]:
    for each in Watchlist.objects.of(user) if words else ():
        if _holds(each.name_key, words):
            yield Hit(title=each.name, address=each.get_absolute_url())


def _notes(words: Sequence[str], user: Person, most: int) -> Iterator[Hit]:
    if not words or not user.is_authenticated:
        return
    for each in notes_saying(user=user, words=" ".join(words))[:most]:
        yield Hit(
            title=each.asset.shown_name,
            detail=_passage(each, words),
            address=reverse("note", args=[each.pk]),
        )


def _passage(note: Note, words: Sequence[str]) -> str:
    """The text around the first word that is found in it."""
    text = " ".join(note.body.split())
    at = max(0, min((text.casefold().find(each) for each in words if each in text.casefold()), default=0))
    start, end = max(0, at - AROUND), at + AROUND
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


def _places(places: Sequence[Destination], most: int) -> list[Hit]:
    few = places[: max(most // 2, 1)]
    return [Hit(title=str(each.title), address=each.address, press=each.press) for each in few]


def _holds(name: str, words: Sequence[str]) -> bool:
    return all(each in name for each in words)
