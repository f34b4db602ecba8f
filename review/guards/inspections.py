"""On-site inspections (Art. 13)."""
