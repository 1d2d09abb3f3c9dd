"""Looks of names: which letters look like which, and whether a name mixes alphabets to look like another.

The letters are Unicode's (`assets/identity/confusables.py`); what NFKD makes Latin (full-width, mathematical,
circled) is that letter.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Final

from assets.identity.confusables import CONFUSABLES

OURS: Final = {"b": "0185 044C", "i": "A4F2", "l": "04CF", "t": "2CA7", "x": "03C7 2CAD"}
"""Beyond Unicode's, or against it: the small forms of letters whose capitals it lists, Lisu's I, which has no
small form, and the palochka as the l of the "apple.com" of 2017 (xudongz.com/blog/2017/idn-phishing)."""
SAME_STROKES: Final = {"0": "o", "|": "l", "$": "s"}
CAPITAL_I_AS_L: Final = re.compile(r"(?<=[a-z])I")
SMALL_L_AS_I: Final = re.compile(r"\bl(?=[A-Z])")
LOOKS_LIKE: Final = {
    chr(int(code, 16)): letter
    for letters in (CONFUSABLES, OURS)
    for letter, codes in letters.items()
    for code in codes.split()
}
LOST_BY_NFKD: Final = {
    each: letter for each, letter in LOOKS_LIKE.items() if unicodedata.normalize("NFKD", each) != each
}
"""The lunate sigma looks like a c; NFKD makes it a sigma."""

WORD: Final = re.compile(r"[^\W\d_]+")
AROUND_A_SYMBOL: Final = "$#"


@lru_cache(maxsize=100_000)
def skeleton_of(text: str) -> str:
    """What a text looks like: two that give the same are taken for one another (after UTS #39, section 4).

    Pictures, signs and blanks around or between the letters make no other name of it.
    """
    named = "".join(LOST_BY_NFKD.get(each, each) for each in text.strip().strip(AROUND_A_SYMBOL))
    plain = unicodedata.normalize("NFKD", named)
    plain = SMALL_L_AS_I.sub("I", CAPITAL_I_AS_L.sub("l", plain))
    letters = (LOOKS_LIKE.get(each, each) for each in plain if not unicodedata.combining(each))
    folded = (LOOKS_LIKE.get(each, each) for letter in letters for each in letter.casefold())
    return "".join(filter(str.isalnum, (SAME_STROKES.get(each, each) for each in folded)))


def mixes_alphabets(text: str) -> bool:
    """Whether a word mixes letters of alphabets that look alike, so that it reads as a word of one."""
    return any(_is_mixed(word) for word in WORD.findall(unicodedata.normalize("NFKC", text)))


def _is_mixed(word: str) -> bool:
    kinds = [_alphabet_of(each) for each in word]
    if not any(first != second for first, second in pairwise(kinds)):
        return False
    foreign = [each for each, kind in zip(word, kinds, strict=True) if kind != "LATIN"]
    return "LATIN" in kinds and all(LOOKS_LIKE.keys() & {each, each.casefold()} for each in foreign)


def _alphabet_of(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
