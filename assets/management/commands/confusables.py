"""Write assets/identity/confusables.py anew from Unicode's file of confusable characters.

The file: https://www.unicode.org/Public/security/, `confusables.txt` of a numbered version.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser

SMALL_CAPITAL: Final = "LATIN LETTER SMALL CAPITAL "
A_LINE: Final = 100

HEAD: Final = '''"""Confusables: which characters look like one Latin letter, by Unicode.

Written by `manage.py confusables`. Source:
https://www.unicode.org/Public/security/{version}/confusables.txt (UTS #39).
"""

from collections.abc import Mapping
from typing import Final

CONFUSABLES: Final[Mapping[str, str]] = {{
'''
TAIL: Final = '''}
"""By letter the code points, as hexadecimal numbers. What NFKD makes such a letter does not stand here."""
'''


class Command(BaseCommand):
    help = "Print assets/identity/confusables.py for a confusables.txt of Unicode."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="confusables.txt, as Unicode publishes it")

    def handle(self, *, file: Path, **_options: Any) -> None:
        text = file.read_text(encoding="utf-8-sig")
        version = text.partition("# Version: ")[2].partition("\n")[0].strip()
        self.stdout.write("".join(module_of(letters_of(prototypes_of(text)), version=version)), ending="")


def prototypes_of(text: str) -> dict[str, str]:
    """What each single character looks like, where that is one character too."""
    rows = (line.partition("#")[0].split(";") for line in text.splitlines())
    pairs = ((row[0].split(), row[1].split()) for row in rows if len(row) >= 3)
    return {
        chr(int(one[0], 16)): chr(int(other[0], 16))
        for one, other in pairs
        if len(one) == 1 and len(other) == 1
    }


def letters_of(prototypes: Mapping[str, str]) -> dict[str, str]:
    """By character the Latin letter that it looks like, in lower case.

    A character looks like a letter where its prototype is one, or where it shares its prototype with the
    small capital of one: names are compared in lower case. What looks like an l and is a capital is an I.
    """
    capitals = defaultdict(set)
    for character in {*prototypes, *prototypes.values()}:
        if letter := _small_capital(character):
            capitals[prototypes.get(character, character)].add(letter)
    found = {}
    for character in sorted({*prototypes, *prototypes.values(), *map(chr, range(0x250, 0xB000))}):
        like = prototypes.get(character, character)
        letters = capitals.get(like) or {_small_capital(character)}
        letter = like.lower() if like.isascii() else next(iter(letters)) if len(letters) == 1 else ""
        if like == "l" and character.isupper():
            letter = "i"
        if letter.isalpha() and not character.isascii() and unicodedata.category(character)[0] not in "MCZ":
            found[character] = letter
    return {each: letter for each, letter in found.items() if not _is_made(each, letter, found)}


def _small_capital(character: str) -> str:
    name = unicodedata.name(character, "")
    letter = name.removeprefix(SMALL_CAPITAL).lower()
    return letter if name.startswith(SMALL_CAPITAL) and len(letter) == 1 else ""


def _is_made(character: str, letter: str, found: Mapping[str, str]) -> bool:
    """Whether NFKD makes it a plain one, or one of which the same is known."""
    plain = unicodedata.normalize("NFKD", character)
    return plain != character and (plain.isascii() or found.get(plain) == letter)


def module_of(letters: Mapping[str, str], *, version: str) -> Iterator[str]:
    yield HEAD.format(version=version)
    for letter in sorted({*letters.values()}):
        codes = " ".join(f"{ord(each):04X}" for each, like in sorted(letters.items()) if like == letter)
        if len(codes) <= A_LINE:
            yield f'    "{letter}": "{codes}",\n'
        else:
            yield f'    "{letter}": """\n'
            yield from (f"        {line}\n" for line in _wrapped(codes))
            yield '    """,\n'
    yield TAIL


def _wrapped(codes: str) -> Iterator[str]:
    line = ""
    for code in codes.split():
        if line and len(line) + 1 + len(code) > A_LINE:
            yield line
            line = ""
        line = f"{line} {code}".strip()
    yield line
