"""The criteria: what each is worth, and what it came to."""
