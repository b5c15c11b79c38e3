"""The language server: what editors ask about a registry while somebody types."""
