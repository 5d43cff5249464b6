"""What the evidence comes to: tests, coverage and findings, counted once."""
