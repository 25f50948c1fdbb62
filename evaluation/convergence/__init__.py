"""Convergence: ``python -m evaluation.convergence train|evaluate|background``."""
