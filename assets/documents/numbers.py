"""Numbers in a text: "3,250,000", "$2.2 million", "twenty-five", "one hundred"."""

import re
from typing import Final

UNITS: Final = {
    name: value
    for value, name in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS: Final = {
    name: value
    for value, name in zip(
        range(20, 100, 10),
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        strict=True,
    )
}
SCALES: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
NAMES: Final = "|".join(sorted((*UNITS, *TENS, *SCALES), key=len, reverse=True))
WORDED: Final = rf"(?:{NAMES})(?:[- ](?:and )?(?:{NAMES}))*"
FIGURE: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
NUMBER: Final = rf"(?:{FIGURE}|{WORDED})"


def number_of(text: str) -> float | None:
    """A number in figures or in words; None for anything else."""
    plain = text.strip().lower().replace(",", "")
    try:
        return float(plain)
    except ValueError:
        return _in_words(plain)


def _in_words(text: str) -> float | None:
    total, part = 0, 0
    for word in re.split(r"[ -]+", text):
        if word in UNITS:
            part += UNITS[word]
        elif word in TENS:
            part += TENS[word]
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word in SCALES:
            total, part = total + max(part, 1) * SCALES[word], 0
        elif word != "and":
            return None
    return float(total + part)
