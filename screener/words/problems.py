"""Input errors in words: what is wrong with something a person typed, in the reader's language."""

from django.utils.translation import gettext as _

from screener.screens.problems import Problem
from screener.words.numbers import decimals


def in_words(problem: Problem) -> str:
    """The sentence, with what was perhaps meant."""
    values = {key: f"“{value}”" for key, value in problem.values.items()}
    values |= {key: decimals(count, 0) for key, count in problem.counts.items()}
    text = _(problem.text).format(**values)
    return f"{text} {_('Did you mean {hint}?').format(**values)}" if "hint" in values else text
