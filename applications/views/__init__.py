"""Pages of asking: one module per kind of page."""
