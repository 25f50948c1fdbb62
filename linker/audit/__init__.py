"""What not to trust in the labels and texts that were imported."""
