"""Problems: what is wrong with something a person typed, in words that can be translated."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A text with `{names}` and what fills them; `hint` among the values is what was perhaps meant.

    Values are what was typed, `counts` numbers of ours, which are not quoted. `key` is the word of the
    address that is wrong. Of a query, `at` is the place of the first wrong character and `length` how many
    are wrong; what was meant stands in place of all from `hint_at` to their end.
    """

    key: str
    text: str
    values: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    at: int | None = None
    length: int = 0
    hint_at: int | None = None
