"""Sandbox in a screen: invented assets stay out unless they are asked for, once there are real ones."""

from typing import Final

from screener.screens.columns import NO_YES, SANDBOX
from screener.screens.conditions import Condition, OneOf, both, walk
from screener.screens.table import Table

REAL: Final = OneOf(SANDBOX, (NO_YES[False],))
REAL_AND_INVENTED: Final = OneOf(SANDBOX, (NO_YES[True], NO_YES[False]))


def leaves_out_sandbox(condition: Condition, table: Table) -> bool:
    """Whether only real assets are meant: there are both kinds, and the question says nothing of them."""
    return table.is_mixed and not any(
        isinstance(each, OneOf) and each.category == SANDBOX for each in walk(condition)
    )


def meant(condition: Condition, table: Table) -> Condition:
    """What the question asks of this table: of real assets alone, unless it says otherwise."""
    return both(condition, REAL) if leaves_out_sandbox(condition, table) else condition
