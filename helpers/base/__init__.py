"""Dates, files, citations, escaped HTML and tables: it knows nothing of texts."""
