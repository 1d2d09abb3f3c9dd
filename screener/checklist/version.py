"""Version of the rules. Any change of a rule, a weight or a threshold bumps it."""

from typing import Final

CHECKLIST_VERSION: Final = "2027.1"
