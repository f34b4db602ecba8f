"""Titles handed over: plaques (Art. 15)."""
