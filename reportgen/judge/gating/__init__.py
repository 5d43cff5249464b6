"""What has to hold: gates, checklist, expected inputs, limits."""
