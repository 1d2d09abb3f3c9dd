"""Sale of a position over all venues at once: what it brings, what it costs, and what can't be sold."""
