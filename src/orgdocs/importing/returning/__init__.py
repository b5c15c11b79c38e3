"""The way back from Excel: a workbook of ``orgdocs export`` is compared with the files, and its edits are put into them."""
