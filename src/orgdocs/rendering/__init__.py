"""From content and a Word template to the bytes of a paper: faithful, reproducible, fast."""
