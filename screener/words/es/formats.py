"""How numbers are written in Spanish: as its newspapers do, with a point between thousands."""

THOUSAND_SEPARATOR = "."
