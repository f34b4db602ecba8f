"""Score sheets and the shortlist (Art. 12)."""
