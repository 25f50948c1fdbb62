"""What reviewers decided: an append-only log and what it adds up to."""
