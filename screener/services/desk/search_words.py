"""Search words: what is looked for in texts, with a limit, for each word is looked for in all of them."""

from typing import Final

MOST_WORDS: Final = 8
LONGEST_WORDS: Final = 200
"""Characters of what was typed; the rest is not looked for."""


def search_words(typed: str) -> tuple[str, ...]:
    """The first words, each once whatever its case, without characters that can't be shown."""
    printable = "".join(filter(lambda each: each.isprintable() or each.isspace(), typed[:LONGEST_WORDS]))
    return tuple({each.casefold(): each for each in printable.split()}.values())[:MOST_WORDS]


def has_more_than_is_searched(typed: str) -> bool:
    """Whether some of it is not looked for."""
    return len(typed) > LONGEST_WORDS or len(set(typed.casefold().split())) > MOST_WORDS
