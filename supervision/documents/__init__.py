"""Official papers of the supervision: one module per duty."""
