"""``python -m orgdocs``: the command line, where the program ``orgdocs`` is not on the path."""

from orgdocs.cli import main

if __name__ == "__main__":
    main()
