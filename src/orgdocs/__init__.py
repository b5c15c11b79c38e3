"""orgdocs: the organisation as code, checked like a program and printed as the papers that run an institution."""

__version__ = "0.1.0"
