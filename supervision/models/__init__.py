"""Keeping: annual reports, checks, evaluations, rectification, activities, changes, endings (Art. 16 to 22)."""
