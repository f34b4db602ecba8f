"""One module per stage of the review."""
