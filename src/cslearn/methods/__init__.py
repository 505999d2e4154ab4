"""The calculations of the course: plain Python, one module per topic."""
