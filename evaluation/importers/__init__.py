"""How much of the UN's documents comes in right, measured on real ones."""
