"""Why something came out as it did, and what would turn it."""
