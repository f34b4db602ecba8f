"""Collective decisions (Art. 15)."""
