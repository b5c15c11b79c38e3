"""Decision packets: what a director reads before approving changes."""
