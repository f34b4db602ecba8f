"""Expert panels and their draws (Art. 12)."""
