"""The city's intake of recommended cases (Art. 10, 12)."""
