"""Token programs of Solana: their addresses, and the extensions of Token-2022 that give somebody power."""

from collections.abc import Mapping
from typing import Final

CLASSIC_PROGRAM: Final = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"
"""The first token program, which knows no extensions. Source: solana.com/docs/tokens."""
PROGRAM_2022: Final = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb"

POWER_EXTENSIONS: Final[Mapping[str, tuple[str, str]]] = {
    "balance_mutable": ("permanentDelegate", "delegate"),
    "hook_mutable": ("transferHook", "authority"),
    "transfer_hook": ("transferHook", "programId"),
    "closable": ("mintCloseAuthority", "closeAuthority"),
    "pausable": ("pausableConfig", "authority"),
    "tax_mutable": ("transferFeeConfig", "transferFeeConfigAuthority"),
}
"""By power the extension that gives it and who holds it there. Source: solana.com/docs/tokens/extensions."""
