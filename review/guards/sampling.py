"""The district's satisfaction sample (Art. 11)."""
