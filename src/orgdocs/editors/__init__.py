"""What editors are given: schemas with the ids of a registry, and the settings that lead to them."""
