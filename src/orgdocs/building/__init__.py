"""The building of papers: plan, skip what is unchanged, render the rest, write each file whole."""
