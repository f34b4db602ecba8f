"""How much the product costs beside the bare work it stands on, as ratios measured in one run: ``make bench``."""
