"""Pages of the supervision: one module per duty."""
