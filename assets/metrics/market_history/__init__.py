"""Market history: how groups of assets by size moved together, day by day."""
