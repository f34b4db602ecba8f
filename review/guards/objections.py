"""Objections and complaints (Art. 14, 21)."""
