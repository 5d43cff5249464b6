"""Why tests fail, and where."""
