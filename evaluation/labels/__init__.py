"""Labels: ``python -m evaluation.labels train|evaluate|choose``."""
