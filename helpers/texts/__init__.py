"""Load, number, cite, read and search texts, and list what stands in their words."""
