"""Import: the Word, text and Excel files of an institution become files of a registry, and nothing is lost on the way."""
