"""Save what a person may have only one of under a name."""

from typing import Any

from django.db import IntegrityError, transaction


class NameTakenError(Exception):
    """The person already has one of this name; the text says so."""


def save_named(thing: Any, *, refusal: str) -> None:
    """`NameTakenError` with the refusal, whose `%(name)s` is filled in, where the name is taken."""
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError as error:
        raise NameTakenError(refusal % {"name": thing.name}) from error


def save_under_free_name(thing: Any) -> None:
    """Save; where the name is taken, with the first number behind it that is free."""
    name, number = thing.name, 1
    longest = thing._meta.get_field("name").max_length
    while True:
        try:
            return save_named(thing, refusal="")
        except NameTakenError:
            number += 1
            suffix = f" ({number})"
            thing.name = name[: longest - len(suffix)] + suffix
