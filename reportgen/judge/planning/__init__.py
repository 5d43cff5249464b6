"""What to do about it: issues, the plan, the risk."""
