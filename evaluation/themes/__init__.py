"""Themes of the x-ray: ``python -m evaluation.themes``."""
