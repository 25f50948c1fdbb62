"""What became of a submission's asks in the recommendations that a State received."""
