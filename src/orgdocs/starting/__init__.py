"""The starting of things: a new registry, and a new position or unit in one."""
