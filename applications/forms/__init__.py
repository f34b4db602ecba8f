"""Forms of asking: one module per kind of page."""
