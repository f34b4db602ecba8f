"""Who may see what of the supervision: one module per duty."""
