"""Proposed list and public notice (Art. 14)."""
