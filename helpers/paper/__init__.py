"""What leaves the notebook as a page."""
