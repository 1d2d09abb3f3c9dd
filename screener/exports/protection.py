"""Formula injection: texts that no spreadsheet program takes for a formula or refuses to open.

Names of tokens are written by strangers. A cell that begins with one of the signs below is run as a formula
when the file is opened, so it gets an apostrophe before it, as OWASP advises for CSV injection
(https://owasp.org/www-community/attacks/CSV_Injection); blanks and invisible characters before the sign
don't help it. Numbers are no texts and stay what they are.
"""

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

FORMULA: Final = r"^([\s\p{Z}\p{C}]*[=+\-@＝＋－＠]|[\t\r\n])"
REFUSED: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
"""Characters that XML 1.0 has no place for."""


def protected(texts: Any) -> Any:
    """A `pyarrow` array of texts, or one text as a scalar."""
    printable = pc.replace_substring_regex(texts, pattern=REFUSED, replacement="")
    return pc.replace_substring_regex(printable, pattern=FORMULA, replacement=r"'\1")


def protected_text(text: str) -> str:
    return str(protected(pa.scalar(text)).as_py())


def protected_columns(batch: Any) -> list[Any]:
    """The columns of a record batch, the texts among them protected."""
    return [protected(column) if pa.types.is_string(column.type) else column for column in batch.columns]
