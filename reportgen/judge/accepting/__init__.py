"""What is accepted for a while: waivers, and what they cover."""
