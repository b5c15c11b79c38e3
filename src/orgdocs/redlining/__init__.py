"""Papers with their changes tracked, as Word shows them."""
