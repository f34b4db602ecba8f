"""The district officer's desk: queue, workbench, recommendation (Art. 11)."""
