"""What changed: since the baseline, and on the lines of a diff."""
