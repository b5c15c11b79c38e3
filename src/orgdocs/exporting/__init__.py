"""What leaves for other programs: workbooks and documents that are no papers of the organisation."""
