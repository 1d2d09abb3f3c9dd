"""Looks of names: which letters look like which, and whether a name mixes alphabets to look like another.

The letters are those of https://www.unicode.org/Public/security/latest/confusables.txt (UTS #39) that look
like one Latin letter. What NFKC makes Latin (full-width, mathematical, circled) need not stand here.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Final

LETTERS: Final = {
    "a": "0430 0410 03B1 0391 0251 237A 13AA 15C5 A4EE 1D00",
    "b": "0412 0432 0392 0184 042C 044C 13CF 15AF 13F4 A4D0 0299",
    "c": "0441 0421 03F2 03F9 2CA5 2CA4 1D04 13DF A4DA",
    "d": "0501 0500 13E7 146F A4D3 A4D2 13A0 15DE 15EA 1D05",
    "e": "0435 0415 0395 212E AB32 04BD 13AC A4F0 22FF 2D39 1D07",
    "f": "0584 AB35 A799 03DC 15B4 A4DD A798 A730",
    "g": "0261 1D83 018D 0581 13C0 13F3 050C 050D A4D6 0262",
    "h": "04BB 0570 13C2 041D 043D 0397 2C8E 13BB 157C A4E7 029C",
    "j": "0458 03F3 0408 037F 13AB 148D A4D9 1D0A",
    "k": "043A 041A 03BA 039A 2C94 2C95 13E6 16D5 A4D7 1D0B",
    "i": "0456 0406 0457 0407 0399 03B9 0131 0130 026A 0269 A647 2C92 A4F2 13A5 04C0",
    "l": "04CF 0196 05C0 2D4F 16C1 07CA 01C0 13DE 14AA A4E1 029F 2223",
    "m": "041C 043C 039C 03FA 2C98 13B7 15F0 16D6 A4DF 1D0D",
    "n": "0578 057C 039D 2C9A A4E0 0274",
    "o": "043E 041E 03BF 039F 03C3 0585 0555 2C9E 2C9F 1D0F 1D11 AB3D 2D54 0B20 A4F3 12D0 3007 0966 0CE6",
    "p": "0440 0420 03C1 03A1 03F1 2CA2 2CA3 13E2 146D A4D1 1D18",
    "q": "051B 0563 0566 051A 2D55",
    "r": "0433 AB47 AB48 1D26 2C85 01A6 13A1 13D2 1587 A4E3 0280",
    "s": "0455 0405 01BD A731 054F 13D5 13DA A4E2",
    "t": "0422 0442 03A4 03C4 27D9 22A4 2CA6 2CA7 13A2 A4D4 1D1B",
    "u": "03C5 057D 028B A79F 1D1C AB4E AB52 054D 222A 1200 144C A4F4",
    "v": "03BD 0475 0474 05D8 2228 22C1 1D20 13D9 142F A4E6 2D38",
    "w": "0461 0460 051D 051C 0561 026F 1D21 13B3 13D4 A4EA",
    "x": "0445 0425 03C7 03A7 166D 157D 2CAC 2CAD 166E 2D5D 16B7 A4EB",
    "y": "0443 0423 03B3 04AF 04AE 03A5 03D2 10E7 0263 1D8C 028F 213D 2CA8 13A9 13BD A4EC",
    "z": "0396 13C3 A4DC 1D22",
}
SAME_STROKES: Final = {"0": "o", "|": "l", "$": "s"}
CAPITAL_I_AS_L: Final = re.compile(r"(?<=[a-z])I")
SMALL_L_AS_I: Final = re.compile(r"\bl(?=[A-Z])")
LOOKS_LIKE: Final = {
    chr(int(code, 16)): letter for letter, codes in LETTERS.items() for code in codes.split()
}

ALPHABETS: Final = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})
"""Alphabets with letters that look like those of another."""

WORD: Final = re.compile(r"[^\W\d_]+")
BEFORE_A_SYMBOL: Final = "$#"


@lru_cache(maxsize=100_000)
def skeleton_of(text: str) -> str:
    """What a text looks like: two that give the same are taken for one another (after UTS #39, section 4)."""
    plain = unicodedata.normalize("NFKD", text.strip().lstrip(BEFORE_A_SYMBOL))
    plain = SMALL_L_AS_I.sub("I", CAPITAL_I_AS_L.sub("l", plain))
    letters = (LOOKS_LIKE.get(each, each) for each in plain if not unicodedata.combining(each))
    folded = (LOOKS_LIKE.get(each, each) for letter in letters for each in letter.casefold())
    return "".join(
        SAME_STROKES.get(each, each) for each in folded if not each.isspace() and each not in "-_."
    )


def mixes_alphabets(text: str) -> bool:
    """Whether a word mixes letters of alphabets that look alike, so that it reads as a word of one."""
    return any(_is_mixed(word) for word in WORD.findall(unicodedata.normalize("NFKC", text)))


def _is_mixed(word: str) -> bool:
    kinds = [_alphabet_of(each) for each in word]
    if not any(first != second for first, second in pairwise(kinds)):
        return False
    foreign = [each for each, kind in zip(word, kinds, strict=True) if kind != "LATIN"]
    return "LATIN" in kinds and all(each in LOOKS_LIKE for each in foreign)


def _alphabet_of(letter: str) -> str:
    first = unicodedata.name(letter, "").partition(" ")[0]
    return first if first in ALPHABETS else "LATIN" if letter.isascii() else first
