"""SDG linking: ``python -m evaluation.sdg train|evaluate|benchmark``."""
