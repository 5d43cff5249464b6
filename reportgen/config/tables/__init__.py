"""The tables of the configuration: a small module each, from what a user writes to the policy's records."""
