"""Who may change what a token's holders own: the words for authorities."""

from typing import Final

AUTHORITIES: Final = ("none", "dao", "timelock", "contract", "wallet")
"""From nobody to one person. `contract` is a program of which it is not known who controls it."""
