"""Problems as text for people and machines: each reporter returns a string, none prints."""
