"""Clusters: ``python -m evaluation.clusters train|evaluate``."""
