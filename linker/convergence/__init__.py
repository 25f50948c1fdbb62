"""Links: candidates, evidence and calibrated probabilities."""
